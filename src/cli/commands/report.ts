import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { DiagnosticList, diagnose } from '../../core/diagnose.ts';
import { textReport } from '../../report/reporters/text.ts';
import { type CliContext, refuse } from '../context.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { existingFolder } from '../folders.ts';
import { readReport } from '../read-report.ts';
import { REPORT_JSON, REPORT_MARKDOWN } from '../render.ts';
import { failOnOption, formatOption, type ResultOptions } from './options.ts';

export function addReport(program: Command, context: CliContext): void {
  program
    .command('report')
    .summary('print the report of an earlier conversion')
    .description('Prints the report that lies in an output folder. Reads nothing of the legacy platform.')
    .argument('<out>', 'folder that `dig2argo convert` wrote')
    .addOption(formatOption())
    .addOption(failOnOption())
    .addHelpText('after', '\nExamples:\n  $ dig2argo report out\n  $ dig2argo report out --format json | jq .jobs\n')
    .action((out: string, flags: ResultOptions) => context.finish(runReport(context, out, flags)));
}

function runReport(context: CliContext, out: string, flags: ResultOptions): ExitCode {
  const { terminal } = context;
  const sink = new DiagnosticList();
  const folder = existingFolder(terminal.cwd, out, sink);
  if (folder === undefined) return refuse(context, sink.items);
  const path = flags.format === 'markdown' ? REPORT_MARKDOWN : REPORT_JSON;
  for (const needed of [REPORT_JSON, path]) {
    if (!existsSync(join(folder, needed)))
      return refuse(context, [diagnose('OUT_REPORT_MISSING', { path: `${out}/${needed}` })]);
  }
  const report = readReport(readFileSync(join(folder, REPORT_JSON), 'utf8'), `${out}/${REPORT_JSON}`, sink);
  if (report === undefined) return refuse(context, sink.items);
  terminal.out(
    flags.format === 'text'
      ? textReport(report, { color: terminal.colorOut })
      : readFileSync(join(folder, path), 'utf8'),
  );
  return exitCodeOf([...report.diagnostics, ...report.details.flatMap((job) => job.diagnostics)], flags.failOn);
}
