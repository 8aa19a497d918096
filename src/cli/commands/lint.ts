import type { Command } from 'commander';
import { DiagnosticList } from '../../core/diagnose.ts';
import { repoPath } from '../../core/source.ts';
import { folderHost } from '../../pipeline/host.ts';
import { type CliContext, printDiagnostics, refuse, say } from '../context.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { existingFolder } from '../folders.ts';
import { failOnOption, formatOption, type ResultOptions } from './options.ts';

export function addLint(program: Command, context: CliContext): void {
  program
    .command('lint')
    .summary('check an output tree')
    .description('Checks an output tree for what the real linter finds, and for the mistakes it lets through.')
    .argument('<out>', 'folder that `dig2argo convert` wrote')
    .addOption(formatOption())
    .addOption(failOnOption())
    .addHelpText('after', '\nExamples:\n  $ dig2argo lint out\n  $ dig2argo lint out --fail-on warning --format json\n')
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
  if (flags.format === 'json') context.terminal.out(`${JSON.stringify(findings, undefined, 2)}\n`);
  printDiagnostics(context, findings, { source, failOn: flags.failOn });
  if (findings.length === 0) say(context, `${path}: nothing found\n`);
  return exitCodeOf(findings, flags.failOn);
}
