import type { JobRow, PageFinding, VerdictKind } from './data.ts';
import { element } from './dom.ts';
import type { Words } from './words.ts';

/** A state is told by shape and word; colour only repeats it. */
const statusShapes: Readonly<Record<JobRow['status'], string>> = {
  converted: '●',
  'to-confirm': '◆',
  'needs-work': '▲',
};
const severityShapes: Readonly<Record<PageFinding['severity'], string>> = { error: '▲', warning: '◆', info: '○' };
const verdictShapes: Readonly<Record<VerdictKind, string>> = {
  proved: '✓',
  'proved-given': '✓',
  observed: '✓',
  differs: '≠',
  'not-provable': '?',
};
const reviewShapes = { accepted: '✓', question: '?', changed: '↻' } as const;

function badge(className: string, shape: string, text: string): HTMLElement {
  return element(
    'span',
    { class: `badge ${className}` },
    element('span', { 'aria-hidden': 'true' }, shape),
    ` ${text}`,
  );
}

export function statusBadge(status: JobRow['status'], words: Words): HTMLElement {
  return badge(`status-${status}`, statusShapes[status], words(`status.${status}`));
}

export function severityBadge(severity: PageFinding['severity'], words: Words): HTMLElement {
  return badge(`severity-${severity}`, severityShapes[severity], words(severity));
}

export function verdictBadge(verdict: VerdictKind, words: Words): HTMLElement {
  return badge(`verdict-${verdict}`, verdictShapes[verdict], words(`verdict.${verdict}`));
}

export function reviewBadge(state: 'accepted' | 'question' | 'changed' | '', words: Words): HTMLElement {
  return state === ''
    ? element('span', { class: 'quiet' }, words('review.-'))
    : badge(`review-${state}`, reviewShapes[state], words(`review.${state}`));
}
