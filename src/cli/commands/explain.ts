import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { DiagnosticList, diagnose } from '../../core/diagnose.ts';
import type { Host } from '../../core/host.ts';
import { jsonText } from '../../core/json-text.ts';
import { readAccounting } from '../../explain/accounting-file.ts';
import { explainLegacy, type NamedStep } from '../../explain/explain-legacy.ts';
import { explainOutput } from '../../explain/explain-output.ts';
import { type FileMap, readMap } from '../../explain/file-map.ts';
import { type Caller, explainedLegacyText, explainedOutputText, type LineOf } from '../../explain/text.ts';
import { BuiltOutput } from '../../pipeline/built-output.ts';
import { folderHost } from '../../pipeline/host.ts';
import { templateCallers } from '../../pipeline/template-callers.ts';
import { type CliContext, refuse } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { legacyHost } from '../legacy-host.ts';
import {
  fileAndLine,
  inputNameOf,
  legacyNear,
  type OutputTree,
  outputAround,
  outputsNear,
  outputTree,
  pathBelow,
} from '../locate-trees.ts';
import { readReport } from '../read-report.ts';
import { REPORT_JSON } from '../render.ts';
import { type Format, formatOption } from './options.ts';

interface ExplainFlags {
  readonly format: Format;
  readonly legacy?: string;
  readonly out?: string;
}

export function addExplain(program: Command, context: CliContext): void {
  program
    .command('explain')
    .summary('say where a line comes from, or what became of it')
    .description(
      'Prints the way of a line: from the legacy tree through variables, templates and rules to the output, or back. Reads the maps that `convert` left in the output folder.',
    )
    .argument('<file>', 'FILE or FILE:LINE, of the legacy platform or of the output')
    .option('--legacy <folder>', 'folder of the legacy platform (default: one near the output that it was made of)')
    .option('--out <folder>', 'folder that `dig2argo convert` wrote (default: one near the file that knows it)')
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo explain out/cron/daily-sales/base/workflow.yaml:34      where does this line come from?\n  $ dig2argo explain legacy/digdag/prd/daily_sales.dig:12            what became of this line?\n  $ dig2argo explain out/cron/daily-sales/base/workflow.yaml         every value of a file\n',
    )
    .action((given: string, flags: ExplainFlags) => context.finish(runExplain(context, given, flags)));
}

function runExplain(context: CliContext, given: string, flags: ExplainFlags): ExitCode {
  const { cwd } = context.terminal;
  const { file, line } = fileAndLine(cwd, given);
  if (!existsSync(file) || !statSync(file).isFile())
    return refuse(context, [diagnose('PROJECT_FILE_UNREADABLE', { path: given })]);
  const around = outputAround(file);
  if (around !== undefined) return fromOutput(context, file, line, around, flags);
  const tree = flags.out === undefined ? knowing(file, outputsNear(cwd, file)) : outputTree(resolve(cwd, flags.out));
  const name = tree === undefined ? undefined : inputNameOf(file, tree);
  if (tree === undefined || name === undefined)
    return refuse(context, [diagnose('EXPLAIN_NO_OUTPUT', { path: given })]);
  return fromLegacy(context, name, line, tree, flags);
}

function knowing(file: string, trees: readonly OutputTree[]): OutputTree | undefined {
  return trees.find((tree) => inputNameOf(file, tree) !== undefined);
}

function fromOutput(context: CliContext, file: string, line: number, tree: OutputTree, flags: ExplainFlags): ExitCode {
  const out = folderHost(tree.folder);
  const path = pathBelow(tree.folder, file);
  const map = readMap(out.read(`.dig2argo/map/${path}.json`) ?? '');
  if (map === undefined) return refuse(context, [diagnose('EXPLAIN_NO_MAP', { path })]);
  const values = explainOutput(map, out.read(path) ?? '', line);
  const legacy = lineReader(legacyOf(context, tree, flags));
  const callers = callersOf(path, out);
  if (flags.format === 'json') print(context, { kind: 'output', file: path, line, values, callers });
  else context.terminal.out(explainedOutputText(path, line, values, callers, legacy, lineReader(out)));
  return 0;
}

/** Who runs a shared template: a change of it reaches them all. */
function callersOf(path: string, out: Host): readonly Caller[] {
  const template = /^templates\/([^/]+)\.yaml$/.exec(path)?.[1];
  if (template === undefined || template === 'kustomization') return [];
  const environments = new Map<string, string[]>();
  for (const { job, environment } of templateCallers(template, new BuiltOutput(out)))
    environments.set(job, [...(environments.get(job) ?? []), environment]);
  return [...environments].map(([job, names]) => ({ job, environments: names }));
}

function fromLegacy(context: CliContext, name: string, line: number, tree: OutputTree, flags: ExplainFlags): ExitCode {
  const out = folderHost(tree.folder);
  const maps = out.list().flatMap((path): readonly FileMap[] => {
    if (!path.startsWith('.dig2argo/map/')) return [];
    const map = readMap(out.read(path) ?? '');
    return map === undefined ? [] : [map];
  });
  const became = explainLegacy(maps, (path) => out.read(path), name, line, stepsOf(out));
  const fates = readAccounting(out.read('.dig2argo/accounting.json') ?? '', name).filter(
    (unit) => unit.kind !== 'file' && (line === 0 || unit.line === line) && unit.fate !== 'consumed',
  );
  if (flags.format === 'json') print(context, { kind: 'legacy', file: name, line, became, fates });
  else
    context.terminal.out(
      explainedLegacyText(name, line, became, fates, lineReader(legacyOf(context, tree, flags)), lineReader(out)),
    );
  return 0;
}

/** The steps of all jobs, as the report knows them; none where there is no report. */
function stepsOf(out: Host): readonly NamedStep[] {
  const report = readReport(out.read(REPORT_JSON) ?? '', REPORT_JSON, new DiagnosticList());
  return (report?.details ?? []).flatMap(({ steps, outputs }) =>
    steps.flatMap(({ span, template }) =>
      template === undefined ? [] : [{ file: span.file, line: span.start.line, template, outputs }],
    ),
  );
}

/** The legacy tree, to quote from; without it, positions alone are printed. */
function legacyOf({ terminal }: CliContext, tree: OutputTree, flags: ExplainFlags): Host | undefined {
  const folder = flags.legacy === undefined ? legacyNear(terminal.cwd, tree) : resolve(terminal.cwd, flags.legacy);
  return folder === undefined ? undefined : legacyHost(folder, new DiagnosticList());
}

function lineReader(host: Host | undefined): LineOf {
  return (file, line) => host?.read(file)?.split(/\r?\n/)[line - 1]?.trim();
}

function print({ terminal }: CliContext, data: object): void {
  terminal.out(jsonText(data));
}
