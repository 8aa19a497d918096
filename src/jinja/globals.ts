import { peek } from './tags/tracker.ts';
import { bind, signature } from './values/arguments.ts';
import { PyDict } from './values/dict.ts';
import { PyError, typeError, valueError } from './values/error.ts';
import { updateFrom } from './values/methods-container.ts';
import { Namespace } from './values/namespace.ts';
import { indexOf } from './values/number.ts';
import { printsAddress } from './values/print.ts';
import { type CallArgs, PyFunction, PyRange, PyTuple, Special, type Value } from './values/value.ts';

/** range(stop), range(start, stop[, step]). */
function range({ args }: CallArgs): Value {
  const [start = 0, stop, step = 1] = args.map((value) => indexOf(peek(value)));
  if (args.length === 0) throw typeError('range expected at least 1 argument, got 0');
  if (step === 0) throw valueError('range() arg 3 must not be zero');
  return stop === undefined ? new PyRange(0, start, 1) : new PyRange(start, stop, step);
}

function dict(call: CallArgs): PyDict {
  const result = new PyDict();
  if (call.args.length > 1) throw typeError(`dict expected at most 1 argument, got ${call.args.length}`);
  for (const source of call.args) updateFrom(result, source);
  for (const [key, value] of call.kwargs) result.set(key, value);
  return result;
}

class Cycler extends Special {
  readonly type = 'Cycler';
  readonly #items: readonly Value[];
  #at = 0;
  constructor(items: readonly Value[]) {
    super();
    this.#items = items;
  }
  override get module(): string {
    return 'jinja2.utils';
  }
  override attribute(name: string): Value | undefined {
    const current = this.#items[this.#at] ?? null;
    switch (name) {
      case 'current':
        return current;
      case 'pos':
        return this.#at;
      case 'items':
        return new PyTuple(this.#items);
      case 'next':
        return new PyFunction('next', () => {
          const item = this.#items[this.#at] ?? null;
          this.#at = (this.#at + 1) % this.#items.length;
          return item;
        });
      case 'reset':
        return new PyFunction('reset', () => {
          this.#at = 0;
          return null;
        });
      default:
        return undefined;
    }
  }
  repr(): string {
    return printsAddress('Cycler');
  }
}

class Joiner extends Special {
  readonly type = 'Joiner';
  readonly #separator: Value;
  #used = false;
  constructor(separator: Value) {
    super();
    this.#separator = separator;
  }
  override get module(): string {
    return 'jinja2.utils';
  }
  override attribute(name: string): Value | undefined {
    return name === 'sep' ? this.#separator : name === 'used' ? this.#used : undefined;
  }
  override call(): Value {
    if (this.#used) return this.#separator;
    this.#used = true;
    return '';
  }
  repr(): string {
    return printsAddress('Joiner');
  }
}

const joinerSignature = signature("Joiner.__init__(self, sep=', ')");

const type = (name: string, shown: string, call: (call: CallArgs) => Value): [string, Value] => [
  name,
  new PyFunction(name, call, `<class '${shown}'>`, 'type'),
];

/** The names every template has. */
export const globals: ReadonlyMap<string, Value> = new Map([
  type('range', 'range', range),
  type('dict', 'dict', dict),
  type('namespace', 'jinja2.utils.Namespace', (call) => new Namespace(dict(call))),
  type('cycler', 'jinja2.utils.Cycler', ({ args }) => {
    if (args.length === 0) throw new PyError('RuntimeError', 'at least one item has to be provided');
    return new Cycler(args);
  }),
  type('joiner', 'jinja2.utils.Joiner', (call) => new Joiner(bind(joinerSignature, call)[0] ?? ', ')),
  [
    'lipsum',
    new PyFunction('generate_lorem_ipsum', () => {
      throw new PyError('ClockError', 'lipsum()');
    }),
  ],
]);
