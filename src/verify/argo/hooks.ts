import { evaluateTemplate } from '../../argo-expr/template.ts';
import { asMap, asText, type PlainMap } from './data.ts';
import type { NodeEnd, Place, Run } from './run-types.ts';
import { PlayError, PlayRefusal, substitute } from './substitute.ts';
import { argumentsOf, calledTemplate, runTemplate } from './template-run.ts';

/** The hooks of a step or task. */
export interface CallHooks {
  readonly hooks: PlainMap;
  readonly onExit: string;
  readonly name: string;
  readonly root: 'steps' | 'tasks';
}

/** Hooks that start beside the node, because their expression holds while it runs. Gives their names: each runs once. */
export function runStartHooks(
  call: CallHooks,
  scope: ReadonlyMap<string, string>,
  place: Place,
  run: Run,
): ReadonlySet<string> {
  const own = new Map([...scope, [`${call.root}.${call.name}.status`, 'Running'] as const]);
  const begun = new Set<string>();
  for (const [event, hook] of Object.entries(call.hooks)) {
    const { expression } = asMap(hook);
    if (event === 'exit' || expression === undefined || !holds(asText(expression), own)) continue;
    begun.add(event);
    runHook(asMap(hook), own, { ...place, path: pathOf(call, place, `hooks.${event}`) }, run);
  }
  return begun;
}

/** Hooks of a node that ended; how they end changes nothing. */
export function runEndHooks(
  call: CallHooks,
  begun: ReadonlySet<string>,
  node: NodeEnd,
  scope: ReadonlyMap<string, string>,
  place: Place,
  run: Run,
): void {
  if (node.status === 'Skipped' || node.status === 'Omitted') return;
  const own = new Map([
    ...scope,
    [`${call.root}.${call.name}.status`, node.status] as const,
    ...[...node.outputs].map(([key, value]) => [`${call.root}.${call.name}.outputs.${key}`, value] as const),
  ]);
  const exit = pathOf(call, place, 'onExit');
  for (const [event, hook] of Object.entries(call.hooks)) {
    const { expression } = asMap(hook);
    if (begun.has(event) || (expression !== undefined && !holds(asText(expression), own))) continue;
    // `onExit` wins over the hook of the same meaning.
    if (event === 'exit' && call.onExit !== '') continue;
    const path = event === 'exit' ? exit : pathOf(call, place, `hooks.${event}`);
    runHook(asMap(hook), own, { ...place, path }, run);
  }
  if (call.onExit !== '') runHook({ template: call.onExit }, own, { ...place, path: exit }, run);
}

function pathOf(call: CallHooks, place: Place, suffix: string): string {
  return place.path === '' ? `${call.name}.${suffix}` : `${place.path}/${call.name}.${suffix}`;
}

function runHook(hook: PlainMap, scope: ReadonlyMap<string, string>, place: Place, run: Run): void {
  const resolved = asMap(
    substitute(hook, scope, { allowUnresolved: true, strictRoots: ['steps', 'tasks'], now: run.now }),
  );
  const called = calledTemplate(resolved, place, run);
  runTemplate(called.template, argumentsOf(resolved), { ...called.place, path: place.path, locals: new Map() }, run);
}

function holds(expression: string, scope: ReadonlyMap<string, string>): boolean {
  const result = evaluateTemplate(`{{=${expression}}}`, scope);
  if (result.kind === 'refused') throw new PlayRefusal(`the hook expression ${expression}`);
  if (result.kind === 'error') throw new PlayError(result.message);
  return result.text === 'true';
}
