import type { Member } from '../../src/dedup/types.ts';
import { byDefault, list, map, scalar, text } from '../../src/ir/build-value.ts';
import type { MapValue, Value } from '../../src/ir/value.ts';

/** Generated jobs, and which of them belong together. */
export interface Corpus {
  readonly members: readonly Member[];
  /** Member → family; a member of no family is missing. */
  readonly truth: ReadonlyMap<string, string>;
}

const from = byDefault('generated');

/** What one generated pod template says; the fields a family varies are among them. */
interface Facts {
  readonly image: string;
  readonly tag: string;
  readonly command: string;
  readonly flags: readonly (readonly [string, string])[];
  readonly env: readonly (readonly [string, string])[];
  readonly labels: readonly (readonly [string, string])[];
  readonly memory: string;
  readonly cpu: string;
  readonly account: string;
}

/**
 * Jobs in families of 2 to 20 that differ in 1 to 8 fields. Of the rest, some are copies of members that drifted in structure or
 * in their rights, and some are decoys: the same program, other values in most fields. The same seed gives the same jobs.
 */
export function dedupCorpus(jobs: number, families: number, seed = 1): Corpus {
  const random = generator(seed);
  const members: Member[] = [];
  const truth = new Map<string, string>();
  const add = (name: string, facts: Facts, extra: readonly (readonly [string, string])[] = []): string => {
    const id = `${name}-${members.length}`;
    members.push({
      id: `${id}/run`,
      job: id,
      template: 'run',
      bodies: new Map([['prd', body(facts, extra)]]),
      inputs: new Map(),
    });
    return `${id}/run`;
  };
  const inFamilies = Math.floor(jobs * 0.88);
  for (let family = 0; family < families; family++) {
    // Several families share one general program, as jobs of one runner image do.
    const program = family % 3 === 0 ? `runner${family % 30}` : `f${family}`;
    const base = factsOf(program, random);
    const varied = pick(fieldNames(base), 1 + Math.floor(random() * 8), random);
    const share = Math.max(2, Math.round(inFamilies / families + (random() - 0.5) * 8));
    for (let at = 0; at < share; at++) {
      const own = vary(base, varied, `m${at}`, random);
      // A value that drifted in one copy alone is one more difference.
      const drifted = random() < 0.05 ? vary(own, pick(fieldNames(base), 1, random), `drift${at}`, random) : own;
      truth.set(add(`job-f${family}`, drifted), `f${family}`);
    }
    if (random() < 0.5) add(`other-f${family}`, vary(base, varied, 'structure', random), [['EXTRA_STEP', 'yes']]);
    if (random() < 0.3)
      add(`rights-f${family}`, { ...vary(base, varied, 'rights', random), account: `other-${family}` });
    if (random() < 0.4)
      add(`decoy-f${family}`, { ...factsOf(`decoy${family}`, random), image: base.image, command: base.command });
  }
  while (members.length < jobs) add('single', factsOf(`s${members.length}`, random));
  return { members, truth };
}

function factsOf(name: string, random: () => number): Facts {
  const word = (): string => Math.floor(random() * 2 ** 32).toString(36);
  return {
    image: `registry.example/batch/${name}`,
    tag: `v${Math.floor(random() * 9)}.${Math.floor(random() * 9)}`,
    command: `/app/${name}`,
    flags: ['table', 'from', 'to', 'mode', 'bucket', 'limit', 'owner', 'format', 'region', 'schema'].map((flag) => [
      flag,
      word(),
    ]),
    env: ['DB_HOST', 'DB_NAME', 'QUEUE', 'TOPIC', 'REPORT', 'CHANNEL'].map((key) => [key, word()]),
    labels: ['app', 'component'].map((key) => [key, word()]),
    memory: `${1 + Math.floor(random() * 16)}Gi`,
    cpu: `${100 * (1 + Math.floor(random() * 9))}m`,
    account: 'batch-runner',
  };
}

function fieldNames(facts: Facts): readonly string[] {
  return [
    'memory',
    'tag',
    ...facts.flags.map(([key]) => `flag ${key}`),
    ...facts.env.map(([key]) => `env ${key}`),
    ...facts.labels.map(([key]) => `label ${key}`),
  ];
}

function vary(facts: Facts, fields: readonly string[], member: string, random: () => number): Facts {
  const changed = (
    kind: string,
    pairs: readonly (readonly [string, string])[],
  ): readonly (readonly [string, string])[] =>
    pairs.map(([key, value]) =>
      fields.includes(`${kind} ${key}`) ? [key, `${member}-${Math.floor(random() * 1e6)}`] : [key, value],
    );
  return {
    ...facts,
    flags: changed('flag', facts.flags),
    env: changed('env', facts.env),
    labels: changed('label', facts.labels),
    ...(fields.includes('memory') ? { memory: `${17 + Math.floor(random() * 64)}Gi` } : {}),
    ...(fields.includes('tag') ? { tag: `v${10 + Math.floor(random() * 90)}` } : {}),
  };
}

/** As every job of the platform has it: a quarter of what a body says is the same in all. */
function body(facts: Facts, extra: readonly (readonly [string, string])[]): MapValue {
  const common = ['TZ', 'LOG_FORMAT', 'REGION', 'SENTRY', 'AGENT'].map((key): [string, string] => [
    key,
    `common-${key}`,
  ]);
  const env = [...common, ...facts.env, ...extra].map(([key, value]) => entries({ name: t(key), value: t(value) }));
  const container = entries({
    image: t(`${facts.image}:${facts.tag}`),
    command: list([t(facts.command)], from),
    args: list(
      facts.flags.map(([flag, value]) => t(`--${flag}=${value}`)),
      from,
    ),
    env: list(env, from),
    resources: entries({
      requests: entries({ cpu: t(facts.cpu), memory: t(facts.memory) }),
      limits: entries({ memory: t(facts.memory) }),
    }),
    volumeMounts: list([entries({ name: t('tmp'), mountPath: t('/tmp') })], from),
  });
  return entries({
    metadata: entries({ labels: entries(Object.fromEntries(facts.labels.map(([key, value]) => [key, t(value)]))) }),
    activeDeadlineSeconds: scalar(3600, from),
    serviceAccountName: t(facts.account),
    volumes: list([entries({ name: t('tmp'), emptyDir: entries({}) })], from),
    container,
  });
}

function t(value: string): Value {
  return text(value, from);
}

function entries(fields: Readonly<Record<string, Value>>): MapValue {
  return map(Object.entries(fields), from);
}

function pick<T>(items: readonly T[], count: number, random: () => number): readonly T[] {
  const left = [...items];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}

/** mulberry32: small, and the same on every machine. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** Pairs that were put together rightly, of those put together, and of those that belong together. */
export function pairScores(
  found: readonly (readonly string[])[],
  truth: ReadonlyMap<string, string>,
): { readonly precision: number; readonly recall: number } {
  let [together, right] = [0, 0];
  for (const family of found) {
    const counts = new Map<string, number>();
    for (const member of family)
      counts.set(truth.get(member) ?? member, (counts.get(truth.get(member) ?? member) ?? 0) + 1);
    together += pairs(family.length);
    for (const count of counts.values()) right += pairs(count);
  }
  const sizes = new Map<string, number>();
  for (const family of truth.values()) sizes.set(family, (sizes.get(family) ?? 0) + 1);
  const wanted = [...sizes.values()].reduce((sum, size) => sum + pairs(size), 0);
  return { precision: together === 0 ? 0 : right / together, recall: wanted === 0 ? 0 : right / wanted };
}

function pairs(size: number): number {
  return (size * (size - 1)) / 2;
}
