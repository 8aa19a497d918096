import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { indexLines, repoPath, type SourceFile } from '../../../src/core/source.ts';
import { instantOf, localTime } from '../../../src/core/zoned-time.ts';
import { list, map, scalar, textOf } from '../../../src/ir/build-value.ts';
import { taskId } from '../../../src/ir/graph.ts';
import type { SessionExpr, SessionInstant } from '../../../src/ir/session-expr.ts';
import type { MapValue, Provenance, TextPart, Value } from '../../../src/ir/value.ts';
import type { PodInput } from '../../../src/rules/builtin/pod/context.ts';
import { SecretBook } from '../../../src/rules/builtin/pod/secret-book.ts';
import { loadRules } from '../../../src/rules/load.ts';
import type { RuleSet } from '../../../src/rules/rule-set.ts';

const source: SourceFile = { path: repoPath('manifests/job.yaml'), text: 'manifest' };
export const from: Provenance = { via: 'literal', span: indexLines(source).span(0, 8) };

const root = new URL('../../../rules/', import.meta.url);

function ruleFiles(): readonly SourceFile[] {
  return ['clocks', 'images', 'policies', 'sidecars'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root))
      .sort()
      .map((file) => ({
        path: repoPath(`rules/${folder}/${file}`),
        text: readFileSync(new URL(`${folder}/${file}`, root), 'utf8'),
      })),
  );
}

const problems = new DiagnosticList();
export const rules: RuleSet = loadRules(ruleFiles(), problems);

/** YAML as a value. `__NAME__` is a macro that holds the session's date; `{{ name }}` a variable of this environment, with its name in capitals as text. */
export function value(yaml: string): MapValue {
  const made = fromPlain(parse(yaml));
  if (made.kind !== 'map') throw new Error('not a map');
  return made;
}

export function fromPlain(plain: unknown): Value {
  if (typeof plain === 'string') return textOf(textParts(plain), from);
  if (Array.isArray(plain)) return list(plain.map(fromPlain), from);
  if (typeof plain === 'object' && plain !== null)
    return map(
      Object.entries(plain).map(([key, entry]) => [key, fromPlain(entry)]),
      from,
    );
  return scalar(plain as number | boolean | null, from);
}

const sessionDate: SessionExpr = {
  kind: 'format',
  at: { kind: 'session', which: 'this' },
  pattern: [
    { kind: 'token', token: 'YYYY' },
    { kind: 'literal', text: '-' },
    { kind: 'token', token: 'MM' },
    { kind: 'literal', text: '-' },
    { kind: 'token', token: 'DD' },
  ],
};

export function textParts(text: string): readonly TextPart[] {
  return text
    .split(/(__[A-Z_]+?__|<<[a-z_.]+>>)/)
    .filter((piece) => piece !== '')
    .map((piece): TextPart => {
      const macro = /^__([A-Z_]+?)__$/.exec(piece)?.[1];
      const variable = /^<<([a-z_.]+)>>$/.exec(piece)?.[1];
      if (macro === 'OPAQUE')
        return {
          kind: 'runtime',
          expr: { kind: 'opaque', engine: 'macro', source: piece, reason: 'test' },
          name: macro,
          from,
        };
      if (macro === 'UNIQUE')
        return { kind: 'runtime', expr: { kind: 'unique', source: 'date +%s' }, name: macro, from };
      if (macro !== undefined)
        return { kind: 'runtime', expr: { kind: 'session', ast: sessionDate }, name: macro, from };
      if (variable !== undefined) return { kind: 'variable', text: variable.toUpperCase(), variable, from };
      return { kind: 'literal', text: piece, from };
    });
}

/** A value as plain data; run-time parts show as `<name>`, or as their value where a session is given. */
export function plain(of: Value | undefined, session?: string): unknown {
  switch (of?.kind) {
    case undefined:
      return undefined;
    case 'scalar':
      return of.value;
    case 'list':
      return of.items.map((item) => plain(item, session));
    case 'map':
      return Object.fromEntries([...of.entries].map(([key, entry]) => [key, plain(entry, session)]));
    case 'text':
      return of.parts.map((part) => shown(part, session)).join('');
  }
}

function shown(part: TextPart, session: string | undefined): string {
  if (part.kind !== 'runtime') return part.text;
  if (session !== undefined && part.expr.kind === 'session') return evaluate(part.expr.ast, session);
  return `<${part.name ?? ''}>`;
}

export interface Outcome {
  readonly diagnostics: readonly string[];
  readonly sink: DiagnosticList;
}

export function podInput(sink: DiagnosticList, more: Partial<PodInput> = {}): PodInput {
  return {
    wait: { seesFailure: 'at-once' },
    task: taskId('+job+step'),
    timezone: 'Asia/Tokyo',
    secrets: new SecretBook('job'),
    sink,
    rules,
    rule: 'launcher-test',
    ...more,
  };
}

/** A session expression at a session time with its offset; knows only what the tests use. */
function evaluate(expr: SessionExpr, session: string): string {
  if (expr.kind !== 'format') throw new Error(expr.kind);
  const { ms, zone } = instant(expr.at, session);
  const local = localTime(zone, ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  const tokens: Record<string, string> = {
    YYYY: String(local.year),
    YY: two(local.year % 100),
    MM: two(local.month),
    DD: two(local.day),
    HH: two(local.hour),
    mm: two(local.minute),
    D: String(local.day),
    M: String(local.month),
  };
  return expr.pattern
    .map((part) => (part.kind === 'literal' ? part.text : (tokens[part.token] ?? `?${part.token}`)))
    .join('');
}

function instant(at: SessionInstant, session: string): { ms: number; zone: string } {
  if (at.kind === 'session') return { ms: Date.parse(session), zone: 'Asia/Tokyo' };
  const { ms, zone } = instant(at.of, session);
  if (at.kind === 'zone') return { ms, zone: at.zone };
  const local = localTime(zone, ms);
  if (at.kind === 'startOf') {
    const start = { ...local, day: at.unit === 'month' ? 1 : local.day, hour: 0, minute: 0, second: 0 };
    return { ms: instantOf(zone, start), zone };
  }
  if (at.kind !== 'shift') throw new Error(at.kind);
  if (at.unit === 'hour' || at.unit === 'second')
    return { ms: ms + at.amount * (at.unit === 'hour' ? 3_600_000 : 1000), zone };
  if (at.unit === 'month') return { ms: instantOf(zone, { ...local, month: local.month + at.amount }), zone };
  return { ms: instantOf(zone, { ...local, day: local.day + at.amount * (at.unit === 'week' ? 7 : 1) }), zone };
}
