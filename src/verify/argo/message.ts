import type { Plain } from '../effect.ts';
import { mailOf } from '../legacy/shell/mail.ts';
import { notificationOf } from '../legacy/shell/notification.ts';
import { runScript } from '../legacy/shell/run-script.ts';
import { asList, asMap, asText, type PlainMap } from './data.ts';

type Message = ReturnType<typeof notificationOf>;

/** The same script in the same environment says the same; a run with failures plays many. */
const KEPT = 256;
const known = new Map<string, Message | undefined>();

/** The message of a script that posts one and does nothing else; undefined for any other script, and for one that cannot be read. */
export function messageOfScript(source: string, env: readonly Plain[]): Message | undefined {
  if (!/\bcurl\b|\bwget\b/.test(source)) return undefined;
  const environment = new Map(env.map(asMap).map((item) => [asText(item['name']), variableText(item)]));
  const key = JSON.stringify([source, [...environment]]);
  if (known.has(key)) return known.get(key);
  if (known.size >= KEPT) known.clear();
  const message = play(source, environment);
  known.set(key, message);
  return message;
}

/** The same of a container with a command of its own. */
export function messageOfContainer({ command, args, env }: PlainMap): Message | undefined {
  const words = [...asList(command), ...asList(args)].map(asText);
  if (asList(command).length === 0) return undefined;
  return messageOfScript(words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' '), asList(env));
}

function play(source: string, environment: ReadonlyMap<string, string>): Message | undefined {
  const run = runScript(
    { script: source, environment, folder: '', assumeSuccess: true },
    { now: 0, download: () => undefined, file: () => undefined, outcome: () => 'complete' },
  );
  if (run.kind === 'not-interpretable') return undefined;
  const [event, ...others] = run.events;
  if (others.length > 0) return undefined;
  if (event?.kind === 'mail') return mailOf(event);
  return event?.kind === 'post' ? notificationOf(event.url, event.body) : undefined;
}

/** A secret by the text that stands for its value on the legacy side too. */
export function variableText(item: { readonly [key: string]: Plain }): string {
  const from = asMap(item['valueFrom']);
  const [kind, reference] = Object.entries(from)[0] ?? [];
  if (kind === undefined) return asText(item['value']);
  const { name, key } = asMap(reference);
  if (kind === 'secretKeyRef') return `<secret ${asText(name)}/${asText(key)}>`;
  if (kind === 'configMapKeyRef') return `<config map ${asText(name)}/${asText(key)}>`;
  return `<${asText(item['name'])}>`;
}
