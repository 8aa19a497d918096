import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { DiagnosticList, diagnose } from '../../core/diagnose.ts';
import { jsonText } from '../../core/json-text.ts';
import { findingOf } from '../../report/finding.ts';
import { type CliContext, printDiagnostics, refuse, say } from '../context.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { existingFolder } from '../folders.ts';
import { CONFIG_FILE, legacyHost } from '../legacy-host.ts';
import { formatOption } from './options.ts';

interface InitFlags {
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
}

export function addInit(program: Command, context: CliContext): void {
  program
    .command('init')
    .summary('propose a configuration')
    .description(
      `Looks at the legacy platform and writes ${CONFIG_FILE} into its folder. Every line is a guess: a comment says what was seen and what to check.`,
    )
    .argument('[legacy]', 'folder of the legacy platform', '.')
    .option('--force', `replace an existing ${CONFIG_FILE}`)
    .option('--dry-run', 'print the proposal, write nothing')
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo init legacy\n  $ dig2argo init legacy --dry-run\n  $ dig2argo init legacy --dry-run --format json | jq -r .proposal\n',
    )
    .action((legacy: string, flags: InitFlags) => context.finish(runInit(context, legacy, flags)));
}

function runInit(context: CliContext, path: string, flags: InitFlags): ExitCode {
  const { terminal, services } = context;
  const sink = new DiagnosticList();
  const folder = existingFolder(terminal.cwd, path, sink);
  if (folder === undefined) return refuse(context, sink.items);
  const file = join(folder, CONFIG_FILE);
  if (flags.dryRun !== true && flags.force !== true && existsSync(file)) {
    return refuse(context, [diagnose('CONFIG_EXISTS', { path: `${path}/${CONFIG_FILE}` })]);
  }
  const host = legacyHost(folder, sink);
  if (host === undefined) return refuse(context, sink.items);
  const { project, proposal } = services.inspect(host, sink, true);
  if (project === undefined || project.environments.length === 0) return refuse(context, sink.items);
  // Each guess stands in the file with its reason: no need to print it as a finding.
  printDiagnostics(
    context,
    sink.items.filter((each) => each.code !== 'PROJECT_GUESSED'),
  );
  if (flags.format === 'json') {
    const written = flags.dryRun !== true;
    const findings = sink.sorted().map(findingOf);
    terminal.out(jsonText({ path: `${path}/${CONFIG_FILE}`, written, proposal, findings }));
  } else if (flags.dryRun === true) terminal.out(proposal);
  if (flags.dryRun === true) return exitCodeOf(sink.items, 'error');
  writeFileSync(file, proposal);
  say(
    context,
    `${path}/${CONFIG_FILE} written: read its comments, correct what is wrong, then run \`dig2argo convert ${path} out\`\n`,
  );
  return exitCodeOf(sink.items, 'error');
}
