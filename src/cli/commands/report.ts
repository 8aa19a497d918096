import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { DiagnosticList, diagnose } from '../../core/diagnose.ts';
import type { Host } from '../../core/host.ts';
import { repoPath } from '../../core/source.ts';
import { folderHost } from '../../pipeline/host.ts';
import { reportPage } from '../../report/html/page.ts';
import { redactedSource } from '../../report/redacted-source.ts';
import { reportJson } from '../../report/reporters/json.ts';
import { summaryMarkdown } from '../../report/reporters/markdown-summary.ts';
import { textReport } from '../../report/reporters/text.ts';
import { REVIEW_FILE, readReviews, withReviews } from '../../report/review.ts';
import type { Report } from '../../report/types.ts';
import { withProof } from '../../report/with-proof.ts';
import { type CliContext, printDiagnostics, refuse } from '../context.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { existingFolder } from '../folders.ts';
import { legacyHost } from '../legacy-host.ts';
import { pageFromFolders, sourceIn } from '../page-from-folders.ts';
import { readReport } from '../read-report.ts';
import { findingsText, REPORT_JSON } from '../render.ts';
import { allFormats, failOnOption, formatOption, languageOption, type ResultOptions } from './options.ts';

interface ReportFlags extends ResultOptions {
  readonly legacy?: string;
  readonly proof?: string;
  readonly lang?: 'en' | 'ja';
}

export function addReport(program: Command, context: CliContext): void {
  program
    .command('report')
    .summary('print the report of an earlier conversion')
    .description(
      'Prints the report that lies in an output folder, in any of its forms. With --legacy, what dig2argo.review.yaml says now is taken in, and lines of the legacy platform are quoted.',
    )
    .argument('<out>', 'folder that `dig2argo convert` wrote')
    .option('--legacy <folder>', 'folder of the legacy platform: its review file is read again, its lines are quoted')
    .option('--proof <file>', 'what `dig2argo verify --format json` printed: its verdicts are taken in')
    .addOption(languageOption('language of html and markdown (default: en)'))
    .addOption(formatOption(allFormats))
    .addOption(failOnOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo report out\n  $ dig2argo report out --format json | jq .jobs\n  $ dig2argo report out --format sarif > dig2argo.sarif\n  $ dig2argo report out --proof proof.json            with the verdicts of `verify --format json`\n  $ dig2argo report out --legacy legacy --format html --lang ja > index.html    with the reviews of today\n',
    )
    .action((out: string, flags: ReportFlags) => context.finish(runReport(context, out, flags)));
}

function runReport(context: CliContext, out: string, flags: ReportFlags): ExitCode {
  const { terminal } = context;
  const sink = new DiagnosticList();
  const folder = existingFolder(terminal.cwd, out, sink);
  const legacyFolder = flags.legacy === undefined ? undefined : existingFolder(terminal.cwd, flags.legacy, sink);
  if (folder === undefined || (flags.legacy !== undefined && legacyFolder === undefined))
    return refuse(context, sink.items);
  if (!existsSync(join(folder, REPORT_JSON)))
    return refuse(context, [diagnose('OUT_REPORT_MISSING', { path: `${out}/${REPORT_JSON}` })]);
  const written = readReport(readFileSync(join(folder, REPORT_JSON), 'utf8'), `${out}/${REPORT_JSON}`, sink);
  if (written === undefined) return refuse(context, sink.items);
  const legacy = legacyFolder === undefined ? undefined : legacyHost(legacyFolder, sink);
  const proved = flags.proof === undefined ? written : provedBy(written, terminal.cwd, flags.proof, sink);
  if (proved === undefined) return refuse(context, sink.items);
  const report = legacy === undefined ? proved : reviewed(proved, legacy, sink);
  printDiagnostics(context, sink.items);
  terminal.out(reportForm(report, folderHost(folder), legacy, context, flags));
  return exitCodeOf(
    [...report.diagnostics, ...report.details.flatMap((job) => job.diagnostics), ...sink.items],
    flags.failOn,
  );
}

function provedBy(report: Report, cwd: string, path: string, sink: DiagnosticList): Report | undefined {
  const file = resolve(cwd, path);
  const proved = existsSync(file) ? withProof(report, readFileSync(file, 'utf8')) : undefined;
  if (proved === undefined) sink.add(diagnose('OUT_REPORT_BROKEN', { path, problem: 'no proof of `dig2argo verify`' }));
  return proved;
}

function reviewed(report: Report, legacy: Host, sink: DiagnosticList): Report {
  const text = legacy.read(REVIEW_FILE);
  const file = text === undefined ? undefined : { path: repoPath(REVIEW_FILE), text };
  return withReviews(
    report,
    readReviews(
      file,
      report.details.map((job) => job.job),
      sink,
    ),
  );
}

function reportForm(
  report: Report,
  out: Host,
  legacy: Host | undefined,
  context: CliContext,
  flags: ReportFlags,
): string {
  const { format } = flags;
  switch (format) {
    case 'text':
      return textReport(report, { color: context.terminal.colorOut });
    case 'json':
      return reportJson(report);
    case 'markdown':
      return summaryMarkdown(report, redactedSource(sourceIn(legacy)), flags.lang ?? 'en');
    case 'html':
      return reportPage(pageFromFolders(report, out, legacy, flags.lang ?? 'en'));
    default:
      return findingsText(report, format, flags.legacy ?? '.');
  }
}
