import { freeName } from '../core/free-name.ts';
import { byRule, text } from '../ir/build-value.ts';
import { parameterName } from '../ir/parameter-name.ts';
import { entryOf, staticText } from '../ir/read-value.ts';
import type { TextPart, TextValue, Value } from '../ir/value.ts';
import type { PathStep, TextSlot } from './text-slots.ts';

const RULE = 'merge-parameters';

/** The workflow parameters of one job: a name for each tuple of values over the environments. */
export class ParameterTable {
  readonly #values = new Map<string, ReadonlyMap<string, string>>();
  readonly #origins = new Map<string, string>();
  readonly #environments: readonly string[];

  /** Variable → the values it most often has; another text made from the same variable must not take its name. */
  readonly #own: ReadonlyMap<string, ReadonlyMap<string, string>>;

  constructor(environments: readonly string[], slots: readonly TextSlot[]) {
    this.#environments = environments;
    this.#own = usualValues(slots);
  }

  /** The tag of the parameter for these values: fields share one only if the wished name and all values agree. */
  tag(wishes: readonly string[], qualifier: string, values: ReadonlyMap<string, string>, origin: string): string {
    const name = this.#nameFor(wishes.map(parameterName), parameterName(qualifier), values);
    this.#values.set(name, new Map([...(this.#values.get(name) ?? []), ...values]));
    if (!this.#origins.has(name)) this.#origins.set(name, origin);
    return `{{workflow.parameters.${name}}}`;
  }

  names(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** Values by environment; an environment without the field has the empty text. */
  valuesOf(name: string): ReadonlyMap<string, string> {
    const values = this.#values.get(name);
    return new Map(this.#environments.map((environment) => [environment, values?.get(environment) ?? '']));
  }

  origins(): ReadonlyMap<string, string> {
    return this.#origins;
  }

  #nameFor(wishes: readonly string[], qualifier: string, values: ReadonlyMap<string, string>): string {
    const free = wishes.find((wish) => this.#fits(wish, values));
    if (free !== undefined) return free;
    const last = wishes.at(-1) ?? 'value';
    const qualified = `${qualifier}_${last}`;
    if (qualifier !== '' && this.#fits(qualified, values)) return qualified;
    return freeName(last, '_', { has: (name) => !this.#fits(name, values) });
  }

  #fits(name: string, values: ReadonlyMap<string, string>): boolean {
    // `target_date` means the session asked for; nothing else may be called so.
    if (name === 'target_date') return false;
    const own = this.#own.get(name);
    if (own !== undefined && [...values].some(([environment, value]) => own.get(environment) !== value)) return false;
    const known = this.#values.get(name);
    return (
      known === undefined || [...values].every(([environment, value]) => (known.get(environment) ?? value) === value)
    );
  }
}

/** The values of one field, environment by environment, as one text. */
function tupleKey(values: ReadonlyMap<string, string>): string {
  return JSON.stringify([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** For each variable the values that most places where all environments name it have; of equals the shortest. */
function usualValues(slots: readonly TextSlot[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const votes = new Map<string, Map<string, number>>();
  const widest = Math.max(0, ...slots.map((slot) => slot.texts.size));
  for (const slot of slots.filter((each) => each.texts.size === widest)) {
    for (const column of alignParts(slot) ?? []) {
      const [part] = column.values();
      if (part?.kind !== 'variable') continue;
      const key = tupleKey(
        new Map([...column].map(([environment, each]) => [environment, each.kind === 'variable' ? each.text : ''])),
      );
      const name = parameterName(part.variable);
      const counts = votes.get(name) ?? new Map<string, number>();
      votes.set(name, counts.set(key, (counts.get(key) ?? 0) + 1));
    }
  }
  return new Map(
    [...votes].flatMap(([name, counts]): [string, ReadonlyMap<string, string>][] => {
      const [best] = [...counts].sort(([a, x], [b, y]) => y - x || a.length - b.length || (a < b ? -1 : 1));
      return best === undefined ? [] : [[name, fromTupleKey(best[0])]];
    }),
  );
}

function fromTupleKey(key: string): ReadonlyMap<string, string> {
  const tuple: readonly (readonly [string, string])[] = JSON.parse(key);
  return new Map(tuple);
}

/**
 * The text of a slot with parameters for what differs between environments, the same for all of them.
 * Undefined where it cannot be said with parameters; then it stays a difference.
 */
export function parameterise(slot: TextSlot, table: ParameterTable): TextValue | undefined {
  const [first] = slot.texts.values();
  if (first === undefined) return undefined;
  const differs = new Set([...slot.texts.values()].map((value) => staticText(value))).size > 1;
  const whole = notificationParameter(slot);
  if (differs && whole !== undefined) return wholeText(slot, whole, table);
  const aligned = alignParts(slot);
  if (aligned !== undefined) return byParts(slot, aligned, table);
  if (!differs) return undefined;
  const flag = /^--?([A-Za-z][\w-]*)=/.exec(staticText(first) ?? '');
  if (hasTags(slot)) return undefined;
  if (flag !== null) return afterPrefix(slot, flag[0], flag[1] ?? '', table);
  return wholeText(slot, fieldName(slot), table);
}

/** Shared templates name the parameter for a whole text: all notifications of a job go to one channel. */
function notificationParameter(slot: TextSlot): string | undefined {
  const name = staticText(entryOf(slot.holder, 'name'));
  return slot.path.at(-1)?.key === 'value' && name === 'channel' ? 'slack_channel' : undefined;
}

/** Columns of parts where all environments have the same literals and the same variables in the same order. */
function alignParts(slot: TextSlot): readonly ReadonlyMap<string, TextPart>[] | undefined {
  const texts = [...slot.texts].map(([environment, value]) => [environment, mergeLiterals(value)] as const);
  const [first] = texts;
  if (first === undefined || texts.some(([, parts]) => parts.length !== first[1].length)) return undefined;
  const columns = first[1].map(
    (_, index) =>
      new Map(
        texts.flatMap(([environment, parts]): [string, TextPart][] => {
          const part = parts[index];
          return part === undefined ? [] : [[environment, part]];
        }),
      ),
  );
  return columns.every(sameOrigin) ? columns : undefined;
}

function sameOrigin(column: ReadonlyMap<string, TextPart>): boolean {
  const [first, ...others] = column.values();
  return others.every((part) => {
    if (first?.kind === 'variable') return part.kind === 'variable' && part.variable === first.variable;
    return first?.kind === 'literal' && part.kind === 'literal' && part.text === first.text;
  });
}

function mergeLiterals(value: TextValue): readonly TextPart[] {
  const merged: TextPart[] = [];
  for (const part of value.parts) {
    const last = merged.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal')
      merged[merged.length - 1] = { ...last, text: last.text + part.text };
    else merged.push(part);
  }
  return merged;
}

function byParts(
  slot: TextSlot,
  columns: readonly ReadonlyMap<string, TextPart>[],
  table: ParameterTable,
): TextValue | undefined {
  const parts = columns.map((column, index): TextPart => {
    const [part] = column.values();
    if (part === undefined || part.kind !== 'variable')
      return part ?? { kind: 'literal', text: '', from: byRule(RULE) };
    const values = new Map(
      [...column].map(([environment, each]) => [environment, each.kind === 'variable' ? each.text : '']),
    );
    const constant = new Set(values.values()).size === 1;
    if (constant && !isImageTag(slot, columns, index)) return { kind: 'literal', text: part.text, from: part.from };
    return {
      kind: 'literal',
      text: table.tag(wishesFor(column, slot), qualifierOf(slot), values, part.variable),
      from: byRule(RULE, [part.from]),
    };
  });
  const [first] = slot.texts.values();
  return first === undefined ? undefined : { ...first, parts };
}

/**
 * The variable's own name, else that of the field; two tags of one variable are told apart by their templates. What a
 * variable only chooses is not called by the variable: a pull policy is no `env`.
 */
function wishesFor(column: ReadonlyMap<string, TextPart>, slot: TextSlot): readonly string[] {
  const variables = [...column.values()].flatMap((part) => (part.kind === 'variable' ? [part] : []));
  const variable = variables[0]?.variable ?? 'value';
  if (slot.path.at(-1)?.key === 'image') return [variable];
  return variables.every((part) => part.chosen === true) ? [fieldName(slot)] : [variable, fieldName(slot)];
}

/** The tag or digest of an image is a parameter even where all environments run the same one: releases change it. */
function isImageTag(slot: TextSlot, columns: readonly ReadonlyMap<string, TextPart>[], index: number): boolean {
  if (slot.path.at(-1)?.key !== 'image') return false;
  const before = columns.slice(0, index).map((column) => [...column.values()][0]);
  const textBefore = before.map((part) => (part === undefined || part.kind === 'runtime' ? '' : part.text)).join('');
  return /[:@]$/.test(textBefore);
}

function wholeText(slot: TextSlot, name: string, table: ParameterTable): TextValue | undefined {
  return afterPrefix(slot, '', name, table);
}

function afterPrefix(slot: TextSlot, prefix: string, name: string, table: ParameterTable): TextValue | undefined {
  const values = new Map<string, string>();
  for (const [environment, value] of slot.texts) {
    const written = staticText(value);
    if (written === undefined || !written.startsWith(prefix)) return undefined;
    values.set(environment, written.slice(prefix.length));
  }
  const [first] = slot.texts.values();
  if (first === undefined || hasTags(slot)) return undefined;
  const tag = table.tag([name], qualifierOf(slot), values, describePath(slot.path));
  return {
    ...text(
      `${prefix}${tag}`,
      byRule(
        RULE,
        [...slot.texts.values()].map((value) => value.from),
      ),
    ),
    ...(first.comment === undefined ? {} : { comment: first.comment }),
  };
}

/** A tag inside a parameter's value would be substituted a second time. */
function hasTags(slot: TextSlot): boolean {
  return [...slot.texts.values()].some((value) => (staticText(value) ?? '{{').includes('{{'));
}

/** A name from the field itself: an environment variable's own name, else the key. */
function fieldName(slot: TextSlot): string {
  const key = slot.path.at(-1)?.key ?? 'value';
  const named = staticText(entryOf(slot.holder, 'name'));
  if (key === 'value' && named !== undefined) return named;
  const keys = slot.path.filter((step) => !step.item).map((step) => step.key);
  return slot.path.at(-1)?.item === true
    ? (keys.at(-1) ?? 'value')
    : key === 'name'
      ? `${keys.at(-2) ?? ''}_name`
      : key;
}

/** The template a field belongs to, to tell apart fields that wish for one name. */
function qualifierOf(slot: TextSlot): string {
  const at = slot.path.findIndex((step) => step.key === 'templates');
  return at >= 0 ? (slot.path[at + 1]?.key ?? '') : '';
}

function describePath(path: readonly PathStep[]): string {
  return path
    .map((step) => (step.item ? `[${step.key}]` : `.${step.key}`))
    .join('')
    .replace(/^\./, '');
}

/** Values as base and overlay declare them. */
export function parameterValue(value: string): Value {
  return text(value, byRule(RULE));
}
