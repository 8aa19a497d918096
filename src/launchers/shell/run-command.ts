import { textOf } from '../../ir/build-value.ts';
import { staticText } from '../../ir/read-value.ts';
import { account } from './account.ts';
import { assignArray } from './arrays.ts';
import { type Call, MAX_DEPTH, type Position, type Result, type Runner } from './call.ts';
import { otherProgram } from './commands/other-program.ts';
import { commandNamed } from './commands/table.ts';
import { type Content, done, nothing, type Outcome, readsJobState } from './content.ts';
import { expandFields, expandText } from './expand.ts';
import { OTHER_COMMAND } from './other-command.ts';
import { redirected } from './redirect.ts';
import type { Shell, ShellFunction } from './shell.ts';
import type { Assignment, SimpleCommand } from './syntax.ts';
import { evaluateTest } from './test-command.ts';
import { literalText, readableText } from './text-value.ts';

export function runSimple(
  runner: Runner,
  shell: Shell,
  node: SimpleCommand,
  stdin: Content | undefined,
  position: Position,
): Outcome {
  if (node.words.length === 0) return assignOnly(runner, shell, node, stdin);
  const fields = node.words.flatMap((word) => expandFields(shell, word, runner.substitution));
  const [name, ...args] = fields;
  if (name === undefined) return done;
  const call: Omit<Call, 'stdin'> = {
    name: staticText(name) ?? readableText(name),
    args,
    source: shell.source.text.slice(node.start, node.end),
    span: shell.source.span(node.start, node.end),
    guarded: position.guarded,
    last: position.last,
  };
  const arrays = node.assignments.filter(({ items }) => items !== undefined);
  if (fields.some((field) => /^-\w*A/.test(readableText(field))))
    for (const { name: array } of arrays) shell.associative.add(array);
  for (const assignment of arrays) assignArray(runner, shell, assignment);
  const restore = temporarily(
    runner,
    shell,
    node.assignments.filter(({ items }) => items === undefined),
  );
  let result: Result = done;
  const outcome = redirected(runner, shell, node.redirects, stdin, (input) => {
    result = callCommand(runner, shell, { ...call, stdin: input });
    return result;
  });
  restore();
  account(shell, node, result);
  if (shell.options.errexit && result.status === 'failed' && !position.guarded && shell.flow === undefined)
    shell.flow = { kind: 'exit', status: 'failed' };
  return outcome;
}

function isArray(shell: Shell, { name, index, items }: Assignment): boolean {
  return items !== undefined || index !== undefined || shell.arrays.has(name);
}

function assignOnly(runner: Runner, shell: Shell, node: SimpleCommand, stdin: Content | undefined): Outcome {
  for (const assignment of node.assignments) {
    const { name, value, append } = assignment;
    if (isArray(shell, assignment)) {
      assignArray(runner, shell, assignment);
      continue;
    }
    const expanded = expandText(shell, value, runner.substitution);
    const before = append ? shell.lookup(name) : undefined;
    shell.set(name, before === undefined ? expanded : textOf([...before.parts, ...expanded.parts], expanded.from));
  }
  // `$(< file)` prints the file.
  const reads = node.assignments.length === 0 && node.redirects.some(({ op }) => op === '<');
  const outcome = redirected(runner, shell, node.redirects, stdin, (input) =>
    reads && input !== undefined ? { stdout: input, status: 'ok' } : done,
  );
  account(shell, node, done);
  return outcome;
}

/** `NAME=value command`: the variable is there for this command alone. */
function temporarily(runner: Runner, shell: Shell, assignments: readonly Assignment[]): () => void {
  const before = assignments.map(({ name }) => ({
    name,
    value: shell.variables.get(name),
    exported: shell.exported.has(name),
  }));
  for (const { name, value } of assignments) shell.set(name, expandText(shell, value, runner.substitution), true);
  return () => {
    for (const { name, value, exported } of before) {
      if (value === undefined) shell.variables.delete(name);
      else shell.variables.set(name, value);
      if (!exported) shell.exported.delete(name);
    }
  };
}

export function callCommand(runner: Runner, shell: Shell, call: Call): Result {
  const body = call.noFunction === true ? undefined : shell.functions.get(call.name);
  if (body !== undefined) return callFunction(runner, shell, call, body);
  if (call.name === '[' || call.name === 'test' || call.name === '[[') return callTest(shell, call);
  const handler = commandNamed(call.name);
  const waited = shell.facts.waits.length;
  const result = handler?.(shell, call, runner) ?? runProgram(runner, shell, call);
  shell.afterWait = shell.facts.waits.length > waited;
  return result;
}

function callFunction(runner: Runner, shell: Shell, call: Call, body: ShellFunction): Result {
  if (shell.depth >= MAX_DEPTH) {
    shell.problem('functions call each other without end', call.span);
    return { stdout: nothing, status: 'unknown' };
  }
  const positionals = shell.positionals;
  const source = shell.source;
  const locals = shell.locals;
  shell.positionals = call.args;
  shell.source = body.source;
  shell.locals = new Map();
  shell.depth++;
  const outcome = runner.node(shell, body.node, call.stdin, { guarded: call.guarded, last: call.last });
  shell.depth--;
  for (const [name, before] of shell.locals) {
    if (before === undefined) shell.variables.delete(name);
    else shell.variables.set(name, before);
  }
  shell.locals = locals;
  shell.positionals = positionals;
  shell.source = source;
  const flow = shell.flow;
  if (flow?.kind !== 'return') return outcome;
  shell.flow = undefined;
  return { ...outcome, status: flow.status };
}

function callTest(shell: Shell, call: Call): Result {
  const closing = call.name === '[' ? ']' : call.name === '[[' ? ']]' : undefined;
  const args = closing !== undefined && staticText(call.args.at(-1)) === closing ? call.args.slice(0, -1) : call.args;
  const status = evaluateTest(shell, args, call.name === '[[');
  if (status === 'unknown') {
    const state = args.some((arg) => readsJobState(arg.parts));
    if (!state) shell.facts.undecided.push(...args.filter((arg) => staticText(arg) === undefined));
    if (state && (call.last || (shell.options.errexit && !call.guarded)))
      for (const wait of shell.facts.waits) if (wait.decidedLater) wait.failure = 'at-once';
    // A test that nothing looks at ends the script where it fails: the way of success goes on.
    if (!call.guarded && shell.options.errexit) return { stdout: nothing, status: 'ok' };
  }
  return { stdout: nothing, status };
}

/** A program that no handler knows: a script of the tree, or something that is no part of starting a Job. */
function runProgram(runner: Runner, shell: Shell, call: Call): Result {
  const name = literalText(call.name, { via: 'default', reason: call.name });
  if (call.name.includes('/')) {
    const result = runner.script(shell, name, call.args, call);
    if (result !== undefined) return result;
  }
  return {
    ...otherProgram(shell, call),
    fate: { kind: 'dropped', rule: shell.rule, reason: OTHER_COMMAND },
  };
}
