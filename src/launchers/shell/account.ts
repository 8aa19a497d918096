import type { Result } from './call.ts';
import type { Shell } from './shell.ts';
import { commandLabel, type SimpleCommand } from './syntax.ts';

/** Says what became of a command. */
export function account(shell: Shell, node: SimpleCommand, result: Result): void {
  const span = shell.source.span(node.start, node.end);
  // A step's own command text is a value of the .dig file and counted there.
  if (shell.depth === 0) return;
  const label = commandLabel(shell.source.text.slice(node.start, node.end));
  shell.facts.fates.push({
    unit: { kind: 'script-command', span, label },
    fate: result.fate ?? { kind: 'consumed', by: shell.rule },
  });
}
