import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, configSchema } from '../../../src/config/schema.ts';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { indexLines, type RepoPath, repoPath, type SourceFile } from '../../../src/core/source.ts';
import { list, map, scalar, text, textOf } from '../../../src/ir/build-value.ts';
import { type Effect, taskId } from '../../../src/ir/graph.ts';
import type { Provenance, RuntimeExpr, TextPart, TextValue, Value } from '../../../src/ir/value.ts';
import { readManifestText } from '../../../src/launchers/manifest/read-text.ts';
import { readLauncher } from '../../../src/launchers/read-launcher.ts';
import { readableText } from '../../../src/launchers/shell/text-value.ts';
import type { LauncherStep, LaunchResult } from '../../../src/launchers/types.ts';
import { loadRules } from '../../../src/rules/load.ts';
import type { RuleSet } from '../../../src/rules/rule-set.ts';

/** A small project in memory around one step, for tests of launchers. */
export interface StepProject {
  readonly operator?: string;
  /** A text, or a Value for anything else. */
  readonly command: string | Value;
  readonly options?: Readonly<Record<string, Value | string>>;
  readonly scope?: Readonly<Record<string, string | Value>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Pattern of a URL or path → rendered manifest. */
  readonly manifests?: Readonly<Record<string, string>>;
  readonly config?: Partial<Config>;
  readonly environment?: string;
  readonly workdir?: string;
  readonly rules?: RuleSet;
}

const DIG: RepoPath = repoPath('digdag/job.dig');

export function literal(offset = 0, length = 1): Provenance {
  return {
    via: 'literal',
    span: indexLines({ path: DIG, text: ' '.repeat(offset + length) }).span(offset, offset + length),
  };
}

export function runtime(expr: RuntimeExpr, name?: string): TextPart {
  return { kind: 'runtime', expr, from: literal(), ...(name === undefined ? {} : { name }) };
}

export function exported(variable: string, value: string): TextPart {
  return {
    kind: 'variable',
    variable,
    text: value,
    from: { via: 'export', span: indexLines({ path: DIG, text: '' }).span(0, 0), name: variable },
  };
}

/** A text of literals (strings) and parts. */
export function mixed(...parts: readonly (string | TextPart)[]): TextValue {
  return textOf(
    parts.map((part): TextPart => (typeof part === 'string' ? { kind: 'literal', text: part, from: literal() } : part)),
    literal(),
  );
}

export function toValue(plain: unknown): Value {
  if (Array.isArray(plain)) return list(plain.map(toValue), literal());
  if (typeof plain === 'object' && plain !== null)
    return map(
      Object.entries(plain).map(([key, entry]) => [key, toValue(entry)] as const),
      literal(),
    );
  if (typeof plain === 'number' || typeof plain === 'boolean' || plain === null) return scalar(plain, literal());
  return text(String(plain), literal());
}

/** Plain data; run-time parts as they were called or written. */
export function toPlain(value: Value): unknown {
  switch (value.kind) {
    case 'text':
      return readableText(value);
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(toPlain);
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, toPlain(entry)]));
  }
}

let packageRules: RuleSet | undefined;

/** The rules of the package. */
export function builtInRules(): RuleSet {
  packageRules ??= loadRules(ruleFiles(), new DiagnosticList());
  return packageRules;
}

