import { reviewBadge } from './badges.ts';
import type { JobRow, ReviewEntry, ReviewState } from './data.ts';
import { element } from './dom.ts';
import { reviewFile } from './review-file.ts';
import type { Store } from './store.ts';

/** What a person says of a job. Kept in the page until it is saved as a file. */
export function reviewForm(row: JobRow, store: Store, changed: () => void): HTMLElement {
  const words = store.words();
  const known = store.review(row.job);
  const save = (changes: Partial<ReviewEntry>, state: ReviewState | '' | undefined): void => {
    const before = store.review(row.job);
    const { state: old, ...rest } = before ?? { note: '', fingerprint: row.fingerprint };
    const chosen = state === undefined ? old : state === '' ? undefined : state;
    store.setReview(row.job, {
      ...rest,
      ...changes,
      ...(chosen === undefined ? {} : { state: chosen }),
      // A choice speaks about the job as it is now; a note alone leaves an older choice as old as it is.
      fingerprint: state === undefined ? rest.fingerprint : row.fingerprint,
    });
    badge.replaceChildren(reviewBadge(store.reviewOf(row), words));
    warning.hidden = store.reviewOf(row) !== 'changed';
    changed();
  };
  const choice = (value: ReviewState | '', text: string): HTMLElement =>
    element(
      'label',
      { class: 'choice' },
      element('input', {
        type: 'radio',
        name: 'review',
        value,
        checked: (known?.state ?? '') === value,
        change: () => save({}, value),
      }),
      ` ${text}`,
    );
  const badge = element('span', { class: 'review-state', role: 'status' }, reviewBadge(store.reviewOf(row), words));
  const warning = element('p', { class: 'warning' }, words('reviewChanged'));
  warning.hidden = store.reviewOf(row) !== 'changed';
  return element(
    'section',
    { class: 'card review', 'aria-label': words('review') },
    element('h2', {}, words('review'), ' ', badge),
    warning,
    element(
      'fieldset',
      {},
      element('legend', { class: 'hidden' }, words('review')),
      choice('', words('reviewNone')),
      choice('accepted', words('review.accepted')),
      choice('question', words('review.question')),
    ),
    element('label', { for: 'review-note' }, words('reviewNote')),
    element(
      'textarea',
      { id: 'review-note', rows: 2, input: (event) => save({ note: textOf(event) }, undefined) },
      known?.note ?? '',
    ),
    element('label', { for: 'review-by' }, words('reviewBy')),
    element('input', {
      id: 'review-by',
      value: known?.by ?? lastName(store),
      autocomplete: 'name',
      input: (event) => save({ by: textOf(event) }, undefined),
    }),
  );
}

function textOf(event: Event): string {
  const { target } = event;
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target.value : '';
}

/** Who reviewed last here will most likely review the next job. */
function lastName(store: Store): string {
  return [...store.reviews().values()].flatMap(({ by }) => by ?? []).at(-1) ?? '';
}

/** The dialog that hands out the file. */
export function reviewDialog(store: Store, saved: () => void): HTMLDialogElement {
  const words = store.words();
  const text = reviewFile(store.reviews());
  const dialog = document.createElement('dialog');
  const download = element(
    'a',
    {
      class: 'button',
      download: 'dig2argo.review.yaml',
      href: URL.createObjectURL(new Blob([text], { type: 'application/yaml' })),
      click: () => done(),
    },
    words('reviewDownload'),
  );
  const done = (): void => {
    store.markSaved();
    saved();
  };
  const area = element(
    'textarea',
    { class: 'file', readonly: true, rows: 14, 'aria-label': 'dig2argo.review.yaml' },
    text,
  );
  dialog.setAttribute('aria-label', words('reviewSave'));
  dialog.append(
    element('h2', {}, words('reviewSave')),
    element('p', {}, words('reviewSaveHelp')),
    area,
    element(
      'p',
      { class: 'buttons' },
      download,
      element(
        'button',
        {
          type: 'button',
          click: () => {
            if (area instanceof HTMLTextAreaElement) area.select();
            // The old way works for a page from disk, where the clipboard may be closed.
            document.execCommand('copy');
            done();
          },
        },
        words('reviewCopy'),
      ),
      element('button', { type: 'button', click: () => dialog.close() }, words('close')),
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  return dialog;
}
