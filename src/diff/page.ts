import { align, folded, type Row } from './align.ts';
import type { EffectPair, SessionDiff } from './types.ts';

const CONTEXT = 3;

const style = `body{font:14px/1.45 system-ui,sans-serif;margin:2rem;max-width:110rem}
h2{font-size:1rem;margin:2rem 0 .4rem}table{border-collapse:collapse;width:100%;table-layout:fixed}
td{font:12px/1.45 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere;vertical-align:top;padding:0 .5rem;width:50%}
tr.changed td{background:#fff3cd}tr.folded td{color:#777;text-align:center}.differs{color:#b00020}.equal{color:#1b7f3b}
@media(prefers-color-scheme:dark){body{background:#161616;color:#e6e6e6}tr.changed td{background:#4a3d00}}`;

/** The same as one static page. */
export function diffPage(diff: SessionDiff): string {
  const title = `${diff.job} in ${diff.environment}, session ${diff.sessionTime}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${style}</style></head>
<body><h1>${escaped(title)}</h1><p>${escaped(diff.started)}. Left: the legacy platform. Right: Argo.</p>
${diff.pairs.map(pairPart).join('\n')}
</body></html>
`;
}

function pairPart(pair: EffectPair): string {
  const rows = folded(align(pair.legacy, pair.argo), CONTEXT).map((block) =>
    block.kind === 'equal'
      ? `<tr class="folded"><td colspan="2">${block.count} equal lines</td></tr>`
      : block.rows.map(rowPart).join(''),
  );
  const verdict =
    pair.differences.length > 0
      ? `<p class="differs">differs: ${escaped(pair.differences.map(({ path }) => path).join(', '))}</p>`
      : '<p class="equal">equal</p>';
  const accepted = pair.accepted.map(({ path, reason, rule }) => `<li>${escaped(`${path}: ${reason} (${rule})`)}</li>`);
  const list = accepted.length === 0 ? '' : `<p>Accepted differences</p><ul>${accepted.join('')}</ul>`;
  return `<h2>${escaped(pair.task ?? '(none)')} · ${escaped(pair.node ?? '(none)')}</h2>${verdict}<table>${rows.join('')}</table>${list}`;
}

function rowPart({ left = '', right = '', equal }: Row): string {
  return `<tr${equal ? '' : ' class="changed"'}><td>${escaped(left)}</td><td>${escaped(right)}</td></tr>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
