import type { RepoPath } from '../../core/source.ts';
import type { TextValue } from '../../ir/value.ts';
import { account } from './account.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { conditionOf, decideLater, maybe, runCase, runIf } from './branches.ts';
import { type Call, dropped, MAX_DEPTH, type Position, type Result, type Runner } from './call.ts';
import { type Content, done, nothing, type Outcome, opaque, type Status } from './content.ts';
import type { Substitution } from './expand.ts';
import { failsWith } from './failing.ts';
import { keptManifest, withoutManifests } from './kept-manifest.ts';
import { runLoop } from './loops.ts';
import { parseShell } from './parse.ts';
import { joined, redirected } from './redirect.ts';
import { callCommand, runSimple } from './run-command.ts';
import type { Shell } from './shell.ts';
import { type ShellNode, simpleCommands } from './syntax.ts';
import { literalText, trimEnd } from './text-value.ts';
import { fileText, type TextWithHoles, withHoles } from './text-with-holes.ts';

/** Reads a whole script in a shell of its own: follows the way of success and keeps what it finds in `shell.facts`. */
export function interpretScript(shell: Shell, stdin?: Content): Outcome {
  const parsed = parseShell(shell.source);
  if (parsed.kind === 'problem') {
    shell.problem(parsed.problem, shell.source.span(parsed.offset, parsed.offset + 1));
    return { stdout: { kind: 'unknown', why: parsed.problem }, status: 'unknown' };
  }
  const before = shell.facts.fates.length;
  const outcome = runNodes(shell, parsed.body, stdin, true);
  runExitTrap(shell);
  const seen = new Set(
    shell.facts.fates.slice(before).map(({ unit }) => `${unit.span.file}:${unit.span.start.offset}`),
  );
  for (const command of simpleCommands(parsed.body)) {
    const span = shell.source.span(command.start, command.end);
    if (!seen.has(`${span.file}:${span.start.offset}`))
      account(shell, command, dropped(shell.rule, 'does not run when the launcher succeeds'));
  }
  return outcome;
}

/** The EXIT trap runs after the last command, whatever ended the script. */
function runExitTrap(shell: Shell): void {
  const action = shell.exitTrap;
  if (action === undefined) return;
  shell.exitTrap = undefined;
  const flow = shell.flow;
  shell.flow = undefined;
  const text = withHoles(literalText(action, { via: 'default', reason: 'trap' }), shell.step.commandSpan);
  const parsed = parseShell(text);
  const body = shell.functions.get(action.trim());
  if (body !== undefined) runNode(shell, body.node, undefined, { guarded: true, last: false });
  else if (parsed.kind === 'script') {
    const source = shell.source;
    shell.source = text;
    runNodes(shell, parsed.body, undefined, false);
    shell.source = source;
  }
  shell.flow = flow;
}

const substitution: Substitution = {
  output(shell, body, source, from) {
    const outcome = runNodes(shell.subshell(), body, undefined, false);
    if (outcome.stdout.kind === 'text') return trimEnd(outcome.stdout.text);
    if (outcome.stdout.kind === 'manifest') return keptManifest(shell, outcome.stdout, source, from);
    return opaque(source, outcome.stdout.why, from);
  },
  file(shell, body, from) {
    const outcome = runNodes(shell.subshell(), body, undefined, false);
    const path = `/dev/fd/${shell.files.size}`;
    shell.files.set(path, outcome.stdout);
    return literalText(path, from);
  },
};

const runner: Runner = {
  substitution,
  node: runNode,
  nodes: runNodes,
  call: (shell, call) => callCommand(runner, shell, call),
  run: (shell, nodes, stdin) => runNodes(shell, nodes, stdin, false),
  script(shell, path, args, call) {
    const tree = shell.treePath(shell.absolute(path));
    const file = tree === undefined ? undefined : shell.context.read(tree);
    if (file === undefined) return undefined;
    return interpretText(shell, fileText(file), path, args, call, file.path);
  },
  text(shell, text, name, args, call) {
    return interpretText(shell, withHoles(withoutManifests(shell, text), call.span), name, args, call, undefined);
  },
  include(shell, path, call) {
    const tree = shell.treePath(shell.absolute(path));
    const file = tree === undefined ? undefined : shell.context.read(tree);
    if (file === undefined || shell.depth >= MAX_DEPTH) return undefined;
    const saved = { source: shell.source, name: shell.scriptName };
    shell.source = fileText(file);
    shell.depth++;
    shell.facts.scripts.push(file.path);
    const outcome = interpretScript(shell, call.stdin);
    shell.source = saved.source;
    shell.depth--;
    if (shell.flow?.kind === 'return') shell.flow = undefined;
    return outcome;
  },
};

