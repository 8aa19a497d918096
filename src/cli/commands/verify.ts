import { type Command, Option } from 'commander';
import { DiagnosticList } from '../../core/diagnose.ts';
import { folderHost } from '../../pipeline/host.ts';
import type { PlayedRow } from '../../pipeline/verify.ts';
import { type CliContext, refuse, say } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { existingFolder } from '../folders.ts';
import { legacyHost } from '../legacy-host.ts';
import { verifyText } from '../verify-text.ts';
import { formatOption, listOption, type ResultOptions } from './options.ts';

interface VerifyFlags extends Pick<ResultOptions, 'format'> {
  readonly job?: readonly string[];
  readonly env?: readonly string[];
  readonly failOn: 'differs' | 'not-provable';
}

export function addVerify(program: Command, context: CliContext): void {
  program
    .command('verify')
    .summary('play what Argo will start, and say what is proved')
    .description(
      'Plays each job, environment and session from the output tree. This version computes the Argo side only: runs are listed as not provable, and that a malformed target_date starts no pod is proved.',
    )
    .argument('<legacy>', 'folder of the legacy platform')
    .argument('<out>', 'folder that `dig2argo convert` wrote')
    .addOption(listOption('--job <name>', 'these workflows only'))
    .addOption(listOption('--env <name>', 'these environments only'))
    .addOption(formatOption())
    .addOption(
      new Option('--fail-on <verdict>', 'exit with 1 for this verdict, or a worse one')
        .choices(['differs', 'not-provable'])
        .default('differs'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo verify legacy out\n  $ dig2argo verify legacy out --job daily_sales --env prd\n',
    )
    .action((legacy: string, out: string, flags: VerifyFlags) =>
      context.finish(runVerify(context, legacy, out, flags)),
    );
}

function runVerify(context: CliContext, legacyPath: string, outPath: string, flags: VerifyFlags): ExitCode {
  const sink = new DiagnosticList();
  const { cwd } = context.terminal;
  const [legacyFolder, out] = [existingFolder(cwd, legacyPath, sink), existingFolder(cwd, outPath, sink)];
  const legacy = legacyFolder === undefined ? undefined : legacyHost(legacyFolder, sink);
  if (legacy === undefined || out === undefined) return refuse(context, sink.items);
  const rows = context.services.verify(
    legacy,
    folderHost(out),
    {
      ...(flags.job === undefined ? {} : { jobs: flags.job }),
      ...(flags.env === undefined ? {} : { environments: flags.env }),
    },
    sink,
  );
  if (rows === undefined) return refuse(context, sink.items);
  context.terminal.out(flags.format === 'json' ? `${JSON.stringify(rows, undefined, 2)}\n` : verifyText(rows));
  say(context, limits);
  return rows.some((row) => fails(row, flags.failOn)) ? 1 : 0;
}

function fails(row: PlayedRow, failOn: VerifyFlags['failOn']): boolean {
  return row.verdict.kind === 'differs' || (failOn === 'not-provable' && row.verdict.kind === 'not-provable');
}

const limits =
  'Not part of any verdict: defaults of the API server, admission, what is inside images, where pods are placed.\n';
