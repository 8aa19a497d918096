import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { DiagnosticList, diagnose } from '../../core/diagnose.ts';
import type { DiagnosticSink } from '../../core/diagnostic.ts';
import { jsonText } from '../../core/json-text.ts';
import { folderHost } from '../../pipeline/host.ts';
import { readObservedJobs } from '../../pipeline/observed-jobs.ts';
import type { VerifyOptions } from '../../pipeline/verify.ts';
import { verifyJunit } from '../../report/reporters/junit.ts';
import { proofMarkdown } from '../../report/reporters/proof-markdown.ts';
import { proofText } from '../../report/reporters/proof-text.ts';
import { verifySarif } from '../../report/reporters/verify-sarif.ts';
import type { Verification } from '../../verify/proof.ts';
import { type CliContext, printDiagnostics, refuse, say } from '../context.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { existingFolder } from '../folders.ts';
import { type Legacy, loadLegacy } from '../load-legacy.ts';
import type { Plan } from '../output/types.ts';
import { packageVersion } from '../package-version.ts';
import { unknownSelection } from '../selection.ts';
import { today } from '../today.ts';
import { writeVerdicts } from '../write-verdicts.ts';
import { formatOption, listOption } from './options.ts';

interface VerifyFlags {
  readonly format: 'text' | 'json' | 'markdown' | 'junit' | 'sarif';
  readonly job?: readonly string[];
  readonly env?: readonly string[];
  readonly at?: readonly string[];
  readonly from?: string;
  readonly times?: number;
  readonly workflowDefaults?: string;
  readonly observed?: string;
  readonly write: boolean;
  readonly failOn: 'differs' | 'not-provable';
}

export function addVerify(program: Command, context: CliContext): void {
  program
    .command('verify')
    .summary('prove that Argo starts what the legacy platform starts')
    .description(
      'Plays each job, environment and session time on both sides, once more with failures and bad parameters, and compares what is started. Compares the schedules fire by fire for a year.',
    )
    .argument('<legacy>', 'folder of the legacy platform')
    .argument('<out>', 'folder that `dig2argo convert` wrote')
    .addOption(listOption('--job <name>', 'these workflows only'))
    .addOption(listOption('--env <name>', 'these environments only'))
    .addOption(listOption('--at <time>', 'these sessions only, such as 2026-03-01 or 2026-03-01T00:00:00+09:00'))
    .option('--from <time>', 'where next fires begin (default: today)')
    .addOption(
      new Option('--times <n>', 'how many next fires to play, beside month ends, leap days and clock changes')
        .default(3)
        .argParser(count),
    )
    .option('--observed <dir>', 'Jobs really started (`kubectl get jobs -A -o yaml`), for what cannot be played')
    .option('--workflow-defaults <file>', "the controller's ConfigMap (default: the one in the output)")
    .option('--no-write', 'leave the reports in the output as they are; otherwise the verdicts are written there')
    .addOption(formatOption(['text', 'json', 'markdown', 'junit', 'sarif']))
    .addOption(
      new Option('--fail-on <verdict>', 'exit with 1 for this verdict, or a worse one')
        .choices(['differs', 'not-provable'])
        .default('differs'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo verify legacy out\n  $ dig2argo verify legacy out --job daily_sales --env prd --at 2028-02-29\n',
    )
    .action((legacy: string, out: string, flags: VerifyFlags) =>
      runVerify(context, legacy, out, flags).then(context.finish),
    );
}

function count(given: string): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1 || number > 1000)
    throw new InvalidArgumentError('It must be between 1 and 1000.');
  return number;
}

