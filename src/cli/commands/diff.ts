import { type Command, Option } from 'commander';
import { DiagnosticList, diagnose } from '../../core/diagnose.ts';
import { diffPage } from '../../diff/page.ts';
import { sideBySide } from '../../diff/side-by-side.ts';
import type { SessionDiff } from '../../diff/types.ts';
import { folderHost } from '../../pipeline/host.ts';
import { type CliContext, refuse } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { existingFolder } from '../folders.ts';
import { loadLegacy } from '../load-legacy.ts';
import { unknownSelection } from '../selection.ts';

interface DiffFlags {
  readonly job: string;
  readonly env: string;
  readonly at: string;
  readonly step?: string;
  readonly format: 'text' | 'html' | 'json';
}

export function addDiff(program: Command, context: CliContext): void {
  program
    .command('diff')
    .summary('compare one job at one time')
    .description(
      'Shows what the legacy platform and Argo start for one job, in one environment, at one session time: each pod on both sides, in the form in which they are compared.',
    )
    .argument('<legacy>', 'folder of the legacy platform')
    .argument('<out>', 'folder that `dig2argo convert` wrote')
    .requiredOption('--job <name>', 'the workflow')
    .requiredOption('--env <name>', 'the environment')
    .requiredOption('--at <time>', 'the session time, such as 2026-03-01 or 2026-03-01T00:00:00+09:00')
    .option('--step <name>', 'only steps whose legacy task or Argo node has this in its name')
    .addOption(
      new Option('--format <format>', 'form of what is printed to stdout')
        .choices(['text', 'html', 'json'])
        .default('text'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo diff legacy out --job daily_sales --env prd --at 2026-03-01\n  $ dig2argo diff legacy out --job daily_sales --env prd --at 2026-03-01 --step report --format html > report.html\n',
    )
    .action((legacy: string, out: string, flags: DiffFlags) =>
      runDiff(context, legacy, out, flags).then(context.finish),
    );
}

/** 1 where the two sides differ. */
async function runDiff(context: CliContext, legacyPath: string, outPath: string, flags: DiffFlags): Promise<ExitCode> {
  const sink = new DiagnosticList();
  const { terminal } = context;
  const legacy = loadLegacy(terminal.cwd, legacyPath, { job: [flags.job], env: [flags.env] }, sink);
  const out = existingFolder(terminal.cwd, outPath, sink);
  if (Number.isNaN(Date.parse(flags.at)))
    sink.add(diagnose('VERIFY_TIME_UNKNOWN', { option: '--at', given: flags.at }));
  if (legacy === undefined || out === undefined || sink.items.length > 0) return refuse(context, sink.items);
  const unknown = unknownSelection(legacy, context.services);
  if (unknown.length > 0) return refuse(context, unknown);
  const options = { job: flags.job, environment: flags.env, at: flags.at };
  const all = await context.services.diff(legacy.host, folderHost(out), options, sink);
  if (all === undefined)
    return refuse(
      context,
      sink.items.filter(({ severity }) => severity === 'error'),
    );
  const diff = only(all, flags.step);
  terminal.out(printed(diff, flags.format, terminal.columns, terminal.colorOut));
  return diff.pairs.some((pair) => pair.differences.length > 0) ? 1 : 0;
}

function only(diff: SessionDiff, step: string | undefined): SessionDiff {
  if (step === undefined) return diff;
  return {
    ...diff,
    pairs: diff.pairs.filter(({ task = '', node = '' }) => task.includes(step) || node.includes(step)),
  };
}

function printed(diff: SessionDiff, format: DiffFlags['format'], columns: number, color: boolean): string {
  switch (format) {
    case 'html':
      return diffPage(diff);
    case 'json':
      return `${JSON.stringify(diff, undefined, 2)}\n`;
    case 'text':
      return sideBySide(diff, { columns, color });
  }
}
