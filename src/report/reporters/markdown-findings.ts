import { codeFrame } from '../../core/code-frame.ts';
import type { Severity } from '../../core/diagnostic.ts';
import { formatPosition, type SourceFile } from '../../core/source.ts';
import type { ReportFinding } from '../types.ts';
import { countFindings } from './group-findings.ts';
import { code, codeBlock, plain } from './markdown-text.ts';
import type { ReportWords } from './words.ts';

type FindSource = (path: string) => SourceFile | undefined;

/** Findings of one code and text, in one place or in several. */
type Group = readonly [ReportFinding, ...ReportFinding[]];

const order: readonly Severity[] = ['error', 'warning', 'info'];

/** Places listed for a finding that was made in several; the JSON report has all of them. */
const SHOWN_PLACES = 4;

/** Findings, the gravest first: each code with what it says once, its hint once, and the line that it speaks of first. */
export function findingsMarkdown(
  diagnostics: readonly ReportFinding[],
  source: FindSource,
  words: ReportWords,
): string {
  return order
    .flatMap((severity) => {
      const groups = grouped(diagnostics.filter((each) => each.severity === severity));
      const codes = new Set(groups.map(([first]) => `${first.code}\u0000${first.hint ?? ''}`));
      return [...codes].map((key) =>
        codeMarkdown(
          groups.filter(([first]) => `${first.code}\u0000${first.hint ?? ''}` === key),
          source,
          words,
        ),
      );
    })
    .join('\n')
    .trimEnd();
}

function grouped(diagnostics: readonly ReportFinding[]): readonly Group[] {
  const groups = new Map<string, [ReportFinding, ...ReportFinding[]]>();
  for (const diagnostic of diagnostics) {
    const key = [diagnostic.code, diagnostic.message, diagnostic.hint ?? ''].join('\u0000');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [diagnostic]);
    else group.push(diagnostic);
  }
  return [...groups.values()];
}

/** One item for a code. Several texts of it become a list below the item; errors and warnings each keep their frame. */
function codeMarkdown(groups: readonly Group[], source: FindSource, words: ReportWords): string {
  const [first] = groups;
  if (first === undefined) return '';
  const { severity, code: name } = first[0];
  const { hint } = words.told(first[0]);
  const head = `- ${words.severity[severity]} ${code(name)}`;
  const todo = hint === undefined ? [] : [`  ${words.todo}: ${words.sentence(plain(hint))}`];
  if (groups.length === 1)
    return [`${head}: ${saying(first, words)}`, ...todo, ...detail(first, source, '  ', true, words)].join('\n');
  const items = groups.flatMap((group, at) => [
    `  - ${saying(group, words)}`,
    ...detail(group, source, '    ', severity !== 'info' || at === 0, words),
  ]);
  return [head, ...todo, ...items].join('\n');
}

/** The text, the environments it holds in, and where. */
function saying(group: Group, words: ReportWords): string {
  const environments = [...new Set(group.flatMap(({ environment }) => environment ?? []))].sort();
  const where = environments.length === 0 ? '' : words.where(environments);
  const places = [...new Set(group.flatMap(({ span }) => (span === undefined ? [] : [formatPosition(span)])))];
  const more = places.length > SHOWN_PLACES ? words.morePlaces(places.length - SHOWN_PLACES) : '';
  const shown = words.listed(places.slice(0, SHOWN_PLACES).map(code));
  return `${plain(words.told(group[0]).message)}${where}${shown === '' ? '' : words.at(`${shown}${more}`)}`;
}

function detail(
  [first]: Group,
  source: FindSource,
  indent: string,
  framed: boolean,
  words: ReportWords,
): readonly string[] {
  const { span, related } = first;
  const file = span === undefined || !framed ? undefined : source(span.file);
  const frame = span === undefined || file === undefined ? '' : codeFrame(file, span);
  const { output } = first;
  return [
    ...(output === undefined ? [] : [`${indent}${words.inOutput}: ${code(output)}`]),
    ...(frame === '' ? [] : ['', codeBlock(frame, 'text', indent), '']),
    ...(related ?? []).map(
      (each) => indent + words.see(code(formatPosition(each.span)), words.sentence(plain(words.say(each.note)))),
    ),
  ];
}

/** `2 errors, 1 warning, 3 notes`, the same findings of several environments counted once. */
export function findingCount(diagnostics: readonly ReportFinding[], words: ReportWords): string {
  return words.listed(countFindings(diagnostics).map(({ severity, count }) => words.findings(severity, count)));
}
