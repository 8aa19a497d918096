import { addEnd, type CallEnd, groupOutputs, runCall } from './call.ts';
import { asList, asMap, asText, type PlainMap } from './data.ts';
import type { ProcessedTemplate } from './process-template.ts';
import type { NodeEnd, NodeScope, Place, Run } from './run-types.ts';
import { PlayError, PlayRefusal } from './substitute.ts';

interface TaskRun {
  readonly task: PlainMap;
  readonly end: CallEnd;
  /** Effects that had ended before the task, and its own. */
  readonly ended: readonly string[];
}

/** Tasks run as soon as those they depend on have ended. A failure does not stop the others. */
export function runDag({ template, scope: inputs }: ProcessedTemplate, around: Place, run: Run): NodeEnd {
  const place = { ...around, caller: template };
  const tasks = asList(asMap(template['dag'])['tasks']).map(asMap);
  const done = new Map<string, TaskRun>();
  const scope: NodeScope = { values: new Map(inputs), absent: new Set() };
  while (done.size < tasks.length) {
    const ready = tasks.find(
      (task) => !done.has(asText(task['name'])) && namesIn(dependsOf(task)).every((name) => done.has(name)),
    );
    if (ready === undefined) throw new PlayError('the tasks of a DAG wait for each other');
    const needed = namesIn(dependsOf(ready)).flatMap((name) => done.get(name) ?? []);
    const before = [...new Set([...place.before, ...needed.flatMap((task) => task.ended)])];
    const end = holds(dependsOf(ready), done) ? runCall(ready, 'tasks', scope, { ...place, before }, run) : omitted;
    done.set(asText(ready['name']), { task: ready, end, ended: [...before, ...end.effects] });
    addEnd(scope, 'tasks', asText(ready['name']), end, run.now);
  }
  const failed = [...done.values()].find(
    ({ task, end }) =>
      (end.status === 'Failed' && asMap(task['continueOn'])['failed'] !== true) ||
      (end.status === 'Error' && asMap(task['continueOn'])['error'] !== true),
  );
  if (failed !== undefined) return { status: 'Failed', outputs: new Map(), message: 'child failed' };
  return { status: 'Succeeded', outputs: groupOutputs(template, scope.values, run) };
}

const omitted: CallEnd = { status: 'Omitted', outputs: new Map(), effects: [] };

function dependsOf(task: PlainMap): string {
  if (task['depends'] !== undefined) return asText(task['depends']);
  return asList(task['dependencies'])
    .map((name) => asText(name))
    .join(' && ');
}

const token = /\s*(&&|\|\||[!()]|[A-Za-z0-9_-]+(?:\.[A-Za-z]+)?)/y;

function tokensOf(depends: string): readonly string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < depends.trimEnd().length) {
    const match = token.exec(depends);
    if (match === null) throw new PlayRefusal(`depends: ${depends}`);
    tokens.push(match[1] ?? '');
  }
  return tokens;
}

function namesIn(depends: string): readonly string[] {
  return tokensOf(depends)
    .filter((part) => /^[A-Za-z0-9]/.test(part))
    .map((part) => part.split('.')[0] ?? '');
}

/** A bare name means that the task succeeded or was skipped. */
function holds(depends: string, done: ReadonlyMap<string, TaskRun>): boolean {
  if (depends.trim() === '') return true;
  const tokens = tokensOf(depends);
  let at = 0;
  const value = (): boolean => {
    const part = tokens[at] ?? '';
    at += 1;
    if (part === '!') return !value();
    if (part === '(') {
      const inner = either();
      at += 1;
      return inner;
    }
    return stateHolds(part, done);
  };
  const both = (): boolean => {
    let result = value();
    while (tokens[at] === '&&') {
      at += 1;
      result = value() && result;
    }
    return result;
  };
  const either = (): boolean => {
    let result = both();
    while (tokens[at] === '||') {
      at += 1;
      result = both() || result;
    }
    return result;
  };
  return either();
}

function stateHolds(part: string, done: ReadonlyMap<string, TaskRun>): boolean {
  const [name = '', state] = part.split('.');
  const status = done.get(name)?.end.status;
  switch (state) {
    case undefined:
      return status === 'Succeeded' || status === 'Skipped';
    case 'Succeeded':
    case 'Failed':
    case 'Skipped':
    case 'Omitted':
      return status === state;
    case 'Errored':
      return status === 'Error';
    default:
      throw new PlayRefusal(`depends on ${part}`);
  }
}
