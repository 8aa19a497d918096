import { compareText } from '../../core/order.ts';
import { type Launch, launch } from './shell/launch.ts';
import { mailOf } from './shell/mail.ts';
import { notificationOf } from './shell/notification.ts';
import type { ShellEvent, ShellRequest, World } from './shell/world.ts';
import type { LegacyEffect } from './types.ts';

/** Leaves out a key of each member of a union. */
export type EffectBody<T = LegacyEffect> = T extends unknown ? Omit<T, 'task' | 'after' | 'attempt'> & Order : never;

interface Order {
  /** Places of the effects of the same command that must have ended before. */
  readonly follows?: readonly number[];
}

export type ShOutcome =
  | {
      readonly kind: 'effects';
      readonly effects: readonly EffectBody[];
      readonly exitCode: number;
      /** It starts nothing of the tree: what it downloads is its own affair. */
      readonly plain?: true;
    }
  | {
      readonly kind: 'not-playable';
      readonly reason: string;
      /** It ended with an error of its own, for which something that is known may be the cause. */
      readonly ended?: true;
    };

/** The effects of a `sh>` task: a launcher, a notification, or a plain command. `named` are the variables it may read by name: Digdag's for it, and the worker's. */
export function shEffects(request: ShellRequest, named: ReadonlyMap<string, string>, world: World): ShOutcome {
  const ran = launch(request, world);
  const { source, ...shell } = runText(request, world);
  const plain = (): EffectBody => ({ kind: 'command', source, env: namesRead(source, named), ...shell });
  if (ran.kind === 'not-interpretable') {
    if (!startsOthers(request, world)) return { kind: 'effects', effects: [plain()], exitCode: 0, plain: true };
    const place = ran.line === undefined ? '' : ` at line ${ran.line}`;
    return { kind: 'not-playable', reason: `not interpretable: ${ran.construct}${place}` };
  }
  if (!ran.events.some((event) => event.kind !== 'call')) {
    const others = startsOthers(request, world);
    // Nobody runs a script that always fails: something in it was read wrongly, or is missing.
    if (others && ran.exitCode !== 0)
      return {
        kind: 'not-playable',
        reason: `ends with status ${ran.exitCode} before it starts anything`,
        ended: true,
      };
    return { kind: 'effects', effects: [plain()], exitCode: ran.exitCode, ...(others ? {} : { plain: true }) };
  }
  return {
    kind: 'effects',
    effects: ran.events.map((event, at): EffectBody => ({ ...effectOf(event, ran), follows: ran.after[at] ?? [] })),
    exitCode: ran.exitCode,
  };
}

/**
 * What a command runs: the text of a script of the tree where it is nothing but that script's path and plain words, with the program
 * of its `#!` line. One that asks for its own name stays as it is called.
 */
function runText({ script, folder }: ShellRequest, world: World): { readonly source: string; readonly shell?: string } {
  const [word, ...args] = /^[\w./:=@%+,\- \t\n]+$/.test(script) ? script.trim().split(/\s+/) : [];
  const path = word?.includes('/') === true && !word.startsWith('/') ? relative(folder, word) : undefined;
  const text = path === undefined ? undefined : world.file(path);
  const head = /^#!\s*(?:\S*\/)?(?:env\s+)?(\S+)[ \t]*\n/.exec(text ?? '');
  if (text === undefined || head?.[1] === undefined || /\$\{?0\b|BASH_SOURCE/.test(text)) return { source: script };
  const given = args.length === 0 ? '' : `set -- ${args.map((arg) => `'${arg}'`).join(' ')}\n`;
  return { source: `${given}${text.slice(head[0].length)}`, shell: head[1] };
}

/** True where the text may start a Job or run a script of the tree, so that not reading it proves nothing. */
function startsOthers(request: ShellRequest, world: World): boolean {
  if (/\b(?:kubectl|kube-job|hooks\.slack)\b/.test(request.script)) return true;
  const words = request.script
    .split(/[\s;|&"']+/)
    .filter((word) => word.includes('/') && !word.startsWith('/') && !word.includes('://'));
  return words.some((word) => {
    const path = relative(request.folder, word);
    return path !== undefined && world.file(path) !== undefined;
  });
}

function relative(folder: string, word: string): string | undefined {
  const parts = folder.split('/').filter((part) => part !== '');
  for (const part of word.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function effectOf(event: ShellEvent, ran: Extract<Launch, { kind: 'ran' }>): EffectBody {
  switch (event.kind) {
    case 'job': {
      const wait = ran.waits.get(event);
      return {
        kind: 'job',
        cluster: event.cluster,
        ...(event.project === undefined ? {} : { project: event.project }),
        namespace: event.namespace,
        name: event.name,
        manifest: event.manifest,
        ...(wait?.timeoutSeconds === undefined ? {} : { timeoutSeconds: wait.timeoutSeconds }),
        ...(wait === undefined ? {} : { wait }),
      };
    }
    case 'object':
      return { kind: 'object', cluster: event.cluster, namespace: event.namespace, object: event.object };
    case 'post':
      return notificationOf(event.url, event.body);
    case 'mail':
      return mailOf(event);
    case 'call':
      return { kind: 'command', source: event.words.join(' '), env: {} };
  }
}

/** The parameters that the text reads by name. */
function namesRead(script: string, params: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const names = new Set([...script.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name));
  return Object.fromEntries(
    [...names].sort(compareText).flatMap((name) => {
      const value = params.get(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
