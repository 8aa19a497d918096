import type { Sandbox, SandboxResult } from '../sandbox/sandbox.ts';
import { type ConfigList, type ConfigMap, type ConfigValue, isList, isMap, toJson } from './config-value.ts';
import { digdagMessage } from './engine-message.ts';
import { findExpressions } from './find.ts';
import { type TemplateSource, templateSource } from './template-source.ts';

export type Evaluated<T> =
  | { readonly kind: 'value'; readonly value: T }
  /** `message` as Digdag words it; `code` is the whole string that failed. */
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly code: string;
      readonly reason: 'syntax' | 'exception' | 'limit' | 'clock' | 'zone';
    };

export interface EvaluatorOptions {
  /** What the clock says (epoch milliseconds). Without it, what depends on the clock fails. */
  readonly now?: number;
}

/** Left for the children of the task, which evaluate them again in their own scope. */
const later: ReadonlySet<string> = new Set(['_do', '_else_do']);

/** Evaluates the `${…}` of configurations as Digdag's `ConfigEvalEngine` does: in key order, each value seeing the ones before it. */
export class Evaluator {
  readonly #sandbox: Sandbox;
  readonly #now: number | undefined;
  readonly #results = new Map<string, SandboxResult>();

  constructor(sandbox: Sandbox, options: EvaluatorOptions = {}) {
    this.#sandbox = sandbox;
    this.#now = options.now;
  }

  /** `params` holds the visible parameters, `timezone` among them. */
  evaluateMap(config: ConfigMap, params: ConfigMap): Evaluated<ConfigMap> {
    return guarded(() => this.#map(config, new Scope(params)));
  }

  /** One string, as for a file that an operator uses as a template. */
  evaluateText(text: string, params: ConfigMap): Evaluated<string> {
    return guarded(() => this.#text(text, new Scope(params), new Map()));
  }

  #map(config: ConfigMap, scope: Scope): ConfigMap {
    const built = new Map<string, ConfigValue>();
    for (const [key, value] of config) built.set(key, later.has(key) ? value : this.#value(value, scope, built));
    return built;
  }

  /** `beside` holds what is already evaluated of the map around the value; a nested map does not see it. */
  #value(value: ConfigValue, scope: Scope, beside: ConfigMap): ConfigValue {
    if (isMap(value)) return this.#map(value, scope);
    if (isList(value)) return this.#list(value, scope, beside);
    return typeof value === 'string' ? this.#text(value, scope, beside) : value;
  }

  #list(list: ConfigList, scope: Scope, beside: ConfigMap): ConfigList {
    return list.map((item) => this.#value(item, scope, beside));
  }

  #text(text: string, scope: Scope, beside: ConfigMap): string {
    if (!text.includes('$')) return text;
    const parts = findExpressions(text);
    if (!parts.some((part) => part.kind === 'expression' && part.source !== ''))
      return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    const template = templateSource(text, parts);
    if (template.kind === 'invalid') throw new Failure(text, template.message, 'syntax');
    const result = this.#run(template, scope.json(beside, template.names), scope.timezone());
    if (result.kind === 'value') return result.text;
    throw new Failure(text, digdagMessage(result.message), result.reason);
  }

  /** What a function gives depends on its parameters, its zone and the clock alone. */
  #run(template: Extract<TemplateSource, { kind: 'source' }>, params: string, zone: string): SandboxResult {
    const key = `${zone}\n${params}\n${template.globals}\n${template.source}`;
    const known = this.#results.get(key);
    if (known !== undefined) return known;
    const clock = this.#now === undefined ? {} : { now: this.#now };
    const result = this.#sandbox.run({ source: template.source, params, globals: template.globals, zone, ...clock });
    if (this.#results.size >= MOST) this.#results.clear();
    // Running out of time is no property of the expression.
    if (result.kind === 'value' || result.reason !== 'limit') this.#results.set(key, result);
    return result;
  }
}

/** Results kept at most; an export is evaluated anew at each task, mostly with the same parameters. */
const MOST = 20_000;

/** The parameters as JSON text, each written once, when it is first named. */
class Scope {
  readonly #params: ConfigMap;
  readonly #texts = new Map<string, string>();
  readonly #besideTexts = new WeakMap<object, string>();

  constructor(params: ConfigMap) {
    this.#params = params;
  }

  timezone(): string {
    const zone = this.#params.get('timezone');
    return typeof zone === 'string' ? zone : 'UTC';
  }

  /** Only the named ones, where the names are known. */
  json(beside: ConfigMap, names: ReadonlySet<string> | undefined): string {
    if (names === undefined) {
      const all = new Map([...this.#params.keys()].map((name) => [name, this.#text(name)]));
      return `{${[...new Map([...all, ...this.#besideEntries(beside)]).values()].join(',')}}`;
    }
    const texts: string[] = [];
    for (const name of names) {
      const value = beside.get(name);
      const text = value === undefined ? this.#text(name) : this.#entry(name, value);
      if (text !== undefined) texts.push(text);
    }
    return `{${texts.join(',')}}`;
  }

  /** Undefined where there is no such parameter. */
  #text(name: string): string | undefined {
    const known = this.#texts.get(name);
    if (known !== undefined) return known;
    const value = this.#params.get(name);
    if (value === undefined) return undefined;
    const text = `${JSON.stringify(name)}:${toJson(value)}`;
    this.#texts.set(name, text);
    return text;
  }

  #besideEntries(beside: ConfigMap): readonly (readonly [string, string])[] {
    return [...beside].map(([key, value]) => [key, this.#entry(key, value)] as const);
  }

  #entry(key: string, value: ConfigValue): string {
    if (typeof value !== 'object' || value === null) return `${JSON.stringify(key)}:${toJson(value)}`;
    const known = this.#besideTexts.get(value) ?? toJson(value);
    this.#besideTexts.set(value, known);
    return `${JSON.stringify(key)}:${known}`;
  }
}

type FailureReason = Extract<Evaluated<never>, { kind: 'failed' }>['reason'];

/** Leaves the walk over a configuration; caught in this file only. */
class Failure extends Error {
  readonly code: string;
  readonly reason: FailureReason;

  constructor(code: string, message: string, reason: FailureReason) {
    super(`Failed to evaluate a variable ${code} (${message})`);
    this.code = code;
    this.reason = reason;
  }
}

function guarded<T>(work: () => T): Evaluated<T> {
  try {
    return { kind: 'value', value: work() };
  } catch (error) {
    if (error instanceof Failure)
      return { kind: 'failed', message: error.message, code: error.code, reason: error.reason };
    throw error;
  }
}
