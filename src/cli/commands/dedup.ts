import type { Command } from 'commander';
import { DiagnosticList } from '../../core/diagnose.ts';
import { jsonText } from '../../core/json-text.ts';
import { familiesMarkdown } from '../../report/reporters/families-markdown.ts';
import { type FoundFamilies, familiesText } from '../../report/reporters/families-text.ts';
import { reportWords } from '../../report/reporters/words.ts';
import { type CliContext, refuse, say } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { type LegacyOptions, loadLegacy } from '../load-legacy.ts';
import { unknownSelection } from '../selection.ts';
import { type Format, formatOption, listOption } from './options.ts';

interface DedupFlags extends LegacyOptions {
  readonly format: Format;
}

export function addDedup(program: Command, context: CliContext): void {
  program
    .command('dedup')
    .summary('find near-identical jobs')
    .description(
      'Finds steps and workflows that differ in a few values and says which template could serve them. `convert --dedup` emits it; decisions stand under `dedup` in dig2argo.yaml.',
    )
    .argument('<legacy>', 'folder of the legacy platform')
    .addOption(listOption('--job <name>', 'look at these workflows only'))
    .addOption(listOption('--env <name>', 'look at these environments only'))
    .addOption(listOption('--rules <folder>', 'further rules'))
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ dig2argo dedup legacy\n  $ dig2argo dedup legacy --format markdown > families.md\n',
    )
    .action((legacy: string, flags: DedupFlags) => runDedup(context, legacy, flags).then(context.finish));
}

async function runDedup(context: CliContext, path: string, flags: DedupFlags): Promise<ExitCode> {
  const { terminal, services } = context;
  const sink = new DiagnosticList();
  const legacy = loadLegacy(terminal.cwd, path, flags, sink);
  if (legacy === undefined) return refuse(context, sink.items);
  const unknown = unknownSelection(legacy, services);
  if (unknown.length > 0) return refuse(context, unknown);
  const { found, thresholds, diagnostics } = await services.dedup(legacy.host, legacy.options);
  if (found === undefined) return refuse(context, diagnostics);
  terminal.out(familyOutput(found, flags.format));
  if (flags.format === 'text') {
    if (thresholds !== undefined)
      say(
        context,
        `\nA family has at least ${thresholds.members} members that share ${Math.round(thresholds.similarity * 100)} % of their facts, at most ${thresholds.parameters} parameters of its members' own, and saves at least ${thresholds.lines} lines; dig2argo.yaml can say otherwise under \`dedup\`.\n`,
      );
    if (found.families.length > 0) say(context, 'To emit them: dig2argo convert <legacy> <out> --dedup\n');
  }
  return 0;
}

function familyOutput(found: FoundFamilies, format: Format): string {
  if (format === 'json') return jsonText(found);
  return format === 'markdown' ? familiesMarkdown(found, reportWords('en')) : familiesText(found);
}
