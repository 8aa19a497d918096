import { parseDuration } from '../../argo-expr/go-duration.ts';
import type { Plain, SessionEffect } from '../effect.ts';
import { asList, asMap, asText, isMap, type PlainMap } from './data.ts';
import { podOf } from './pod.ts';
import type { ProcessedTemplate } from './process-template.ts';
import type { NodeEnd, Place, Run } from './run-types.ts';
import { PlayRefusal } from './substitute.ts';

/** Runs a template that makes a pod, waits or calls out. `node` is its display path without, `place.path` with the attempt. */
export function runLeaf(processed: ProcessedTemplate, node: string, attempt: number, place: Place, run: Run): NodeEnd {
  const effect = effectOf(processed, place, run);
  run.effects.push(effect);
  const ended = run.outcome({ node, template: asText(processed.template['name']), attempt, effect });
  return {
    status: ended.status,
    outputs: leafOutputs(processed.template, ended.outputs ?? {}, ended.result),
    ...(processed.template['daemon'] === true && ended.status === 'Succeeded' ? { daemon: true } : {}),
    ...(ended.status === 'Failed' ? failureOf(ended.exitCode ?? 1) : {}),
  };
}

function failureOf(exitCode: number): Pick<NodeEnd, 'message' | 'exitCode'> {
  return { message: `Error (exit code ${exitCode})`, exitCode };
}

function effectOf({ template, scope }: ProcessedTemplate, place: Place, run: Run): SessionEffect {
  const name = asText(template['name']);
  const from = place.shared === undefined ? { name } : { owner: place.shared, name };
  const base = { task: place.path, after: place.before, template: from };
  if (isMap(template['suspend']))
    return { ...base, kind: 'wait', seconds: secondsOf(asText(template['suspend']['duration'])) };
  if (isMap(template['http']))
    return {
      ...base,
      kind: 'notify',
      via: 'http',
      to: asText(template['http']['url']),
      body: asText(template['http']['body']),
    };
  if (!isMap(template['container']) && !isMap(template['script']))
    throw new PlayRefusal(`a template of this kind: ${asText(template['name'])}`);
  const manifest = podOf(template, run.workflow.spec, place.caller);
  const message = slackMessage(manifest, scope, place.shared);
  if (message !== undefined) return { ...base, kind: 'notify', via: 'slack', ...message };
  if (isMap(template['script']))
    return {
      ...base,
      kind: 'command',
      source: asText(template['script']['source']),
      env: environmentOf(asList(template['script']['env'])),
    };
  return { ...base, kind: 'job', cluster: run.cluster, namespace: run.workflow.identity.namespace, manifest };
}

/** A pod of the shared slack-notify template is the message it sends, if its own fields carry channel and text. */
function slackMessage(
  manifest: Plain,
  scope: ReadonlyMap<string, string>,
  shared: string | undefined,
): { readonly to: string; readonly body: string } | undefined {
  if (shared !== 'slack-notify') return undefined;
  const [to, body] = [scope.get('inputs.parameters.channel'), scope.get('inputs.parameters.message')];
  const values = textsIn(manifest);
  return to !== undefined &&
    body !== undefined &&
    values.some((text) => text.includes(to)) &&
    values.some((text) => text.includes(body))
    ? { to, body }
    : undefined;
}

function textsIn(value: Plain): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isMap(value)) return Object.values(value).flatMap(textsIn);
  return asList(value).flatMap(textsIn);
}

/** Values as they are; a value taken from elsewhere as the JSON that says from where. */
function environmentOf(env: readonly Plain[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    env
      .map(asMap)
      .map((item) => [
        asText(item['name']),
        item['valueFrom'] === undefined ? asText(item['value']) : JSON.stringify(item['valueFrom']),
      ]),
  );
}

function secondsOf(duration: string): number {
  if (duration === '') throw new PlayRefusal('a suspension that someone must end');
  if (/^\d+$/.test(duration)) return Number(duration);
  return Number(parseDuration(duration) / 1_000_000_000n);
}

/** Declared outputs: what the pod wrote, else the default. */
function leafOutputs(
  template: PlainMap,
  written: Readonly<Record<string, string>>,
  result: string | undefined,
): ReadonlyMap<string, string> {
  const outputs = defaultOutputs(template);
  for (const [name, value] of Object.entries(written)) outputs.set(`parameters.${name}`, value);
  if (result !== undefined) outputs.set('result', result);
  return outputs;
}

/** What a node that did not run offers: the defaults of its declared outputs. */
export function defaultOutputs(template: PlainMap): Map<string, string> {
  const outputs = new Map<string, string>();
  for (const output of asList(asMap(template['outputs'])['parameters']).map(asMap)) {
    const fallback = asMap(output['valueFrom'])['default'];
    if (fallback !== undefined) outputs.set(`parameters.${asText(output['name'])}`, asText(fallback));
  }
  return outputs;
}
