import { type Command, Option } from 'commander';
import { DiagnosticList, diagnose } from '../../core/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { PROOF_FILE, readKeptProofs } from '../../report/kept-proof.ts';
import type { Report } from '../../report/types.ts';
import { type CliContext, printDiagnostics, refuse, say } from '../context.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { outputFolder, pathInOutput } from '../folders.ts';
import { type LegacyOptions, loadLegacy } from '../load-legacy.ts';
import { givenNames } from '../output/ledger.ts';
import { nodeDisk } from '../output/node-disk.ts';
import { type WriteMode, writeOutput } from '../output/write-output.ts';
import { progressOf } from '../progress.ts';
import { reportFile } from '../read-report.ts';
import { isRefused } from '../refused.ts';
import { conversionText, reportText } from '../render.ts';
import { unknownSelection } from '../selection.ts';
import { thisProcess } from '../this-process.ts';
import { wantedOf } from '../wanted.ts';
import { allFormats, failOnOption, formatOption, languageOption, listOption, type ResultOptions } from './options.ts';

interface ConvertFlags extends LegacyOptions, ResultOptions {
  readonly dryRun?: boolean;
  readonly check?: boolean;
  readonly prune?: boolean;
  readonly overwrite?: readonly string[];
  readonly baseline?: string;
}

export function addConvert(program: Command, context: CliContext): void {
  program
    .command('convert')
    .summary('convert a legacy platform')
    .description(
      'Converts the Digdag platform in the folder legacy to Argo Workflows below the folder out, with a report on every job.',
    )
    .argument('<legacy>', 'folder of the legacy platform')
    .argument('<out>', 'folder to write to; it is created if it does not exist')
    .addOption(new Option('--dry-run', 'say what would be written, write nothing').conflicts('check'))
    .option('--check', 'write nothing, exit with 1 if the output is not up to date')
    .addOption(listOption('--job <name>', 'convert these workflows only'))
    .addOption(listOption('--env <name>', 'convert these environments only'))
    .addOption(
      new Option('--argo-version <version>', 'write for this version (default: valid on all three)').choices([
        '3.6',
        '3.7',
        '4',
      ]),
    )
    .option('--prune', 'remove the output of jobs that are gone from the legacy platform')
    .addOption(listOption('--overwrite <path>', 'replace this file or folder of the output although it was edited'))
    .option('--schedules <file>', 'output of `digdag schedules`: what is disabled there is suspended here')
    .addOption(listOption('--rules <folder>', 'further rules'))
    .addOption(languageOption('language of runbooks and reports (default: that of most comments)'))
    .option('--dedup', 'merge near-identical jobs')
    .option('--baseline <file>', 'compare with this report.json: exit with 1 only if a job got worse')
    .addOption(formatOption(allFormats))
    .addOption(failOnOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo convert legacy out\n  $ dig2argo convert legacy out --dry-run --job daily_sales\n  $ dig2argo convert legacy out --check            in CI: fails if out is stale\n  $ dig2argo convert legacy out --baseline baseline.json    in CI: fails if a job got worse\n  $ dig2argo convert legacy out --overwrite cron/daily-sales/base/workflow.yaml\n',
    )
    .action((legacy: string, out: string, flags: ConvertFlags) =>
      runConvert(context, legacy, out, flags).then(context.finish),
    );
}

async function runConvert(
  context: CliContext,
  legacyPath: string,
  outPath: string,
  flags: ConvertFlags,
): Promise<ExitCode> {
  const { terminal, services } = context;
  const sink = new DiagnosticList();
  const baseline = flags.baseline === undefined ? undefined : reportFile(terminal.cwd, flags.baseline, sink);
  if (flags.baseline !== undefined && baseline === undefined) return refuse(context, sink.items);
  const legacy = loadLegacy(terminal.cwd, legacyPath, flags, sink);
  const out = legacy === undefined ? undefined : outputFolder(terminal.cwd, outPath, legacy.folder, sink);
  if (legacy === undefined || out === undefined) return refuse(context, sink.items);
  const unknown = unknownSelection(legacy, services);
  if (unknown.length > 0) return refuse(context, unknown);
  const progress = progressOf(context);
  const conversion = await services.convert(legacy.host, {
    ...legacy.options,
    names: givenNames(nodeDisk(out)),
    proofs: readKeptProofs(nodeDisk(out).read(PROOF_FILE)),
    progress: progress.step,
    ...(baseline === undefined ? {} : { baseline }),
  });
  progress.end();
  if (isRefused(conversion)) return refuse(context, conversion.diagnostics, conversion);
  const mode: WriteMode = flags.check === true ? 'check' : flags.dryRun === true ? 'dry-run' : 'write';
  const overwrite = (flags.overwrite ?? []).map((path) => pathInOutput(terminal.cwd, path, out));
  const wanted = wantedOf(conversion, legacy.host, {
    limited: flags.job !== undefined || flags.env !== undefined,
    prune: flags.prune === true,
    overwrite,
  });
  const plan = writeOutput(wanted, nodeDisk(out), mode, thisProcess, sink);
  if (plan === undefined) return refuse(context, [...conversion.diagnostics, ...sink.items], conversion);
  printDiagnostics(context, [...conversion.diagnostics, ...sink.items], {
    source: conversion.source,
    failOn: flags.failOn,
  });
  terminal.out(
    flags.format === 'text' && context.quiet()
      ? ''
      : reportText(conversion, flags.format, { color: terminal.colorOut, legacy: legacyPath }),
  );
  if (mode === 'check') say(context, sink.items.length === 0 ? `${outPath} is up to date\n` : '');
  else if (flags.format === 'text') say(context, conversionText(plan, mode, outPath, wanted));
  if (baseline === undefined) return exitCodeOf([...conversion.diagnostics, ...sink.items], flags.failOn);
  const worse = gotWorse(conversion.report);
  printDiagnostics(context, worse);
  // Against a baseline, findings count only where a job got worse; an output that is stale or edited always does.
  return exitCodeOf([...worse, ...sink.items], 'error');
}

function gotWorse({ baseline }: Report): readonly Diagnostic[] {
  return (baseline?.worse ?? []).map(({ job, why }) => diagnose('JOB_GOT_WORSE', { name: job, why }, { job }));
}
