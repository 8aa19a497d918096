import type { Command } from 'commander';
import { DiagnosticList } from '../../core/diagnose.ts';
import { forecastText } from '../../report/reporters/forecast-text.ts';
import { type CliContext, printDiagnostics, refuse, say } from '../context.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { type LegacyOptions, loadLegacy } from '../load-legacy.ts';
import { progressOf } from '../progress.ts';
import { isRefused } from '../refused.ts';
import { reportText } from '../render.ts';
import { unknownSelection } from '../selection.ts';
import { allFormats, failOnOption, formatOption, languageOption, listOption, type ResultOptions } from './options.ts';

export function addAudit(program: Command, context: CliContext): void {
  program
    .command('audit')
    .summary('say what a conversion would give, write nothing')
    .description(
      'Reads the legacy platform and reports what is there, what each construct becomes, how much work is left, which jobs to move first, and what is gained. Writes nothing.',
    )
    .argument('<legacy>', 'folder of the legacy platform')
    .addOption(listOption('--job <name>', 'look at these workflows only'))
    .addOption(listOption('--env <name>', 'look at these environments only'))
    .option('--schedules <file>', 'output of `digdag schedules`')
    .addOption(listOption('--rules <folder>', 'further rules'))
    .addOption(languageOption('language of html and markdown (default: that of most comments)'))
    .addOption(formatOption(allFormats))
    .addOption(failOnOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo audit legacy\n  $ dig2argo audit legacy --format markdown --lang ja > audit.md\n  $ dig2argo audit legacy --rules my-figures --format json | jq .forecast.minutes\n',
    )
    .action((legacy: string, flags: LegacyOptions & ResultOptions) =>
      runAudit(context, legacy, flags).then(context.finish),
    );
}

async function runAudit(context: CliContext, path: string, flags: LegacyOptions & ResultOptions): Promise<ExitCode> {
  const { terminal, services } = context;
  const sink = new DiagnosticList();
  const legacy = loadLegacy(terminal.cwd, path, flags, sink);
  if (legacy === undefined) return refuse(context, sink.items);
  const unknown = unknownSelection(legacy, services);
  if (unknown.length > 0) return refuse(context, unknown);
  const progress = progressOf(context);
  const conversion = await services.convert(legacy.host, { ...legacy.options, progress: progress.step });
  progress.end();
  if (isRefused(conversion)) return refuse(context, conversion.diagnostics, conversion);
  printDiagnostics(context, conversion.diagnostics, {
    source: conversion.source,
    failOn: flags.failOn,
  });
  terminal.out(reportText(conversion, flags.format, { color: terminal.colorOut, legacy: path }));
  if (flags.format === 'text') terminal.out(`\n${forecastText(conversion.report)}`);
  say(context, 'Nothing was written.\n');
  return exitCodeOf(conversion.diagnostics, flags.failOn);
}