export function ruleFiles(): readonly SourceFile[] {
  return [
    'launchers',
    'macros',
    'notifications',
    'naming',
    'operators',
    'clocks',
    'sidecars',
    'images',
    'policies',
    'figures',
  ].flatMap((folder) => {
    const names = namesIn(join('rules', folder));
    return names.map(
      (name): SourceFile => ({
        path: repoPath(`rules/${folder}/${name}`),
        text: readFileSync(join('rules', folder, name), 'utf8'),
      }),
    );
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort();
  } catch {
    return [];
  }
}

export interface StepReading {
  readonly result: LaunchResult | undefined;
  readonly diagnostics: DiagnosticList;
  readonly codes: readonly string[];
}

export function readStep(project: StepProject): StepReading {
  const diagnostics = new DiagnosticList();
  const manifests = Object.entries(project.manifests ?? {});
  const files = new Map([
    ...Object.entries(project.files ?? {}),
    ...manifests.map(([, body], at) => [`rendered/${at}.yaml`, body] as const),
  ]);
  const config: Config = {
    ...configSchema.parse({ manifests: manifests.map(([from], at) => ({ from, template: `rendered/${at}.yaml` })) }),
    ...project.config,
  };
  const values = (record: Readonly<Record<string, string | Value>> | undefined): ReadonlyMap<string, Value> =>
    new Map(
      Object.entries(record ?? {}).map(([key, value]) => [
        key,
        typeof value === 'string' ? text(value, literal()) : value,
      ]),
    );
  const step: LauncherStep = {
    task: taskId('+job+step'),
    operator: project.operator ?? 'sh',
    command:
      typeof project.command === 'string' ? text(project.command, literal(4, project.command.length)) : project.command,
    commandSpan: indexLines({ path: DIG, text: ' '.repeat(40) }).span(4, 20),
    options: values(project.options),
    scope: values(project.scope),
    environment: project.environment ?? 'prd',
    workdir: project.workdir ?? 'digdag',
  };
  const read = (path: RepoPath): SourceFile | undefined => {
    const body = files.get(path);
    return body === undefined ? undefined : { path, text: body };
  };
  const result = readLauncher(step, {
    rules: project.rules ?? builtInRules(),
    config,
    read,
    findObject: (kind, name) => {
      const bodies = [...files.values()].filter((body) => body.includes(`kind: ${kind}`) && body.includes(name));
      const body = bodies.length === 1 ? bodies[0] : undefined;
      const parsed =
        body === undefined
          ? undefined
          : readManifestText(text(body, literal()), indexLines({ path: DIG, text: '' }).span(0, 0));
      return parsed?.kind === 'documents' ? parsed.documents[0] : undefined;
    },
    renderManifest: ({ template }) => {
      const file = read(template);
      if (file === undefined) return undefined;
      const parsed = readManifestText(
        text(file.text, { via: 'jinja', span: indexLines(file).span(0, file.text.length), template, inputs: [] }),
        indexLines(file).span(0, 0),
      );
      return parsed.kind === 'documents' ? parsed.documents : undefined;
    },
    expandDigdag: (value, scope) => ({
      ...value,
      parts: value.parts.flatMap((part) =>
        part.kind === 'literal' ? expandNames(part.text, part.from, scope) : [part],
      ),
    }),
    sink: diagnostics,
  });
  return { result, diagnostics, codes: [...new Set(diagnostics.items.map((item) => item.code))].sort() };
}

/** `${name}` of the scope, and session built-ins as run-time parts; enough of Digdag for these tests. */
function expandNames(source: string, from: Provenance, scope: ReadonlyMap<string, Value>): TextPart[] {
  return source.split(/(\$\{\w+\})/).flatMap((piece): TextPart[] => {
    const name = /^\$\{(\w+)\}$/.exec(piece)?.[1];
    if (name === undefined) return piece === '' ? [] : [{ kind: 'literal', text: piece, from }];
    const value = scope.get(name);
    if (value?.kind === 'text') return [...value.parts];
    return [
      {
        kind: 'runtime',
        expr: {
          kind: 'session',
          ast: { kind: 'format', at: { kind: 'session', which: 'this' }, pattern: [{ kind: 'literal', text: name }] },
        },
        name,
        from,
      },
    ];
  });
}

export function onlyEffect(reading: StepReading): Effect {
  const effects = reading.result?.effects ?? [];
  if (effects.length !== 1 || effects[0] === undefined)
    throw new Error(`expected one effect, got ${effects.length}: ${reading.codes.join(' ')}`);
  return effects[0];
}

export function onlyJob(reading: StepReading): Extract<Effect, { kind: 'job' }> {
  const effect = onlyEffect(reading);
  if (effect.kind !== 'job') throw new Error(`expected a job, got ${effect.kind}`);
  return effect;
}
