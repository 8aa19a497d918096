import type { JobRow, VerdictKind } from './data.ts';

/** The names of the filters, as they stand in the address bar. */
export const filterNames = ['status', 'review', 'env', 'schedule', 'owner', 'code', 'rule', 'verdict'] as const;

export type FilterName = (typeof filterNames)[number];

const sortNames = ['job', 'status', 'owner', 'schedule', 'lines', 'findings', 'work', 'review'] as const;

export type SortName = (typeof sortNames)[number];

/** What a row is for filters that depend on reviews of this session. */
export type ReviewOf = (row: JobRow) => '' | 'accepted' | 'question' | 'changed';

const statusOrder: Readonly<Record<JobRow['status'], number>> = { 'needs-work': 0, 'to-confirm': 1, converted: 2 };
const verdictOrder: readonly VerdictKind[] = ['differs', 'not-provable', 'proved-given', 'observed', 'proved'];

/** The worst verdict of a job over its environments; empty where verify did not run. */
export function worstVerdict({ verdicts }: JobRow): VerdictKind | '' {
  const kinds = new Set(Object.values(verdicts));
  return verdictOrder.find((kind) => kinds.has(kind)) ?? '';
}

/** The rows that match all filters and every word of the search, in the order asked for. */
export function selectRows(
  rows: readonly JobRow[],
  settings: ReadonlyMap<string, string>,
  reviewOf: ReviewOf,
): readonly JobRow[] {
  const words = (settings.get('q') ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const wanted = filterNames.flatMap((name) => {
    const value = settings.get(name) ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  const found = rows.filter(
    (row) =>
      wanted.every(([name, value]) => valuesOf(row, name, reviewOf).includes(value)) &&
      (words.length === 0 || words.every((word) => searchText(row).includes(word))),
  );
  return sortRows(found, settings.get('sort') ?? '', reviewOf);
}

/** What a filter compares with; `-` stands for nothing. */
export function valuesOf(row: JobRow, name: FilterName, reviewOf: ReviewOf): readonly string[] {
  switch (name) {
    case 'status':
      return [row.status];
    case 'review':
      return [reviewOf(row) === '' ? '-' : reviewOf(row)];
    case 'env':
      return row.environments;
    case 'schedule':
      return row.scheduleKinds.length === 0 ? ['-'] : row.scheduleKinds;
    case 'owner':
      return [row.owner === '' ? '-' : row.owner];
    case 'code':
      return row.codes;
    case 'rule':
      return row.rules;
    case 'verdict':
      return [worstVerdict(row) === '' ? '-' : worstVerdict(row)];
  }
}

const searchTexts = new WeakMap<JobRow, string>();

function searchText(row: JobRow): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const text = [row.job, row.name, row.owner, row.schedule, ...row.codes, ...row.rules].join('\n').toLowerCase();
  searchTexts.set(row, text);
  return text;
}

/** `lines`, or `-lines` for the other way round. Without a wish, what needs a person comes first. */
function sortRows(rows: readonly JobRow[], wish: string, reviewOf: ReviewOf): readonly JobRow[] {
  const name = sortNames.find((each) => each === wish.replace(/^-/, '')) ?? 'status';
  const sign = wish.startsWith('-') ? -1 : 1;
  return [...rows].sort((a, b) => sign * compareRows(a, b, name, reviewOf) || compareTexts(a.job, b.job));
}

function compareRows(a: JobRow, b: JobRow, name: SortName, reviewOf: ReviewOf): number {
  switch (name) {
    case 'job':
      return compareTexts(a.job, b.job);
    case 'status':
      return statusOrder[a.status] - statusOrder[b.status];
    case 'owner':
      return compareTexts(a.owner, b.owner);
    case 'schedule':
      return compareTexts(a.schedule, b.schedule);
    case 'lines':
      return b.lines.before - a.lines.before;
    case 'findings':
      return b.findings[0] - a.findings[0] || b.findings[1] - a.findings[1] || b.findings[2] - a.findings[2];
    case 'work':
      return (b.minutes?.p50 ?? 0) - (a.minutes?.p50 ?? 0);
    case 'review':
      return compareTexts(reviewOf(a), reviewOf(b));
  }
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
