import type { Plain } from '../effect.ts';
import { runScript } from '../legacy/shell/run-script.ts';
import type { ShellEvent } from '../legacy/shell/world.ts';
import { asList, asMap } from './plain-differences.ts';

export type ProgramCalls =
  | { readonly kind: 'calls'; readonly calls: readonly string[] }
  | { readonly kind: 'unknown'; readonly why: string };

/** What stops a sidecar, which the controller does itself. */
const stops = /^(?:pkill|killall|kill)\b|^post https?:\/\/(?:localhost|127\.0\.0\.1)[:/]/;

/**
 * The programs that a container runs with their words: what is inside `sh -c` is interpreted, at a given time of its
 * clock, every program taken to succeed. Calls that only stop a sidecar are left out.
 */
export function programCalls(container: Plain, now: number): ProgramCalls {
  const { command, args, env } = asMap(container);
  const words = [...asList(command), ...asList(args)].map(String);
  if (asList(command).length === 0) return { kind: 'unknown', why: "the image's own command" };
  const environment = new Map(
    asList(env)
      .map(asMap)
      .map(
        (item) =>
          [
            String(item['name']),
            item['valueFrom'] === undefined ? String(item['value'] ?? '') : `<${String(item['name'])}>`,
          ] as const,
      ),
  );
  const script = words.map(quoted).join(' ');
  const run = runScript(
    { script, environment, folder: '', assumeSuccess: true },
    { now, download: () => undefined, file: () => undefined, outcome: () => 'complete' },
  );
  if (run.kind === 'not-interpretable') return { kind: 'unknown', why: run.construct };
  return { kind: 'calls', calls: run.events.map(callText).filter((call) => !stops.test(call)) };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function callText(event: ShellEvent): string {
  switch (event.kind) {
    case 'call':
      return event.words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word))).join(' ');
    case 'post':
      return `post ${event.url} ${event.body}`;
    case 'mail':
      return `mail ${event.url} ${event.sender} ${event.recipients.join(',')} ${event.message}`;
    case 'job':
      return `job ${event.namespace}/${event.name}`;
    case 'object':
      return `object ${event.namespace} ${JSON.stringify(event.object)}`;
  }
}
