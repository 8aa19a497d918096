import { type Command, Option } from 'commander';
import { DiagnosticList, diagnose } from '../../core/diagnose.ts';
import { jsonText } from '../../core/json-text.ts';
import { diffPage } from '../../diff/page.ts';
import { sideBySide } from '../../diff/side-by-side.ts';
import { isTouched, templateText } from '../../diff/template-text.ts';
import type { SessionDiff } from '../../diff/types.ts';
import { folderHost } from '../../pipeline/host.ts';
import { type CliContext, refuse } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { existingFolder } from '../folders.ts';
import { loadLegacy } from '../load-legacy.ts';
import { unknownSelection } from '../selection.ts';

interface DiffFlags {
  readonly job?: string;
  readonly template?: string;
  readonly env?: string;
  readonly at: string;
  readonly step?: string;
  readonly format: 'text' | 'html' | 'json';
}

export function addDiff(program: Command, context: CliContext): void {
  program
    .command('diff')
    .summary('compare one job at one time')
    .description(
      'Shows what the legacy platform and Argo start for one job, in one environment, at one session time: each pod on both sides, in the form in which they are compared. With --template: the same for every job that calls a shared template, where those that are equal take one line.',
    )
    .argument('<legacy>', 'folder of the legacy platform')
    .argument('<out>', 'folder that `dig2argo convert` wrote')
    .option('--job <name>', 'the workflow')
    .addOption(
      new Option('--template <name>', 'all jobs that call this shared template of the output').conflicts([
        'job',
        'step',
      ]),
    )
    .option('--env <name>', 'the environment; with --template, all of them by default')
    .requiredOption('--at <time>', 'the session time, such as 2026-03-01 or 2026-03-01T00:00:00+09:00')
    .option('--step <name>', 'only steps whose legacy task or Argo node has this in its name')
    .addOption(
      new Option('--format <format>', 'form of what is printed to stdout')
        .choices(['text', 'html', 'json'])
        .default('text'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo diff legacy out --job daily_sales --env prd --at 2026-03-01\n  $ dig2argo diff legacy out --job daily_sales --env prd --at 2026-03-01 --step report --format html > report.html\n  $ dig2argo diff legacy out --template table-export --at 2026-03-01      what a change of templates/table-export.yaml touches\n',
    )
    .action((legacy: string, out: string, flags: DiffFlags, command: Command) => {
      const { job, template, env } = flags;
      if (job === undefined && template === undefined) command.error('error: give --job or --template');
      if (job !== undefined && env === undefined) command.error('error: --job needs --env');
      if (template !== undefined && flags.format === 'html')
        command.error('error: --format html shows one job; give --job');
      return runDiff(context, legacy, out, flags).then(context.finish);
    });
}

/** 1 where the two sides differ. */
async function runDiff(context: CliContext, legacyPath: string, outPath: string, flags: DiffFlags): Promise<ExitCode> {
  const sink = new DiagnosticList();
  const { terminal } = context;
  const { job, template, env, at } = flags;
  const chosen = { ...(job === undefined ? {} : { job: [job] }), ...(env === undefined ? {} : { env: [env] }) };
  const legacy = loadLegacy(terminal.cwd, legacyPath, chosen, sink);
  const out = existingFolder(terminal.cwd, outPath, sink);
  if (Number.isNaN(Date.parse(at))) sink.add(diagnose('VERIFY_TIME_UNKNOWN', { option: '--at', given: at }));
  if (legacy === undefined || out === undefined || sink.items.length > 0) return refuse(context, sink.items);
  const unknown = unknownSelection(legacy, context.services);
  if (unknown.length > 0) return refuse(context, unknown);
  const refused = (): ExitCode =>
    refuse(
      context,
      sink.items.filter(({ severity }) => severity === 'error'),
    );
  if (template !== undefined) {
    const options = { template, at, ...(env === undefined ? {} : { environment: env }) };
    const found = await context.services.diffTemplate(legacy.host, folderHost(out), options, sink);
    if (found === undefined) return refused();
    const { columns, colorOut: color } = terminal;
    terminal.out(flags.format === 'json' ? jsonText(found) : templateText(found, { columns, color }));
    return found.members.some(isTouched) ? 1 : 0;
  }
  const options = { job: job ?? '', environment: env ?? '', at };
  const all = await context.services.diff(legacy.host, folderHost(out), options, sink);
  if (all === undefined) return refused();
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
      return jsonText(diff);
    case 'text':
      return sideBySide(diff, { columns, color });
  }
}
