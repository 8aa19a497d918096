import type { JobPage, PageFile, PageIndex, PageLanguage, ReviewEntry } from './data.ts';
import type { FilterName, ReviewOf } from './filter.ts';
import { type Words, wordsOf } from './words.ts';

/** The data of the page, the language, and the reviews of this session. */
export interface Store {
  readonly index: PageIndex;
  readonly words: () => Words;
  /** A sentence of the report in the language of the page. */
  readonly say: (text: string) => string;
  readonly language: () => PageLanguage;
  readonly setLanguage: (language: PageLanguage) => void;
  readonly review: (job: string) => ReviewEntry | undefined;
  readonly setReview: (job: string, review: ReviewEntry) => void;
  readonly reviews: () => ReadonlyMap<string, ReviewEntry>;
  /** Jobs whose review is not in the file yet. */
  readonly unsaved: () => readonly string[];
  readonly markSaved: () => void;
  readonly reviewOf: ReviewOf;
  readonly jobPage: (at: number) => JobPage | undefined;
  readonly file: (path: string) => PageFile | undefined;
  readonly fileAt: (at: number) => string;
}

export function createStore(index: PageIndex): Store {
  let language = index.language;
  const saved = new Map(
    index.jobs.flatMap((row) => (row.review === undefined ? [] : [[row.job, row.review] as const])),
  );
  const reviews = new Map(saved);
  const rows = new Map(index.jobs.map((row) => [row.job, row]));
  const drafts = draftStore(index);
  for (const [job, review] of drafts.read()) if (rows.has(job)) reviews.set(job, review);
  const numbers = new Map(index.files.map((file, at) => [file, at]));
  const unsaved = (): readonly string[] =>
    [...reviews].flatMap(([job, review]) => (JSON.stringify(review) === JSON.stringify(saved.get(job)) ? [] : [job]));
  const changedDrafts = (): ReadonlyMap<string, ReviewEntry> =>
    new Map(
      unsaved()
        .flatMap((job) => [[job, reviews.get(job)] as const])
        .filter((entry): entry is [string, ReviewEntry] => entry[1] !== undefined),
    );
  const loaded = new Map<string, unknown>();
  return {
    index,
    words: () => wordsOf(language),
    say: (text) =>
      language === 'en' ? text : (readData<Readonly<Record<string, string>>>('japanese', loaded)?.[text] ?? text),
    language: () => language,
    setLanguage: (chosen) => {
      language = chosen;
    },
    review: (job) => reviews.get(job),
    setReview: (job, review) => {
      reviews.set(job, review);
      drafts.write(changedDrafts());
    },
    reviews: () => reviews,
    unsaved,
    markSaved: () => {
      for (const [job, review] of reviews) saved.set(job, review);
      drafts.write(new Map());
    },
    reviewOf: (row) => {
      const review = reviews.get(row.job);
      if (review?.state === undefined) return '';
      if (review.fingerprint !== row.fingerprint) return 'changed';
      return review.state;
    },
    jobPage: (at) => readData<JobPage>(`job-${at}`, loaded),
    file: (path) => {
      const at = numbers.get(path);
      return at === undefined ? undefined : readData<PageFile>(`file-${at}`, loaded);
    },
    fileAt: (at) => index.files[at] ?? '',
  };
}

/** The data of a script element, written by the builder of this page; undefined while the page is still being read. */
export function readData<T>(id: string, loaded: Map<string, unknown>): T | undefined {
  const known = loaded.get(id);
  if (known !== undefined) return known as T;
  const text = document.getElementById(id)?.textContent;
  if (text === undefined || text === null) return undefined;
  const data: unknown = JSON.parse(text);
  loaded.set(id, data);
  // The builder and this page share the type.
  return data as T;
}

/** Drafts survive a reload; the file is where a review is kept. A browser may forbid storage to a file. */
function draftStore(index: PageIndex): {
  readonly read: () => ReadonlyMap<string, ReviewEntry>;
  readonly write: (drafts: ReadonlyMap<string, ReviewEntry>) => void;
} {
  const key = `dig2argo-review-${index.contentHash}`;
  return {
    read: () => {
      try {
        const data: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
        return new Map(Array.isArray(data) ? data : []);
      } catch {
        return new Map();
      }
    },
    write: (drafts) => {
      try {
        if (drafts.size === 0) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify([...drafts]));
      } catch {
        // Nothing is lost but the draft after a reload.
      }
    },
  };
}

/** The values that a filter offers, with their names. */
export function filterChoices(
  store: Store,
  name: FilterName,
  valuesOf: (row: PageIndex['jobs'][number]) => readonly string[],
): readonly (readonly [string, string])[] {
  const words = store.words();
  const values = [...new Set(store.index.jobs.flatMap(valuesOf))].sort((a, b) => (a < b ? -1 : 1));
  return values.map((value) => [value, choiceName(name, value, words)] as const);
}

function choiceName(name: FilterName, value: string, words: Words): string {
  switch (name) {
    case 'status':
      return value === 'converted' || value === 'to-confirm' || value === 'needs-work'
        ? words(`status.${value}`)
        : value;
    case 'review':
      return value === 'accepted' || value === 'question' || value === 'changed'
        ? words(`review.${value}`)
        : words('review.-');
    case 'verdict':
      return value === 'proved' ||
        value === 'proved-given' ||
        value === 'observed' ||
        value === 'differs' ||
        value === 'not-provable'
        ? words(`verdict.${value}`)
        : words('verdict.-');
    default:
      return value === '-' ? words('none') : value;
  }
}
