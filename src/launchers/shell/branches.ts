import type { TextValue } from '../../ir/value.ts';
import type { Position, Runner } from './call.ts';
import { type Content, done, nothing, type Outcome, opaque, readsJobState } from './content.ts';
import { expandText } from './expand.ts';
import { failsWith } from './failing.ts';
import { matchPattern, type PatternMatch } from './match-pattern.ts';
import type { Shell } from './shell.ts';
import type { ShellNode } from './syntax.ts';
import { readableText, shapeOf, textKey } from './text-value.ts';

export function runIf(
  runner: Runner,
  shell: Shell,
  node: Extract<ShellNode, { kind: 'if' }>,
  stdin: Content | undefined,
  position: Position,
): Outcome {
  let undecided = false;
  for (const branch of node.branches) {
    const waits = shell.facts.waits.length;
    const test = runGuarded(runner, shell, branch.test, stdin);
    if (!failsWith([...node.branches.flatMap(({ body }) => body), ...node.otherwise])) {
      for (const wait of shell.facts.waits.slice(waits)) if (wait.failure === 'at-timeout') wait.failure = 'never';
    }
    if (shell.flow !== undefined) return test;
    if (test.status === 'failed') continue;
    if (test.status === 'ok') {
      if (!undecided) return runner.nodes(shell, branch.body, stdin, position.last);
      maybe(shell, conditionOf(shell, ...branch.test), () => runner.nodes(shell, branch.body, stdin, false));
      return { stdout: nothing, status: 'unknown' };
    }
    undecided = true;
    decideLater(shell, [...branch.body, ...node.otherwise], ...branch.test);
    maybe(shell, conditionOf(shell, ...branch.test), () => runner.nodes(shell, branch.body, stdin, false));
  }
  if (!undecided) return runner.nodes(shell, node.otherwise, stdin, position.last);
  maybe(shell, `not ${conditionOf(shell, ...(node.branches[0]?.test ?? []))}`, () =>
    runner.nodes(shell, node.otherwise, stdin, false),
  );
  return { stdout: nothing, status: 'ok' };
}

export function runGuarded(
  runner: Runner,
  shell: Shell,
  nodes: readonly ShellNode[],
  stdin: Content | undefined,
): Outcome {
  let outcome = done;
  for (const node of nodes) outcome = runner.node(shell, node, stdin, { guarded: true, last: false });
  return outcome;
}

export function runCase(
  runner: Runner,
  shell: Shell,
  node: Extract<ShellNode, { kind: 'case' }>,
  stdin: Content | undefined,
  position: Position,
): Outcome {
  const word = expandText(shell, node.word, runner.substitution);
  const fits = node.arms.map(({ patterns }): PatternMatch => {
    const each = patterns.map((pattern) =>
      matchPattern(word, shapeOf(expandText(shell, pattern, runner.substitution))),
    );
    return each.find((match) => match === 'yes') ?? (each.includes('maybe') ? 'maybe' : 'no');
  });
  const decided = fits.findIndex((match) => match !== 'no');
  if (fits[decided] === 'maybe') {
    if (!readsJobState(word.parts)) shell.facts.undecided.push(word);
    decideLater(
      shell,
      node.arms.flatMap((arm) => arm.body),
      node,
    );
    for (const arm of node.arms.filter((_, at) => fits[at] !== 'no'))
      maybe(shell, readableText(word), () => runner.nodes(shell, arm.body, stdin, false));
    return { stdout: nothing, status: 'unknown' };
  }
  const arm = node.arms[decided];
  return arm === undefined ? done : runner.nodes(shell, arm.body, stdin, position.last);
}

/** Runs what may or may not run: what it sets to different values is known only at run time afterwards. */
export function maybe(shell: Shell, condition: string, run: () => unknown): void {
  const before = {
    variables: new Map(shell.variables),
    arrays: new Map(shell.arrays),
    files: new Map(shell.files),
    conditions: shell.conditions,
    cluster: shell.cluster,
    namespace: shell.namespace,
  };
  shell.conditions = [...shell.conditions, condition];
  run();
  const flow = shell.flow;
  shell.flow = undefined;
  shell.conditions = before.conditions;
  if (flow?.kind === 'exit' || flow?.kind === 'return') {
    shell.variables = before.variables;
    shell.arrays = before.arrays;
    shell.cluster = before.cluster;
    shell.namespace = before.namespace;
    for (const path of [...shell.files.keys()]) if (!before.files.has(path)) shell.files.delete(path);
    for (const [path, content] of before.files) shell.files.set(path, content);
    // Before anything is started, a way out of the script is a condition on all that follows.
    if (flow.status !== 'failed' && shell.facts.jobs.length === 0) shell.conditions = [...shell.conditions, condition];
    return;
  }
  for (const [name, value] of shell.variables) {
    const old = before.variables.get(name);
    if (old === undefined || textKey(old) !== textKey(value))
      shell.variables.set(name, opaque(`$${name}`, condition, value.from));
  }
  for (const [name, items] of shell.arrays) {
    if (before.arrays.get(name) === items) continue;
    const [first] = items.values();
    const from = first?.from ?? { via: 'default' as const, reason: condition };
    shell.arrays.set(name, new Map([['0', opaque(`\${${name}[@]}`, condition, from)]]));
  }
  for (const [path, content] of shell.files) {
    if (before.files.get(path) !== content)
      shell.files.set(path, { kind: 'unknown', why: `a file that depends on ${condition}` });
  }
  shell.cluster = eitherPlace(before.cluster, shell.cluster, condition);
  shell.namespace = eitherPlace(before.namespace, shell.namespace, condition);
}

function eitherPlace(
  before: TextValue | undefined,
  after: TextValue | undefined,
  condition: string,
): TextValue | undefined {
  if (after === undefined || (before !== undefined && textKey(before) === textKey(after))) return before;
  return opaque(textKey(after), condition, after.from);
}

/** A test on the state of the Job with a way to fail: the end of a polling loop is looked at. */
export function decideLater(shell: Shell, bodies: readonly ShellNode[], ...tests: readonly ShellNode[]): void {
  const text = tests.map((test) => shell.source.text.slice(test.start, test.end)).join(' ');
  if (!failsWith(bodies) || !readsState(shell, text)) return;
  for (const wait of shell.facts.waits) if (wait.decidedLater && wait.failure === 'never') wait.failure = 'at-once';
}

function readsState(shell: Shell, text: string): boolean {
  if (/\bkubectl\b/.test(text)) return true;
  return [...text.matchAll(/\$\{?(\w+)/g)].some(([, name]) =>
    readsJobState(shell.variables.get(name ?? '')?.parts ?? []),
  );
}

export function conditionOf(shell: Shell, ...nodes: readonly ShellNode[]): string {
  const text = nodes.map((node) => shell.source.text.slice(node.start, node.end)).join('; ');
  return text.replace(/\s+/g, ' ').trim();
}
