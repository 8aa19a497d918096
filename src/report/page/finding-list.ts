import { severityBadge } from './badges.ts';
import type { PageFinding, PageSpan } from './data.ts';
import { codeText, element } from './dom.ts';
import type { Store } from './store.ts';

const SHOWN_PLACES = 4;

/** Opens a line of a legacy file; absent where there are no panes to open it in. */
type OpenLine = (file: string, line: number) => void;

/** Findings with the lines they speak of; notes are folded away, they ask for nothing. */
export function findingList(findings: readonly PageFinding[], store: Store, open?: OpenLine): HTMLElement {
  const words = store.words();
  if (findings.length === 0) return element('p', { class: 'empty' }, words('findingsNone'));
  const asking = findings.filter((finding) => finding.severity !== 'info');
  const notes = findings.filter((finding) => finding.severity === 'info');
  const items = (list: readonly PageFinding[]): HTMLElement =>
    element('ul', { class: 'findings' }, ...list.map((finding) => findingItem(finding, store, open)));
  return element(
    'div',
    {},
    asking.length === 0 ? undefined : items(asking),
    notes.length === 0
      ? undefined
      : element(
          'details',
          { open: asking.length === 0 && notes.length <= 3 },
          element('summary', {}, words('notes', { n: notes.length })),
          items(notes),
        ),
  );
}

function findingItem(finding: PageFinding, store: Store, open: OpenLine | undefined): HTMLElement {
  const words = store.words();
  const { code, severity, message, hint, environments, places } = finding;
  const first = places[0];
  const rest = places.slice(1, SHOWN_PLACES);
  return element(
    'li',
    { class: `finding finding-${severity}` },
    element(
      'p',
      {},
      severityBadge(severity, words),
      ' ',
      element('span', { class: 'message' }, store.say(message)),
      ' ',
      element('code', { class: 'code-name' }, code),
      environments.length === 0 ? undefined : element('span', { class: 'quiet' }, ` ${environments.join(', ')}`),
    ),
    hint === undefined
      ? undefined
      : element('p', { class: 'hint' }, element('strong', {}, `${words('todo')}: `), store.say(hint)),
    first === undefined ? undefined : codeFrameOf(first, store, open),
    rest.length === 0
      ? undefined
      : element(
          'p',
          { class: 'quiet' },
          ...rest.flatMap((place) => [placeLink(place, open), ' ']),
          places.length > SHOWN_PLACES ? words('morePlaces', { n: places.length - SHOWN_PLACES }) : '',
        ),
  );
}

function placeLink({ file, line }: PageSpan, open: OpenLine | undefined): HTMLElement {
  const text = `${file}:${line}`;
  return open === undefined
    ? codeText(text)
    : element('button', { type: 'button', class: 'place', click: () => open(file, line) }, text);
}

/** The line with the part that is meant marked. */
function codeFrameOf(place: PageSpan, store: Store, open: OpenLine | undefined): HTMLElement {
  const text = store.file(place.file)?.text.split('\n')[place.line - 1];
  if (text === undefined) return element('p', {}, placeLink(place, open));
  const from = Math.min(Math.max(0, place.col - 1), text.length);
  const to = place.endLine === place.line ? Math.min(text.length, Math.max(from + 1, place.endCol - 1)) : text.length;
  return element(
    'div',
    { class: 'frame' },
    element('p', {}, placeLink(place, open)),
    element(
      'pre',
      { tabindex: 0 },
      element('span', { class: 'number' }, `${place.line} `),
      text.slice(0, from),
      element('mark', {}, text.slice(from, to)),
      text.slice(to),
    ),
  );
}
