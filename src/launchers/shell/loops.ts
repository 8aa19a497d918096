import { account } from './account.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { runGuarded } from './branches.ts';
import type { Runner } from './call.ts';
import { type Content, done, JOB_STATE, nothing, type Outcome, opaque } from './content.ts';
import { expandFields } from './expand.ts';
import { readPolling } from './polling.ts';
import { joined } from './redirect.ts';
import type { Shell } from './shell.ts';
import { type ShellNode, simpleCommands } from './syntax.ts';

/** Turns of a loop after which the reading gives up. */
const MAX_TURNS = 1000;

export function runLoop(
  runner: Runner,
  shell: Shell,
  node: Extract<ShellNode, { kind: 'loop' | 'for' }>,
  stdin: Content | undefined,
): Outcome {
  const polling = readPolling(shell, node);
  if (polling !== undefined) {
    const span = shell.source.span(node.start, node.end);
    shell.facts.addWait({ ...polling, after: shell.facts.jobs.length, span });
    shell.facts.deeds.push({
      what:
        polling.timeoutSeconds === undefined
          ? 'polls the state of the Job'
          : `polls the state of the Job for ${polling.timeoutSeconds} s at most`,
      fate: { kind: 'unnecessary', why: 'the step ends with its pod' },
      span,
    });
    for (const command of simpleCommands(node.kind === 'loop' ? [...node.test, ...node.body] : node.body)) {
      account(shell, command, { stdout: nothing, status: 'ok' });
      for (const { name, value } of command.assignments)
        shell.set(name, opaque(`$${name}`, JOB_STATE, shell.source.from(value.start, value.end)));
    }
    return done;
  }
  return node.kind === 'for' ? runFor(runner, shell, node, stdin) : runWhile(runner, shell, node, stdin);
}

function runFor(
  runner: Runner,
  shell: Shell,
  node: Extract<ShellNode, { kind: 'for' }>,
  stdin: Content | undefined,
): Outcome {
  const values =
    node.words === undefined
      ? shell.positionals
      : node.words.flatMap((word) => expandFields(shell, word, runner.substitution));
  let stdout: Content = nothing;
  for (const value of values.slice(0, MAX_TURNS)) {
    shell.set(node.name, value);
    stdout = joined(stdout, runner.nodes(shell, node.body, stdin, false).stdout);
    if (leavesLoop(shell)) break;
  }
  return { stdout, status: 'ok' };
}

function runWhile(
  runner: Runner,
  shell: Shell,
  node: Extract<ShellNode, { kind: 'loop' }>,
  stdin: Content | undefined,
): Outcome {
  let stdout: Content = nothing;
  const from = shell.source.from(node.start, node.end);
  if (node.counter !== undefined) evaluateArithmetic(shell, node.counter.first, from);
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const test = runGuarded(runner, shell, node.test, stdin);
    if (shell.flow !== undefined || test.status === (node.until ? 'ok' : 'failed')) return { stdout, status: 'ok' };
    if (test.status === 'unknown') break;
    stdout = joined(stdout, runner.nodes(shell, node.body, stdin, false).stdout);
    if (leavesLoop(shell)) return { stdout, status: 'ok' };
    if (node.counter !== undefined) evaluateArithmetic(shell, node.counter.next, from);
  }
  shell.problem('a loop whose end is known only at run time', shell.source.span(node.start, node.end));
  return { stdout: { kind: 'unknown', why: 'a loop that is not understood' }, status: 'unknown' };
}

function leavesLoop(shell: Shell): boolean {
  const flow = shell.flow;
  if (flow === undefined) return false;
  if (!('levels' in flow)) return true;
  shell.flow = flow.levels > 1 ? { ...flow, levels: flow.levels - 1 } : undefined;
  return flow.kind === 'break' || flow.levels > 1;
}
