import { verdictBadge } from './badges.ts';
import type { PageProof } from './data.ts';
import { codeText, dataTable, element } from './dom.ts';
import type { Store } from './store.ts';
import type { Words } from './words.ts';

/** Verdicts: a row for each session, a column for each environment; below them what differs, pod by pod. */
export function proofView(proof: readonly PageProof[], store: Store): HTMLElement {
  const words = store.words();
  if (proof.length === 0) return element('p', { class: 'empty' }, words('verifyNone'));
  const environments = store.index.environments.filter((environment) =>
    proof.some((row) => row.environment === environment),
  );
  const starts = [...new Set(proof.map((row) => row.start))];
  const of = (start: string, environment: string): PageProof | undefined =>
    proof.find((row) => row.start === start && row.environment === environment);
  const told = proof.filter((row) => row.differences.length > 0 || row.detail !== '');
  return element(
    'div',
    {},
    dataTable(
      [words('start'), ...environments],
      starts.map((start) => [
        startName(start, words),
        ...environments.map((environment) => {
          const row = of(start, environment);
          return row === undefined ? '–' : verdictBadge(row.verdict, words);
        }),
      ]),
      { caption: words('proof') },
    ),
    ...groupedDetails(told, store),
    element('p', {}, words('proofLimits')),
  );
}

/** The same reason of several sessions once. */
function groupedDetails(rows: readonly PageProof[], store: Store): readonly HTMLElement[] {
  const groups = new Map<string, PageProof[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.verdict, row.detail, row.differences]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const words = store.words();
    const said = (value: string): string => (first?.start === 'schedule' ? store.say(value) : value);
    const sessions = group.map(({ environment, start }) => `${environment} ${startName(start, words)}`);
    const where = `${sessions.slice(0, 3).join(', ')}${sessions.length > 3 ? ` +${sessions.length - 3}` : ''}`;
    return element(
      'details',
      { open: first?.verdict === 'differs' },
      element('summary', {}, first === undefined ? '' : verdictBadge(first.verdict, words), ' ', where),
      first === undefined || first.detail === '' ? undefined : element('p', {}, store.say(first.detail)),
      ...(first?.differences ?? []).map(({ path, legacy, argo, rule, legacySource, argoSource }) =>
        element(
          'div',
          { class: 'difference' },
          element('p', {}, codeText(store.say(path)), rule === '' ? '' : ` ${words('rule')} ${rule}`),
          sideOf('Digdag', said(legacy), legacySource, 'minus'),
          sideOf('Argo', said(argo), argoSource, 'plus'),
        ),
      ),
    );
  });
}

/** One side of a difference: its value, and where that stands. */
function sideOf(name: string, value: string, source: string, kind: 'minus' | 'plus'): HTMLElement {
  return element(
    'div',
    { class: kind },
    element('p', { class: 'quiet' }, source === '' ? name : `${name} (${source})`),
    element('pre', { tabindex: 0 }, value === '' ? '–' : value),
  );
}

function startName(start: string, words: Words): string {
  return start === 'schedule' ? words('proofSchedule') : start === 'others' ? words('proofOthers') : start;
}
