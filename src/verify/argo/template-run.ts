import { evaluateTemplate } from '../../argo-expr/template.ts';
import { runDag } from './dag.ts';
import { asList, asMap, asText, isMap, named, type PlainMap } from './data.ts';
import { runLeaf } from './leaf.ts';
import { limited } from './limited.ts';
import { type ProcessedTemplate, processTemplate } from './process-template.ts';
import type { NodeEnd, Place, Run } from './run-types.ts';
import { runSteps } from './steps.ts';
import { PlayError, PlayRefusal } from './substitute.ts';

/** Attempts beyond this many are taken for a retry without end. */
const MOST_ATTEMPTS = 100;

/** Runs a template with all its attempts. */
export function runTemplate(template: PlainMap, args: ReadonlyMap<string, string>, place: Place, run: Run): NodeEnd {
  if (template['retryStrategy'] === undefined) return runAttempt(template, args, place.path, 0, place, run);
  let before = place.before;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const started = run.effects.length;
    const locals = new Map([...place.locals, ['retries', String(attempt)] as const]);
    const end = runAttempt(
      template,
      args,
      place.path,
      attempt,
      { ...place, path: `${place.path}(${attempt})`, before, locals },
      run,
    );
    before = [...before, ...run.effects.slice(started).map((effect) => effect.task)];
    if (end.status === 'Succeeded' || !mayRetry(template, args, end, attempt, { ...place, locals }, run)) return end;
  }
  throw new PlayRefusal(`more than ${MOST_ATTEMPTS} attempts of ${place.path}`);
}

function runAttempt(
  template: PlainMap,
  args: ReadonlyMap<string, string>,
  node: string,
  attempt: number,
  place: Place,
  run: Run,
): NodeEnd {
  const end = attemptEnd(template, args, node, attempt, place, run);
  if (end.status === 'Failed' || end.status === 'Error')
    run.failures.push({
      displayName: place.path.split('/').at(-1) ?? '',
      message: end.message ?? '',
      templateName: asText(template['name']),
      phase: end.status,
    });
  return end;
}

function attemptEnd(
  template: PlainMap,
  args: ReadonlyMap<string, string>,
  node: string,
  attempt: number,
  place: Place,
  run: Run,
): NodeEnd {
  const isGroup = template['steps'] !== undefined || isMap(template['dag']);
  try {
    const processed = processTemplate(template, args, place.globals, place.locals, run.now);
    return memoized(processed, run, () => {
      if (processed.template['failFast'] === true) throw new PlayRefusal('failFast of a template');
      if (template['steps'] !== undefined) return runSteps(processed, place, run);
      if (isMap(template['dag'])) return limited(processed.template, run, () => runDag(processed, place, run));
      return runLeaf(processed, node, attempt, place, run);
    });
  } catch (error) {
    if (!(error instanceof PlayError)) throw error;
    return { status: isGroup ? 'Failed' : 'Error', outputs: new Map(), message: error.message };
  }
}

/**
 * A template whose key was seen to succeed does not run again. Only leaves get their outputs back.
 * @see argo-workflows workflow/controller/cache/cache.go for the form of a key
 */
function memoized({ template }: ProcessedTemplate, run: Run, play: () => NodeEnd): NodeEnd {
  if (!isMap(template['memoize'])) return play();
  const key = asText(template['memoize']['key']);
  if (!/^[-._a-zA-Z0-9]+$/.test(key)) throw new PlayError(`invalid cache key ${JSON.stringify(key)}`);
  const cache = asText(asMap(asMap(template['memoize']['cache'])['configMap'])['name']);
  const known = run.memo.get(`${cache}\u0000${key}`);
  const isGroup = template['steps'] !== undefined || isMap(template['dag']);
  if (known !== undefined) return { status: 'Succeeded', outputs: isGroup ? new Map() : known };
  const end = play();
  if (end.status === 'Succeeded') run.memo.set(`${cache}\u0000${key}`, end.outputs);
  return end;
}

function mayRetry(
  template: PlainMap,
  args: ReadonlyMap<string, string>,
  end: NodeEnd,
  attempt: number,
  place: Place,
  run: Run,
): boolean {
  const { template: processed } = processTemplate(template, args, place.globals, place.locals, run.now);
  const strategy = asMap(processed['retryStrategy']);
  const expression = asText(strategy['expression']);
  const policy = asText(strategy['retryPolicy']) || (expression === '' ? 'OnFailure' : 'Always');
  if (!['Always', end.status === 'Failed' ? 'OnFailure' : 'OnError'].includes(policy)) return false;
  const { limit } = strategy;
  if (limit !== undefined && limit !== null) {
    if (!/^\d+$/.test(asText(limit))) throw new PlayRefusal(`the retry limit ${asText(limit)}`);
    if (attempt >= Number(limit)) return false;
  }
  return expression === '' || allows(expression, end, run);
}

function allows(expression: string, end: NodeEnd, run: Run): boolean {
  const last = new Map([
    ['lastRetry.exitCode', String(end.exitCode ?? (end.status === 'Failed' ? 1 : -1))],
    ['lastRetry.status', end.status],
    ['lastRetry.duration', '1'],
    ['lastRetry.message', end.message ?? ''],
  ]);
  const result = evaluateTemplate(`{{=${expression}}}`, last, { now: run.now });
  if (result.kind !== 'text') throw new PlayRefusal(`the retry expression ${expression}`);
  return result.text === 'true';
}

/** The template that a step, task or hook calls, and the place it runs in. */
export function calledTemplate(
  call: PlainMap,
  place: Place,
  run: Run,
): { readonly template: PlainMap; readonly place: Place } {
  if (isMap(call['inline'])) return { template: call['inline'], place };
  const reference = call['templateRef'];
  if (!isMap(reference)) {
    const template = named(place.owner['templates'], asText(call['template']));
    if (template === undefined) throw new PlayError(`template ${asText(call['template'])} undefined`);
    return { template, place };
  }
  if (reference['clusterScope'] === true) throw new PlayRefusal('templates of the whole cluster');
  const shared = asText(reference['name']);
  const owner = run.workflow.shared.get(shared);
  const template = owner === undefined ? undefined : named(owner['templates'], asText(reference['template']));
  if (owner === undefined || template === undefined)
    throw new PlayError(`couldn't find template ${shared}/${asText(reference['template'])}`);
  return { template, place: { ...place, owner, shared } };
}

export function argumentsOf(call: PlainMap): ReadonlyMap<string, string> {
  return new Map(
    asList(asMap(call['arguments'])['parameters'])
      .map(asMap)
      .flatMap((argument) =>
        argument['value'] === undefined ? [] : [[asText(argument['name']), asText(argument['value'])] as const],
      ),
  );
}