function interpretText(
  shell: Shell,
  source: TextWithHoles,
  name: TextValue,
  args: readonly TextValue[],
  call: Call,
  path: RepoPath | undefined,
): Result {
  if (shell.depth >= MAX_DEPTH) {
    shell.problem('scripts call each other without end', call.span);
    return { stdout: nothing, status: 'unknown' };
  }
  if (path !== undefined) shell.facts.scripts.push(path);
  const child = shell.child(source, name, args);
  const outcome = interpretScript(child, call.stdin);
  shell.cluster = child.cluster;
  shell.namespace = child.namespace;
  return { ...outcome, status: child.flow?.kind === 'exit' ? child.flow.status : outcome.status };
}

function runNodes(shell: Shell, nodes: readonly ShellNode[], stdin: Content | undefined, last: boolean): Outcome {
  let stdout: Content = nothing;
  let status: Status = 'ok';
  for (const [at, node] of nodes.entries()) {
    if (shell.flow !== undefined) break;
    const outcome = runNode(shell, node, stdin, { guarded: false, last: last && at === nodes.length - 1 });
    stdout = joined(stdout, outcome.stdout);
    status = outcome.status;
  }
  return { stdout, status };
}

function runNode(shell: Shell, node: ShellNode, stdin: Content | undefined, position: Position): Outcome {
  switch (node.kind) {
    case 'simple':
      return runSimple(runner, shell, node, stdin, position);
    case 'pipeline':
      return runPipeline(shell, node, stdin, position);
    case 'and-or':
      return runAndOr(shell, node, stdin, position);
    case 'background':
      shell.facts.inBackground(() => {
        runNode(shell, node.command, stdin, { guarded: true, last: false });
      });
      return done;
    case 'if':
      return redirected(runner, shell, node.redirects, stdin, (input) => runIf(runner, shell, node, input, position));
    case 'case':
      return redirected(runner, shell, node.redirects, stdin, (input) => runCase(runner, shell, node, input, position));
    case 'loop':
    case 'for':
      return redirected(runner, shell, node.redirects, stdin, (input) => runLoop(runner, shell, node, input));
    case 'group':
      return redirected(runner, shell, node.redirects, stdin, (input) =>
        runNodes(shell, node.body, input, position.last),
      );
    case 'subshell':
      return redirected(runner, shell, node.redirects, stdin, (input) =>
        runSubshell(shell, node.body, input, position),
      );
    case 'function':
      shell.functions.set(node.name, { node: node.body, source: shell.source });
      return done;
    case 'arithmetic': {
      const value = evaluateArithmetic(shell, node.source, shell.source.from(node.start, node.end));
      return { stdout: nothing, status: value === undefined ? 'unknown' : value === 0 ? 'failed' : 'ok' };
    }
  }
}

function runSubshell(
  shell: Shell,
  body: readonly ShellNode[],
  stdin: Content | undefined,
  position: Position,
): Outcome {
  const inner = shell.subshell();
  const outcome = runNodes(inner, body, stdin, position.last);
  shell.cluster = inner.cluster;
  shell.namespace = inner.namespace;
  return outcome;
}

function runPipeline(
  shell: Shell,
  node: Extract<ShellNode, { kind: 'pipeline' }>,
  stdin: Content | undefined,
  position: Position,
): Outcome {
  let outcome: Outcome = { stdout: stdin ?? nothing, status: 'ok' };
  for (const [at, command] of node.commands.entries()) {
    outcome = runNode(shell, command, at === 0 ? stdin : outcome.stdout, {
      guarded: position.guarded || node.negated,
      last: position.last && at === node.commands.length - 1,
    });
  }
  if (!node.negated) return outcome;
  return { ...outcome, status: outcome.status === 'ok' ? 'failed' : outcome.status === 'failed' ? 'ok' : 'unknown' };
}

function runAndOr(
  shell: Shell,
  node: Extract<ShellNode, { kind: 'and-or' }>,
  stdin: Content | undefined,
  position: Position,
): Outcome {
  const waits = shell.facts.waits.length;
  const left = runNode(shell, node.left, stdin, { guarded: true, last: false });
  if (node.op === '||' && !failsWith([node.right])) {
    for (const wait of shell.facts.waits.slice(waits)) if (wait.failure === 'at-timeout') wait.failure = 'never';
  }
  if (shell.flow !== undefined || left.status === (node.op === '&&' ? 'failed' : 'ok')) return left;
  if (left.status !== 'unknown') {
    const right = runNode(shell, node.right, stdin, position);
    return { stdout: joined(left.stdout, right.stdout), status: right.status };
  }
  if (node.op === '||' && failsWith([node.right])) {
    // `[ … ] || exit 1`: the way of success goes on.
    decideLater(shell, [node.right], node.left);
    return { stdout: left.stdout, status: 'ok' };
  }
  decideLater(shell, [node.right], node.left);
  maybe(shell, conditionOf(shell, node.left), () => runNode(shell, node.right, stdin, { guarded: true, last: false }));
  return { stdout: left.stdout, status: 'unknown' };
}
