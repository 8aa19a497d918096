import type { Command } from 'commander';
import { DiagnosticList } from '../../core/diagnose.ts';
import { jsonText } from '../../core/json-text.ts';
import { repoPath } from '../../core/source.ts';
import { folderHost } from '../../pipeline/host.ts';
import { findingOf } from '../../report/finding.ts';
import { githubAnnotations } from '../../report/reporters/github.ts';
import { lintJunit } from '../../report/reporters/junit.ts';
import { findingsSarif } from '../../report/reporters/sarif.ts';
import type { ReportFinding } from '../../report/types.ts';
import { type CliContext, printDiagnostics, refuse, say } from '../context.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { existingFolder } from '../folders.ts';
import { packageVersion } from '../package-version.ts';
import { pathFrom } from '../render.ts';
import { type Format, failOnOption, formatOption, type ResultOptions } from './options.ts';

export function addLint(program: Command, context: CliContext): void {
  program
    .command('lint')
    .summary('check an output tree')
    .description('Checks an output tree for what the real linter finds, and for the mistakes it lets through.')
    .argument('<out>', 'folder that `dig2argo convert` wrote')
    .addOption(formatOption(['text', 'json', 'sarif', 'github', 'junit']))
    .addOption(failOnOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo lint out\n  $ dig2argo lint out --fail-on warning --format json\n  $ dig2argo lint out --format junit > lint.xml\n',
    )
    .action((out: string, flags: ResultOptions) => context.finish(runLint(context, out, flags)));
}

function runLint(context: CliContext, path: string, flags: ResultOptions): ExitCode {
  const sink = new DiagnosticList();
  const folder = existingFolder(context.terminal.cwd, path, sink);
  if (folder === undefined) return refuse(context, sink.items);
  const host = folderHost(folder);
  const findings = context.services.lint(host);
  const source = (file: string) => {
    const text = host.read(file);
    return text === undefined ? undefined : { path: repoPath(file), text };
  };
  context.terminal.out(lintForm(findings.map(findingOf), flags.format, path));
  printDiagnostics(context, findings, { source, failOn: flags.failOn });
  if (findings.length === 0) say(context, `${path}: nothing found\n`);
  return exitCodeOf(findings, flags.failOn);
}

/** Text goes to stderr with the lines it speaks of; stdout is for the other forms. */
function lintForm(findings: readonly ReportFinding[], format: Format, out: string): string {
  switch (format) {
    case 'json':
      return jsonText(findings);
    case 'junit':
      return lintJunit(findings);
    case 'github':
      return githubAnnotations(findings, pathFrom(out));
    case 'sarif':
      return findingsSarif(findings, { version: packageVersion(), tree: 'output', fallback: () => 'README.md' });
    default:
      return '';
  }
}
