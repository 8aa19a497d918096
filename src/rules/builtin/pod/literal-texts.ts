import { list, map, text, textOf, withEntry } from '../../../ir/build-value.ts';
import { itemsOf } from '../../../ir/read-value.ts';
import type { MapValue, TextPart, Value } from '../../../ir/value.ts';
import { k8sName } from '../../../k8s/names.ts';
import type { PodContext } from './context.ts';
import { findForeignRuns } from './foreign-tags.ts';
import { partText } from './part-text.ts';
import { containerName, type PodParts } from './pod-parts.ts';
import { variableNames } from './shell-of.ts';

/** A pod whose foreign tags stand in a ConfigMap, and that ConfigMap where there are any. */
export interface LiteralTexts {
  readonly parts: PodParts;
  readonly objects: readonly MapValue[];
}

/**
 * Text that Argo would take for a tag of its own goes into a ConfigMap. The kubelet puts it back: `$(NAME)` in arguments, commands and
 * variables expands to a variable that reads the ConfigMap.
 */
export function keepLiteralTexts(parts: PodParts, context: PodContext): LiteralTexts {
  const book = new LiteralBook(`${k8sName(context.input.task, 54)}-literals`, context);
  const inContainer = (container: MapValue): MapValue => book.container(container);
  const edited = {
    ...parts,
    main: inContainer(parts.main),
    others: parts.others.map(inContainer),
    init: parts.init.map(inContainer),
  };
  return { parts: edited, objects: book.objects() };
}

class LiteralBook {
  readonly #name: string;
  readonly #context: PodContext;
  readonly #texts: string[] = [];

  constructor(name: string, context: PodContext) {
    this.#name = name;
    this.#context = context;
  }

  objects(): readonly MapValue[] {
    if (this.#texts.length === 0) return [];
    const from = this.#context.made();
    const data = map(
      this.#texts.map((written, at) => [`literal-${at + 1}`, text(written, from)]),
      from,
    );
    return [
      map(
        [
          ['apiVersion', text('v1', from)],
          ['kind', text('ConfigMap', from)],
          ['metadata', map([['name', text(this.#name, from)]], from)],
          ['data', data],
        ],
        from,
      ),
    ];
  }

  container(container: MapValue): MapValue {
    const used = new Map<string, number>();
    const known = variableNames(container);
    const nameOf = (written: string): string => {
      const at = this.#texts.includes(written) ? this.#texts.indexOf(written) : this.#texts.push(written) - 1;
      let name = `LITERAL_${at + 1}`;
      while (known.has(name)) name = `${name}_`;
      used.set(name, at);
      return name;
    };
    const edited = ['command', 'args', 'env'].reduce((of, key) => {
      const value = of.entries.get(key);
      return value === undefined
        ? of
        : withEntry(
            of,
            key,
            list(
              itemsOf(value).map((item) => this.#inItem(item, nameOf)),
              value.from,
            ),
          );
    }, container);
    if (used.size === 0) return container;
    this.#context.accept(
      `containers[${containerName(container)}].env`,
      this.#context.input.rule,
      `text that looks like Argo's tags is read from the ConfigMap ${this.#name}`,
    );
    const variables = [...used].map(([name, at]) => this.#variable(name, at));
    return withEntry(
      edited,
      'env',
      list([...variables, ...itemsOf(edited.entries.get('env'))], this.#context.made(container)),
    );
  }

  /** An argument, or the value of a variable. */
  #inItem(item: Value, nameOf: (written: string) => string): Value {
    if (item.kind === 'text') return { ...item, parts: withReferences(item.parts, nameOf) };
    const value = item.kind === 'map' ? item.entries.get('value') : undefined;
    if (item.kind !== 'map' || value?.kind !== 'text') return item;
    return withEntry(item, 'value', { ...value, parts: withReferences(value.parts, nameOf) });
  }

  #variable(name: string, at: number): MapValue {
    const from = this.#context.made();
    const ref = map(
      [
        ['name', text(this.#name, from)],
        ['key', text(`literal-${at + 1}`, from)],
      ],
      from,
    );
    return map(
      [
        ['name', text(name, from)],
        ['valueFrom', map([['configMapKeyRef', ref]], from)],
      ],
      from,
    );
  }
}

function withReferences(parts: readonly TextPart[], nameOf: (written: string) => string): readonly TextPart[] {
  const whole = partText(parts);
  const runs = findForeignRuns(whole);
  if (runs.length === 0) return parts;
  const edited: TextPart[] = [];
  let at = 0;
  for (const run of runs) {
    const written = whole.text.slice(run.start, run.end);
    const from = whole.slice(run.start, run.end)[0]?.from ?? { via: 'default', reason: 'literal text' };
    edited.push(...whole.slice(at, run.start), { kind: 'literal', text: `$(${nameOf(written)})`, from });
    at = run.end;
  }
  return textOf([...edited, ...whole.slice(at, whole.text.length)], { via: 'default', reason: 'literal text' }).parts;
}
