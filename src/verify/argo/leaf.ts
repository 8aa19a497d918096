import { parseDuration } from '../../argo-expr/go-duration.ts';
import type { Plain, SessionEffect } from '../effect.ts';
import { asList, asMap, asText, isMap, type PlainMap } from './data.ts';
import { messageOfContainer, messageOfScript, variableText } from './message.ts';
import { podOf } from './pod.ts';
import type { ProcessedTemplate } from './process-template.ts';
import { refusedPod } from './refused-pod.ts';
import type { NodeEnd, Place, Run } from './run-types.ts';
import { PlayError, PlayRefusal } from './substitute.ts';

/** Runs a template that makes a pod, waits or calls out. `node` is its display path without, `place.path` with the attempt. */
export function runLeaf(processed: ProcessedTemplate, node: string, attempt: number, place: Place, run: Run): NodeEnd {
  // A pause of no time is a mark in the flow, not an effect.
  if (isMark(processed.template)) return { status: 'Succeeded', outputs: new Map() };
  const pod = podOfLeaf(processed.template, place, run);
  const effect = effectOf(processed, pod, place, run);
  run.effects.push(effect);
  const { script } = processed.template;
  const ended = run.outcome({
    node,
    path: place.path,
    template: asText(processed.template['name']),
    attempt,
    effect,
    ...(pod === undefined ? {} : { pod }),
    ...(isMap(script) ? { script: asText(script['source']) } : {}),
  });
  if (effect.kind === 'fail') return { status: 'Failed', outputs: new Map(), ...failureOf(effect.exitCode ?? 1) };
  return {
    status: ended.status,
    outputs: leafOutputs(processed.template, ended.outputs ?? {}, ended.result),
    ...(processed.template['daemon'] === true && ended.status === 'Succeeded' ? { daemon: true } : {}),
    ...(ended.status === 'Failed' ? failureOf(ended.exitCode ?? 1) : {}),
  };
}

function failureOf(exitCode: number): Pick<NodeEnd, 'message' | 'exitCode'> {
  return { message: `main: Error (exit code ${exitCode})`, exitCode };
}

function isMark({ suspend }: PlainMap): boolean {
  return isMap(suspend) && asText(suspend['duration']) !== '' && secondsOf(asText(suspend['duration'])) === 0;
}

function podOfLeaf(template: PlainMap, place: Place, run: Run): Plain | undefined {
  if (!['container', 'script', 'containerSet'].some((kind) => isMap(template[kind]))) return undefined;
  const pod = podOf(template, run.workflow.spec, place.caller);
  if (/\{\{\s*pod\.name\s*\}\}/.test(JSON.stringify(pod)))
    throw new PlayRefusal('the name of a pod, which the controller makes up');
  const problem = refusedPod(pod);
  if (problem !== undefined) throw new PlayError(`the pod is invalid: ${problem}`);
  return pod;
}

function effectOf({ template }: ProcessedTemplate, manifest: Plain | undefined, place: Place, run: Run): SessionEffect {
  const name = asText(template['name']);
  const from = place.shared === undefined ? { name } : { owner: place.shared, name };
  const daemon = template['daemon'] === true ? ({ daemon: true } as const) : {};
  const base = { task: place.path, after: place.before, template: from, ...daemon };
  if (isMap(template['suspend']))
    return { ...base, kind: 'wait', ...secondsWritten(asText(template['suspend']['duration'])) };
  if (isMap(template['http']))
    return {
      ...base,
      kind: 'notify',
      via: 'http',
      to: asText(template['http']['url']),
      body: asText(template['http']['body']),
      request: {
        method: asText(template['http']['method']),
        headers: asList(template['http']['headers'])
          .map(asMap)
          .map((header) => [asText(header['name']), asText(header['value'])]),
      },
    };
  if (manifest === undefined) throw new PlayRefusal(`a template of this kind: ${asText(template['name'])}`);
  if (isMap(template['script'])) return scriptEffect(template['script'], template, base, run);
  // A pod of the workflow itself stands for a Job of the legacy platform, whatever it does.
  const message = place.shared === undefined ? undefined : messageOfContainer(asMap(template['container']));
  if (message?.via === 'slack') return { ...base, ...message };
  return { ...base, kind: 'job', cluster: run.cluster, namespace: run.workflow.identity.namespace, manifest };
}

/** What reads a script as it is read here. */
const shells = /^(?:\/(?:\S*\/)?)?(?:sh|ash|dash|bash)$/;

type Base = Pick<SessionEffect, 'task' | 'after' | 'template' | 'daemon'>;

/** A script that only posts a message is that message, as its own text and variables say; any other is a command. */
function scriptEffect(script: PlainMap, template: PlainMap, base: Base, run: Run): SessionEffect {
  const source = asText(script['source']);
  const env = asList(script['env']);
  const [shell] = asList(script['command']).map(asText);
  const message = shells.test(shell ?? '') ? messageOfScript(source, env) : undefined;
  if (message !== undefined) return { ...base, ...message };
  const failure = certainFailure(source);
  if (failure !== undefined) return { ...base, kind: 'fail', ...failure };
  const account = template['serviceAccountName'] ?? run.workflow.spec['serviceAccountName'];
  return {
    ...base,
    kind: 'command',
    source,
    env: environmentOf(env),
    ...(shell === undefined ? {} : { shell }),
    image: asText(script['image']),
    ...(account === undefined ? {} : { serviceAccount: asText(account) }),
  };
}

/** What a script says that does nothing but say it and fail. */
function certainFailure(source: string): { readonly message: string; readonly exitCode: number } | undefined {
  const said = /^(?:#[^\n]*\n)*(?:cat >&2 <<'(\w+)'\n([\s\S]*?)\n\1\n|echo '([^'\n]*)' >&2\n)?exit (\d+)\s*$/.exec(
    source,
  );
  const exitCode = Number(said?.[4] ?? 0);
  return said === null || exitCode === 0 ? undefined : { message: said[2] ?? said[3] ?? '', exitCode };
}

/** Values as they are; a value taken from elsewhere as a text that says from where. */
function environmentOf(env: readonly Plain[]): Readonly<Record<string, string>> {
  return Object.fromEntries(env.map(asMap).map((item) => [asText(item['name']), variableText(item)]));
}

/** Without a duration someone must end it. */
function secondsWritten(duration: string): { readonly seconds?: number } {
  return duration === '' ? {} : { seconds: secondsOf(duration) };
}

function secondsOf(duration: string): number {
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
