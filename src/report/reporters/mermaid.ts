import type { JobFlow } from '../types.ts';

/** The flow of a job as mermaid text, which code hosts draw. Node names are numbers: legacy names may be words of mermaid. */
export function flowMermaid(flow: JobFlow, say: (text: string) => string = (text) => text): string {
  const numbers = new Map(flow.nodes.map((node, index) => [node.task, `s${index + 1}`]));
  const nodes = flow.nodes.map((node) => `  ${numbers.get(node.task) ?? ''}["${label(node.label)}"]`);
  const edges = flow.edges.flatMap(({ from, to, kind, label: text }) => {
    const [start, end] = [numbers.get(from), numbers.get(to)];
    if (start === undefined || end === undefined) return [];
    const arrow = kind === 'error' ? '-.->' : '-->';
    return [`  ${start} ${arrow}${text === '' ? '' : `|"${label(say(text))}"|`} ${end}`];
  });
  return ['flowchart LR', ...nodes, ...edges].join('\n');
}

function label(text: string): string {
  return text
    .replaceAll('#', '#35;')
    .replaceAll('"', '#quot;')
    .replaceAll('<', '#lt;')
    .replaceAll('>', '#gt;')
    .replaceAll(/\s+/g, ' ');
}
