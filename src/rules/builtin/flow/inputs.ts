import { freeName } from '../../../core/free-name.ts';
import { byRule, list, map, text, textOf } from '../../../ir/build-value.ts';
import { runtimeKey } from '../../../ir/canonical.ts';
import { mapTexts } from '../../../ir/read-value.ts';
import type { MapValue, TextPart, TextValue } from '../../../ir/value.ts';
import { inputName } from './input-names.ts';
import type { Argument } from './types.ts';

const RULE = 'flow-inputs';

/** A pod template's body with each run-time text turned into an input, and the arguments its callers must give; `given` come first. */
export function extractInputs(
  body: MapValue,
  given: readonly Argument[] = [],
): { readonly body: MapValue; readonly args: readonly Argument[] } {
  const inputs = new InputNames(given.map((argument) => argument.name));
  const rewritten = mapTexts(body, (value) => {
    const parts = value.parts.map((part) => inputs.tagFor(part));
    return { ...textOf(parts, value.from), control: value.control };
  });
  const args = [...given, ...inputs.arguments()];
  if (rewritten.kind !== 'map') throw new Error('a map stays a map');
  return {
    body: withInputs(
      rewritten,
      args.map((arg) => arg.name),
    ),
    args,
  };
}

/** The body with an `inputs` block in front; unchanged without inputs. */
export function withInputs(body: MapValue, names: readonly string[]): MapValue {
  if (names.length === 0) return body;
  const from = byRule(RULE);
  const parameters = list(
    names.map((name) => map([['name', text(name, from)]], from)),
    from,
  );
  return { ...body, entries: new Map([['inputs', map([['parameters', parameters]], from)], ...body.entries]) };
}

/** Gives each distinct run-time expression of one template its input. */
class InputNames {
  readonly #byKey = new Map<string, Argument>();
  readonly #taken: Set<string>;

  constructor(taken: readonly string[]) {
    this.#taken = new Set(taken);
  }

  tagFor(part: TextPart): TextPart {
    if (part.kind !== 'runtime') return part;
    const from = byRule(RULE, [part.from]);
    // Seconds since the epoch at the start of the run: as unique as what the launcher made, and the same in every step.
    if (part.expr.kind === 'unique') return { kind: 'literal', text: '{{workflow.creationTimestamp.s}}', from };
    const key = runtimeKey(part.expr);
    const known = this.#byKey.get(key);
    const arg = known ?? this.#make(part, key);
    return { kind: 'literal', text: `{{inputs.parameters.${arg.name}}}`, from };
  }

  arguments(): readonly Argument[] {
    return [...this.#byKey.values()];
  }

  #make(part: Extract<TextPart, { kind: 'runtime' }>, key: string): Argument {
    const name = freeName(inputName(part.expr, part.name), '_', this.#taken);
    this.#taken.add(name);
    const arg: Argument = {
      name,
      value: { kind: 'text', parts: [part], from: part.from, control: [] } satisfies TextValue,
    };
    this.#byKey.set(key, arg);
    return arg;
  }
}
