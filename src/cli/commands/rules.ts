import type { Command } from 'commander';
import { parseDocument } from 'yaml';
import { sortedBy } from '../../core/order.ts';
import type { CliContext } from '../context.ts';
import { builtInRules } from '../rule-files.ts';
import { unavailableNote, unavailableText } from '../unavailable.ts';

interface RuleHead {
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly text: string;
}

export function addRules(program: Command, context: CliContext): void {
  const rules = program
    .command('rules')
    .summary('list and read the rules of the conversion')
    .description('Lists and shows the rules by which the conversion works.');
  rules
    .command('list')
    .description('Lists the rules of this version: kind, id, title.')
    .option('--kind <kind>', 'rules of this kind only')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  $ dig2argo rules list\n  $ dig2argo rules list --kind launcher\n')
    .action((flags: { readonly kind?: string; readonly json?: boolean }) => {
      const found = heads().filter((rule) => flags.kind === undefined || rule.kind === flags.kind);
      const plain = found.map(({ kind, id, title, path }) => ({ kind, id, title, path }));
      context.terminal.out(
        flags.json === true
          ? `${JSON.stringify(plain, undefined, 2)}\n`
          : plain.map((rule) => `${rule.kind}\t${rule.id}\t${rule.title}\n`).join(''),
      );
      context.finish(0);
    });
  rules
    .command('explain')
    .description('Shows a rule: what it matches, what it makes, and its examples.')
    .argument('<id>', 'id of the rule')
    .addHelpText('after', '\nExamples:\n  $ dig2argo rules explain policy-retry\n')
    .action((id: string) => explain(context, id));
  rules
    .command('test')
    .description('Runs the examples of the rules in a folder.')
    .argument('<folder>', 'folder of rules')
    .addHelpText('after', `${unavailableNote}\nExamples:\n  $ dig2argo rules test my-rules\n`)
    .action(() => {
      context.terminal.err(unavailableText('rules test'));
      context.finish(2);
    });
}

function explain(context: CliContext, id: string): void {
  const all = heads();
  const rule = all.find((each) => each.id === id);
  if (rule === undefined) {
    const near = all
      .filter((each) => each.id.includes(id))
      .slice(0, 3)
      .map((each) => each.id);
    const hint = near.length === 0 ? 'see `dig2argo rules list`' : `did you mean ${near.join(' or ')}?`;
    context.terminal.err(`error: no rule has the id ${id}; ${hint}\n`);
    context.finish(2);
    return;
  }
  context.terminal.out(`# ${rule.path}\n${rule.text}`);
  context.finish(0);
}

/** Rules in the order of kind and id. */
function heads(): readonly RuleHead[] {
  const found = builtInRules().flatMap((file): readonly RuleHead[] => {
    const data: unknown = parseDocument(file.text).toJS();
    return typeof data === 'object' && data !== null && 'id' in data
      ? [
          {
            kind: field(data, 'kind'),
            id: field(data, 'id'),
            title: field(data, 'title'),
            path: file.path,
            text: file.text,
          },
        ]
      : [];
  });
  return sortedBy(found, (rule) => `${rule.kind}\u0000${rule.id}`);
}

function field(data: object, name: string): string {
  return String(new Map<string, unknown>(Object.entries(data)).get(name) ?? '');
}
