import { freeName } from '../../../core/free-name.ts';
import { list, map, text, textOf, withEntry } from '../../../ir/build-value.ts';
import { itemsOf, mapTexts } from '../../../ir/read-value.ts';
import type { MapValue, TextPart, TextValue, Value } from '../../../ir/value.ts';
import type { PodContext } from './context.ts';
import { type ForeignRun, findForeignRuns } from './foreign-tags.ts';
import { type PartText, partText } from './part-text.ts';
import { containerName, type PodParts } from './pod-parts.ts';
import { variableNames } from './shell-of.ts';

/** Holds the brace that breaks a tag in two. */
const VARIABLE = 'LITERAL_BRACE';

/**
 * Text that Argo would take for a tag of its own reaches the container unchanged: its first brace comes from a variable. The kubelet
 * puts it back, since `$(NAME)` in commands, arguments and values of variables is replaced by the variable's value.
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
 */
export function keepLiteralTexts(parts: PodParts, context: PodContext): PodParts {
  const inContainer = (container: MapValue, path: string): MapValue =>
    keepInContainer(asMapValue(withoutBracedVariables(container)), path, context);
  return {
    main: inContainer(parts.main, 'containers'),
    others: parts.others.map((container) => inContainer(container, 'containers')),
    init: parts.init.map((container) => inContainer(container, 'initContainers')),
    spec: asMapValue(withoutBracedVariables(parts.spec)),
  };
}

function asMapValue(value: Value): MapValue {
  if (value.kind !== 'map') throw new Error('a map stays a map');
  return value;
}

/** A variable becomes a parameter, whose value Argo reads for tags again wherever it is used: one with braces is written out. */
export function withoutBracedVariables(value: Value): Value {
  return mapTexts(value, (of) => ({ ...of, parts: of.parts.map(written) }));
}

function written(part: TextPart): TextPart {
  return part.kind === 'variable' && /\{\{|\{$/.test(part.text)
    ? { kind: 'literal', text: part.text, from: part.from }
    : part;
}

function keepInContainer(container: MapValue, path: string, context: PodContext): MapValue {
  const braces = new Braces(variableNames(container));
  const edited = ['command', 'args', 'env'].reduce((of, key) => {
    const value = of.entries.get(key);
    return value === undefined
      ? of
      : withEntry(
          of,
          key,
          list(
            itemsOf(value).map((item) => keepInItem(item, braces)),
            value.from,
          ),
        );
  }, container);
  if (braces.variables.length === 0) return container;
  for (const { name } of braces.variables)
    context.accept(
      `${path}[${containerName(container)}].env[${name}]`,
      context.input.rule,
      "it keeps text that looks like Argo's tags from being replaced",
    );
  const made = context.made(container);
  const variables = braces.variables.map(({ name, value }) =>
    map(
      [
        ['name', text(name, made)],
        ['value', text(value, made)],
      ],
      made,
    ),
  );
  // A variable can only be used by those behind it.
  return withEntry(edited, 'env', list([...variables, ...itemsOf(edited.entries.get('env'))], made));
}

/** An argument, or the value of a variable. */
function keepInItem(item: Value, braces: Braces): Value {
  if (item.kind === 'text') return keepInText(item, braces);
  const value = item.kind === 'map' ? item.entries.get('value') : undefined;
  return item.kind === 'map' && value?.kind === 'text' ? withEntry(item, 'value', keepInText(value, braces)) : item;
}

function keepInText(value: TextValue, braces: Braces): TextValue {
  const whole = partText(value.parts);
  const runs = findForeignRuns(whole);
  if (runs.length === 0) return value;
  const parts: TextPart[] = [];
  let at = 0;
  for (const run of runs) {
    const start = dollarsBefore(whole, run, at);
    // Of a tag the first brace goes; braces before a reference, or before nothing, all go.
    const end = whole.text[run.end - 1] === '{' ? run.end : run.start + 1;
    const from = whole.slice(run.start, run.start + 1)[0]?.from ?? value.from;
    const kept = braces.reference(whole.text.slice(start, run.start + 1));
    const more = braces.reference('{').repeat(end - run.start - 1);
    parts.push(...whole.slice(at, start), { kind: 'literal', text: `${kept}${more}`, from });
    at = end;
  }
  return { ...textOf([...parts, ...whole.slice(at, whole.text.length)], value.from), control: value.control };
}

/** `$` right before the brace would turn `$(NAME)` into plain text: it moves into the variable. */
function dollarsBefore(whole: PartText, run: ForeignRun, least: number): number {
  let start = run.start;
  while (start > least && whole.text[start - 1] === '$') start -= 1;
  return start;
}

/** The variables of one container that hold braces. */
class Braces {
  readonly variables: { readonly name: string; readonly value: string }[] = [];
  readonly #taken: ReadonlySet<string>;

  constructor(taken: ReadonlySet<string>) {
    this.#taken = taken;
  }

  reference(value: string): string {
    const known = this.variables.find((variable) => variable.value === value);
    if (known !== undefined) return `$(${known.name})`;
    const name = freeName(VARIABLE, '_', new Set([...this.#taken, ...this.variables.map((variable) => variable.name)]));
    this.variables.push({ name, value });
    return `$(${name})`;
  }
}
