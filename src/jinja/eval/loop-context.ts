import { beginOperation, endOperation, tag, union } from '../tags/tracker.ts';
import { equal } from '../values/compare.ts';
import { PyError, typeError } from '../values/error.ts';
import { iterate, sizeOf } from '../values/iterate.ts';
import { type CallArgs, type Control, type Plain, PyFunction, PyTuple, Special, type Value } from '../values/value.ts';
import type { Runtime } from './runtime.ts';

/** The variable `loop`; also walks the items, so that `loop.last` may look ahead as Python's does. */
export class LoopContext extends Special {
  readonly type = 'LoopContext';
  readonly depth0: number;
  index0 = -1;
  readonly #runtime: Runtime;
  readonly #iterable: Plain;
  readonly #control: Control;
  readonly #recurse: ((items: Value, depth: number) => Value) | undefined;
  #iterator: Iterator<Value>;
  #length: number | undefined;
  #after: Value | undefined;
  #current: Value | undefined;
  #before: Value | undefined;
  #lastChanged: PyTuple | undefined;

  constructor(runtime: Runtime, iterable: Plain, control: Control, depth0: number, recurse: LoopContext['recurse']) {
    super();
    this.#runtime = runtime;
    this.#iterable = iterable;
    this.#control = control;
    this.#recurse = recurse;
    this.depth0 = depth0;
    this.#iterator = iterate(iterable);
  }

  get recurse(): ((items: Value, depth: number) => Value) | undefined {
    return this.#recurse;
  }

  override get module(): string {
    return 'jinja2.runtime';
  }

  /** The next item; undefined at the end. What advancing depends on is added to the loop's control. */
  advance(): Value | undefined {
    const item = this.#peekNext();
    this.#after = undefined;
    if (item === undefined) return undefined;
    this.#runtime.countIteration();
    this.index0 += 1;
    this.#before = this.#current;
    this.#current = item;
    return item;
  }

  #peekNext(): Value | undefined {
    if (this.#after !== undefined) return this.#after;
    const outer = beginOperation();
    const step = this.#iterator.next();
    this.#control.labels = union(this.#control.labels, endOperation(outer));
    this.#after = step.done === true ? undefined : step.value;
    return this.#after;
  }

  override size(): number {
    if (this.#length !== undefined) return this.#length;
    const known = sizeOf(this.#iterable);
    if (known !== undefined) {
      this.#length = known;
      return known;
    }
    const rest: Value[] = [];
    const ahead = this.#after === undefined ? 0 : 1;
    for (let step = this.#iterator.next(); step.done !== true; step = this.#iterator.next()) rest.push(step.value);
    this.#iterator = rest[Symbol.iterator]();
    this.#length = rest.length + this.index0 + 1 + ahead;
    return this.#length;
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case 'index':
        return this.index0 + 1;
      case 'index0':
        return this.index0;
      case 'first':
        return this.index0 === 0;
      case 'depth':
        return this.depth0 + 1;
      case 'depth0':
        return this.depth0;
      case 'previtem':
        return this.index0 === 0
          ? this.#runtime.undefined({ hint: 'there is no previous item' })
          : (this.#before ?? null);
      case 'cycle':
        return new PyFunction('cycle', ({ args }) => {
          const item = args[this.index0 % Math.max(1, args.length)];
          if (item === undefined) throw typeError('no items for cycling given');
          return item;
        });
      case 'changed':
        return new PyFunction('changed', ({ args }) => this.#changed(new PyTuple(args)));
      default:
        return this.#dependsOnLength(name);
    }
  }

  /** What another number of items would change. */
  #dependsOnLength(name: string): Value | undefined {
    const value = this.#lengthAttribute(name);
    return value === undefined ? undefined : tag(value, this.#control.labels);
  }

  #lengthAttribute(name: string): Value | undefined {
    switch (name) {
      case 'length':
        return this.size();
      case 'revindex':
        return this.size() - this.index0;
      case 'revindex0':
        return this.size() - this.index0 - 1;
      case 'last':
        return this.#peekNext() === undefined;
      case 'nextitem':
        return this.#next();
      default:
        return undefined;
    }
  }

  #next(): Value {
    const next = this.#peekNext();
    return next === undefined ? this.#runtime.undefined({ hint: 'there is no next item' }) : next;
  }

  #changed(value: PyTuple): boolean {
    if (this.#lastChanged !== undefined && equal(this.#lastChanged, value)) return false;
    this.#lastChanged = value;
    return true;
  }

  override call({ args }: CallArgs): Value {
    if (this.#recurse === undefined)
      throw typeError("The loop must have the 'recursive' marker to be called recursively.");
    const [items] = args;
    if (items === undefined)
      throw new PyError('TypeError', "LoopContext.__call__() missing 1 required positional argument: 'iterable'");
    return this.#recurse(items, this.depth0 + 1);
  }

  repr(): string {
    return `<LoopContext ${this.index0 + 1}/${this.size()}>`;
  }
}
