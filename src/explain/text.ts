import type { Became } from './explain-legacy.ts';
import type { ExplainedValue } from './explain-output.ts';
import { type MapLink, positionText } from './file-map.ts';

/** A line of a text file, without its indentation; undefined where there is none. */
export type LineOf = (file: string, line: number) => string | undefined;

/** What happened to a unit of the legacy tree that is in no output: from the accounting. */
export interface LineFate {
  readonly kind: string;
  readonly label: string;
  readonly fate: string;
  readonly by: string;
  readonly reason: string;
}

/** A job that runs what a shared template says. */
export interface Caller {
  readonly job: string;
  readonly environments: readonly string[];
}

/** From a line of the output back to the legacy tree; of a shared template also to the jobs that it speaks for. */
export function explainedOutputText(
  file: string,
  line: number,
  values: readonly ExplainedValue[],
  callers: readonly Caller[],
  legacy: LineOf,
  output: LineOf,
): string {
  const head = line === 0 ? file : `${file}:${line}`;
  const quoted = line === 0 ? undefined : output(file, line);
  return [
    `${head}${quoted === undefined ? '' : `   ${quoted}`}`,
    ...values.flatMap((value) => [
      '',
      `  ${value.pointer === '' ? '(the whole file)' : value.pointer}${line === 0 ? `  (line ${value.line})` : ''}`,
      ...value.chain.map((link) => `    ← ${linkText(link, legacy)}`),
      ...(value.chain.length === 0 ? ['    ← the conversion itself'] : []),
    ]),
    ...(callers.length === 0
      ? []
      : ['', '  called by', ...callers.map(({ job, environments }) => `    → ${job} (${environments.join(', ')})`)]),
    '',
  ].join('\n');
}

/** From a line of the legacy tree to what became of it. */
export function explainedLegacyText(
  file: string,
  line: number,
  became: readonly Became[],
  fates: readonly LineFate[],
  legacy: LineOf,
  output: LineOf,
): string {
  const quoted = line === 0 ? undefined : legacy(file, line);
  const files = [...new Set(became.map((each) => each.file))];
  return [
    `${line === 0 ? file : `${file}:${line}`}${quoted === undefined ? '' : `   ${quoted}`}`,
    ...files.flatMap((each) => [
      '',
      `  → ${each}`,
      ...became
        .filter((value) => value.file === each)
        .map(
          ({ line: at, pointer, role, chain }) =>
            `    ${String(at).padStart(5)}  ${output(each, at) ?? pointer}${role === 'part' ? '   (has a part in it)' : ''}${rulesText(chain)}`,
        ),
    ]),
    ...(fates.length === 0
      ? []
      : [
          '',
          ...fates.map(
            ({ kind, label, fate, by, reason }) =>
              `  ${kind} \`${label}\`: ${fate}${by === '' ? '' : ` by ${by}`}${reason === '' ? '' : `: ${reason}`}`,
          ),
        ]),
    ...(became.length === 0 && fates.length === 0
      ? ['', '  nothing of it is in the output, and nothing was counted on it: a comment, or an empty line']
      : []),
    '',
  ].join('\n');
}

function rulesText(chain: readonly MapLink[]): string {
  const rules = chain.flatMap(({ via, name }) => (via === 'rule' && name !== undefined ? [name] : []));
  return rules.length === 0 ? '' : `   [${rules.join(', ')}]`;
}

const words: Readonly<Record<string, string>> = {
  source: 'written at',
  template: 'template',
  variable: 'variable',
  include: 'included at',
  condition: 'under the condition at',
  rule: 'rule',
  default: 'default:',
};

function linkText({ via, name, at }: MapLink, legacy: LineOf): string {
  const what = [words[via] ?? via, ...(name === undefined || name === at?.file ? [] : [name])].join(' ');
  if (at === undefined) return what;
  const quoted = legacy(at.file, at.line);
  return `${what} ${positionText(at)}${quoted === undefined || quoted === '' ? '' : `   ${quoted}`}`;
}
