import type { Command } from 'commander';
import { DiagnosticList } from '../../core/diagnose.ts';
import { jsonText } from '../../core/json-text.ts';
import { formatPosition } from '../../core/source.ts';
import type { RuleTest } from '../../pipeline/rule-tests/test-rules.ts';
import { type CliContext, printDiagnostics, refuse } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadLegacy } from '../load-legacy.ts';
import { ruleFiles } from '../rule-files.ts';
import { type RuleHead, ruleHeads } from '../rule-heads.ts';
import { stepExplanationText } from '../step-explanation-text.ts';
import { formatOption, listOption } from './options.ts';

interface RuleFlags {
  readonly format: 'text' | 'json';
  readonly rules?: readonly string[];
  readonly legacy?: string;
}

export function addRules(program: Command, context: CliContext): void {
  const rules = program
    .command('rules')
    .summary('list, test and explain the rules of the conversion')
    .description('Lists, tests and explains the rules by which the conversion works.')
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo rules list\n  $ dig2argo rules explain launcher-kubectl-script\n  $ dig2argo rules test ~/legacy/rules\n',
    );
  rules
    .command('list')
    .description('Lists the rules: kind, id, title.')
    .option('--kind <kind>', 'rules of this kind only')
    .addOption(listOption('--rules <folder>', 'further rules'))
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo rules list\n  $ dig2argo rules list --kind launcher\n  $ dig2argo rules list --format json | jq -r .[].id\n',
    )
    .action((flags: RuleFlags & { readonly kind?: string }) => context.finish(list(context, flags)));
  rules
    .command('explain')
    .description('Shows a rule by its id; or which rule took a step, and why each other one did not.')
    .argument('<what>', 'id of a rule, FILE or FILE:LINE of the legacy folder, or the name of a task')
    .option('--legacy <dir>', 'legacy folder of the step', '.')
    .addOption(listOption('--rules <folder>', 'further rules'))
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo rules explain launcher-kubectl-script\n  $ dig2argo rules explain digdag/prd/sales.dig:12 --legacy ~/legacy\n  $ dig2argo rules explain +sales+extract --legacy ~/legacy\n',
    )
    .action(async (what: string, flags: RuleFlags) => context.finish(await explain(context, what, flags)));
  rules
    .command('test')
    .description('Runs the examples of the rules of this version and of your own; exit code 1 where one fails.')
    .argument('[folder...]', 'folders with rules of your own')
    .addOption(formatOption(['text', 'json']))
    .addHelpText('after', '\nExamples:\n  $ dig2argo rules test\n  $ dig2argo rules test ~/legacy/rules\n')
    .action(async (folders: readonly string[], flags: Pick<RuleFlags, 'format'>) =>
      context.finish(await testRules(context, folders, flags)),
    );
}

function list(context: CliContext, flags: RuleFlags & { readonly kind?: string }): ExitCode {
  const found = headsOf(context, flags.rules ?? []);
  if (found === undefined) return 2;
  const plain = found
    .filter((rule) => flags.kind === undefined || rule.kind === flags.kind)
    .map(({ kind, id, title, path }) => ({ kind, id, title, path }));
  context.terminal.out(
    flags.format === 'json'
      ? jsonText(plain)
      : plain.map((rule) => `${rule.kind}\t${rule.id}\t${rule.title}\n`).join(''),
  );
  return 0;
}

function headsOf(context: CliContext, folders: readonly string[]): readonly RuleHead[] | undefined {
  const sink = new DiagnosticList();
  const files = ruleFiles(folders, context.terminal.cwd, sink);
  if (files !== undefined) return ruleHeads(files);
  refuse(context, sink.sorted());
  return undefined;
}

async function explain(context: CliContext, what: string, flags: RuleFlags): Promise<ExitCode> {
  const all = headsOf(context, flags.rules ?? []);
  if (all === undefined) return 2;
  const rule = all.find((each) => each.id === what);
  if (rule !== undefined) {
    context.terminal.out(flags.format === 'json' ? jsonText(rule) : `# ${rule.path}\n${rule.text}`);
    return 0;
  }
  const isStep = /[/+]|\.dig(?::\d+)?$/.test(what);
  if (!isStep) return unknownRule(context, what, all);
  const sink = new DiagnosticList();
  const legacy = loadLegacy(context.terminal.cwd, flags.legacy ?? '.', flags, sink);
  if (legacy === undefined) return refuse(context, sink.items);
  const { steps, diagnostics } = await context.services.explainRules(legacy.host, legacy.options, what);
  printDiagnostics(context, diagnostics);
  if (steps.length === 0) {
    context.terminal.err(`error: no step stands at ${what}; give FILE:LINE of an operator, or the name of a task\n`);
    return 2;
  }
  context.terminal.out(flags.format === 'json' ? jsonText(steps) : steps.map(stepExplanationText).join('\n'));
  return 0;
}

function unknownRule(context: CliContext, id: string, all: readonly RuleHead[]): ExitCode {
  const near = all
    .filter((each) => each.id.includes(id))
    .slice(0, 3)
    .map((each) => each.id);
  const hint = near.length === 0 ? 'see `dig2argo rules list`' : `did you mean ${near.join(' or ')}?`;
  context.terminal.err(`error: no rule has the id ${id}; ${hint}\n`);
  return 2;
}

async function testRules(
  context: CliContext,
  folders: readonly string[],
  { format }: Pick<RuleFlags, 'format'>,
): Promise<ExitCode> {
  const sink = new DiagnosticList();
  const files = ruleFiles(folders, context.terminal.cwd, sink);
  if (files === undefined) return refuse(context, sink.sorted());
  const { results, diagnostics } = await context.services.testRules(files);
  printDiagnostics(context, diagnostics);
  const failed = results.filter(({ problems }) => problems.length > 0);
  context.terminal.out(format === 'json' ? jsonText(results) : testText(results, failed));
  const broken = diagnostics.some(({ severity }) => severity === 'error');
  return failed.length > 0 || broken ? 1 : 0;
}

function testText(results: RuleTest['results'], failed: RuleTest['results']): string {
  const failures = failed.map(
    ({ rule, at, number, problems }) =>
      `${rule}: example ${number} fails (${formatPosition(at)})\n${problems.map((text) => `  ${text}\n`).join('')}`,
  );
  const refusing = results.filter(({ accepts }) => !accepts).length;
  const rules = new Set(results.map(({ rule }) => rule)).size;
  return `${failures.join('')}${results.length - failed.length} of ${results.length} examples hold, ${refusing} of them of what a rule leaves alone, in ${rules} rules\n`;
}