async function runVerify(
  context: CliContext,
  legacyPath: string,
  outPath: string,
  flags: VerifyFlags,
): Promise<ExitCode> {
  const sink = new DiagnosticList();
  const { cwd } = context.terminal;
  const { job, env } = flags;
  const selection = { ...(job === undefined ? {} : { job }), ...(env === undefined ? {} : { env }) };
  const legacy = loadLegacy(cwd, legacyPath, selection, sink);
  const out = existingFolder(cwd, outPath, sink);
  const options = legacy === undefined ? undefined : verifyOptions(legacy, cwd, flags, sink);
  if (legacy === undefined || out === undefined || options === undefined) return refuse(context, sink.items);
  const unknown = unknownSelection(legacy, context.services);
  if (unknown.length > 0) return refuse(context, unknown);
  say(context, `Next fires from ${new Date(options.fromMs).toISOString()}.\n`);
  const proof = await context.services.verify(legacy.host, folderHost(out), options, sink);
  if (proof === undefined) return refuse(context, sink.items);
  const found = sink.items.length;
  if (flags.write) tellWritten(context, writeVerdicts(proof, legacy.host, out, sink), outPath);
  const unwritten = sink.items.slice(found);
  printDiagnostics(context, unwritten);
  printDiagnostics({ ...context, quiet: () => true }, sink.items.slice(0, found));
  context.terminal.out(printed(proof, flags, context.terminal.colorOut));
  return failed(proof, flags.failOn) || exitCodeOf(unwritten, 'error') !== 0 ? 1 : 0;
}

function tellWritten(context: CliContext, plan: Plan | undefined, out: string): void {
  const reports = plan?.puts.filter(({ path }) => path.startsWith('reports/')).length ?? 0;
  if (plan !== undefined) say(context, `The verdicts are in ${out}/reports (${reports} files changed).\n`);
}

function verifyOptions(
  legacy: Legacy,
  cwd: string,
  flags: VerifyFlags,
  sink: DiagnosticSink,
): VerifyOptions | undefined {
  const fromMs = flags.from === undefined ? today() : Date.parse(flags.from);
  const wrong = (flags.at ?? []).filter((time) => Number.isNaN(Date.parse(time)));
  for (const given of wrong) sink.add(diagnose('VERIFY_TIME_UNKNOWN', { option: '--at', given }));
  if (Number.isNaN(fromMs)) sink.add(diagnose('VERIFY_TIME_UNKNOWN', { option: '--from', given: flags.from ?? '' }));
  const defaults = flags.workflowDefaults === undefined ? undefined : readFile(cwd, flags.workflowDefaults, sink);
  const seen = flags.observed === undefined ? undefined : existingFolder(cwd, flags.observed, sink);
  const observed = seen === undefined ? undefined : readObservedJobs(folderHost(seen), sink);
  if (flags.observed !== undefined && (observed?.length ?? 0) === 0) return undefined;
  if (Number.isNaN(fromMs) || wrong.length > 0 || (flags.workflowDefaults !== undefined && defaults === undefined))
    return undefined;
  const { jobs, environments } = legacy.options;
  return {
    fromMs,
    times: flags.times ?? 3,
    ...(flags.at === undefined ? {} : { at: flags.at }),
    ...(jobs === undefined ? {} : { jobs }),
    ...(environments === undefined ? {} : { environments }),
    ...(defaults === undefined ? {} : { workflowDefaults: defaults }),
    ...(observed === undefined ? {} : { observed }),
  };
}

function readFile(cwd: string, path: string, sink: DiagnosticSink): VerifyOptions['workflowDefaults'] {
  try {
    return { path, text: readFileSync(resolve(cwd, path), 'utf8') };
  } catch {
    sink.add(diagnose('PROJECT_FILE_UNREADABLE', { path }));
    return undefined;
  }
}

function printed(proof: Verification, { format }: VerifyFlags, color: boolean): string {
  switch (format) {
    case 'json':
      return jsonText(proof);
    case 'markdown':
      return proofMarkdown(proof);
    case 'junit':
      return verifyJunit(proof.jobs);
    case 'sarif':
      return verifySarif(proof, packageVersion());
    case 'text':
      return proofText(proof, { color });
  }
}

function failed({ jobs }: Verification, failOn: VerifyFlags['failOn']): boolean {
  const bad = (kind: string): boolean => kind === 'differs' || (failOn === 'not-provable' && kind === 'not-provable');
  return jobs.some(
    (job) => job.rows.some((row) => bad(row.verdict.kind)) || bad(job.schedule.kind) || job.aids.length > 0,
  );
}
