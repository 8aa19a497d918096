import { readFileSync } from 'node:fs';
import fg from 'fast-glob';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import type { Diagnostic } from '../../../src/core/diagnostic.ts';
import { formatPosition, repoPath, type SourceFile } from '../../../src/core/source.ts';
import { jobFiles } from '../../../src/emit/job-files.ts';
import type { MergedJob } from '../../../src/merge/types.ts';
import { type ConvertedPlatform, convertPlatform } from '../../../src/pipeline/convert-platform.ts';
import { memoryHost } from '../../../src/pipeline/host.ts';
import type { ConvertOptions } from '../../../src/pipeline/types.ts';
import { type Json, toJson } from '../../helpers/plain.ts';

/** A legacy tree in memory, converted as far as the job folders. */
export interface ConvertedTree {
  readonly platform: ConvertedPlatform;
  readonly jobs: readonly MergedJob[];
  /** Path → text of the job folders. */
  readonly files: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
  /** `CODE file:line:col` of errors and warnings. */
  readonly findings: readonly string[];
}

let rules: readonly SourceFile[] | undefined;

function packageRules(): readonly SourceFile[] {
  rules ??= fg
    .sync('rules/*/*.yaml')
    .sort()
    .map((path) => ({ path: repoPath(`dig2argo:${path}`), text: readFileSync(path, 'utf8') }));
  return rules;
}

/** Enough of a configuration for trees of plain commands. */
export const plainConfig = 'worker: {image: "worker:1"}\n';

export async function convertTree(
  tree: Readonly<Record<string, string>>,
  options: Omit<ConvertOptions, 'rules'> = {},
): Promise<ConvertedTree> {
  const sink = new DiagnosticList();
  const platform = await convertPlatform(memoryHost(tree), { ...options, rules: packageRules() }, sink);
  if (platform === undefined) throw new Error('the configuration of the test is broken');
  const diagnostics = sink.sorted();
  return {
    platform,
    jobs: platform.jobs,
    files: Object.fromEntries(platform.jobs.flatMap((job) => jobFiles(job)).map((file) => [file.path, file.text])),
    diagnostics,
    findings: diagnostics.filter((each) => each.severity !== 'info').map(describeFinding),
  };
}

function describeFinding(finding: Diagnostic): string {
  return `${finding.code} ${finding.span === undefined ? '-' : formatPosition(finding.span)}`;
}

/** Templates of one environment converted alone, by name. */
export interface Templates {
  readonly [name: string]: { readonly [field: string]: Json };
}

/** One .dig file with plain commands, in one environment. */
export async function convertDig(dig: string, more: Readonly<Record<string, string>> = {}): Promise<ConvertedDig> {
  const tree = await convertTree({ 'dig2argo.yaml': plainConfig, 'digdag/prd/job.dig': dig, ...more });
  const workflow = tree.jobs.find((job) => job.job === 'job')?.converted.get('prd');
  const templates = (workflow?.templates ?? []).map((each) => [each.name, toJson(each.body)]);
  return {
    ...tree,
    templates: Object.fromEntries(templates) as Templates,
    flow: workflow === undefined ? [] : flowOf(Object.fromEntries(templates) as Templates, 'main'),
  };
}

export interface ConvertedDig extends ConvertedTree {
  readonly templates: Templates;
  /** What runs, group by group, from `main` down. */
  readonly flow: readonly string[];
}

/** A steps template and all below it in lines: steps of a group joined by ` | `, tasks of a DAG each with what it waits for; the leaf says its script. */
function flowOf(templates: Templates, name: string, indent = '', above: readonly string[] = []): string[] {
  const dag = templates[name]?.['dag'] as { readonly tasks: Json[] } | undefined;
  const groups = dag?.tasks.map((task) => [task]) ?? (templates[name]?.['steps'] as Json[][] | undefined);
  if (groups === undefined || above.includes(name)) return [];
  return groups.flatMap((group) => [
    `${indent}${group.map((step) => stepLine(step, templates)).join(' | ')}`,
    ...group.flatMap((step) =>
      isMap(step) && typeof step['template'] === 'string'
        ? flowOf(templates, step['template'], `${indent}  `, [...above, name])
        : [],
    ),
  ]);
}

function stepLine(step: Json, templates: Templates): string {
  if (!isMap(step)) return '?';
  const target = typeof step['template'] === 'string' ? step['template'] : '';
  const { script, retryStrategy } = templates[target] ?? {};
  const marks = [
    ...(isMap(retryStrategy ?? null) ? [`retry ${String((retryStrategy as { limit: number }).limit)}`] : []),
    ...(step['depends'] === undefined ? [] : [`after ${String(step['depends'])}`]),
    ...(step['when'] === undefined ? [] : ['when']),
    ...(step['withItems'] === undefined ? [] : [`items ${JSON.stringify(step['withItems'])}`]),
    ...(step['withParam'] === undefined ? [] : [`list ${String(step['withParam'])}`]),
    ...(step['withSequence'] === undefined ? [] : [`count ${(step['withSequence'] as { count: string }).count}`]),
    ...(step['continueOn'] === undefined ? [] : ['may fail']),
    ...(step['hooks'] === undefined ? [] : [`hook ${(step['hooks'] as { exit: { template: string } }).exit.template}`]),
  ];
  const source = isMap(script ?? null) ? `: ${String((script as { source: string }).source)}` : '';
  return `${String(step['name'])}${source}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`;
}

function isMap(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
