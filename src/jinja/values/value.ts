import type { SourceSpan } from '../../core/source.ts';

/**
 * Python values as the interpreter holds them. A JavaScript number (or, beyond 2^53, bigint) is a Python int; a Python
 * float is a PyFloat, since 1 and 1.0 print differently.
 */
export type Plain = null | boolean | number | bigint | string | PyObject;

/** What expressions give: plain, or plain with knowledge of the variables it came from. `peek` turns one into a Plain. */
export type Value = Plain | Tagged;

/** A place in the variable files: one scalar, or one list or mapping as far as its length and keys matter. */
export interface Leaf {
  /** `db.instance`, `containers[0].image`. */
  readonly path: string;
  readonly span: SourceSpan;
  /** A scalar as it would print. */
  readonly text?: string;
}

export type Labels = ReadonlySet<Leaf>;
export const noLabels: Labels = new Set();

/** An `if`, `for`, include or extends tag that decides whether text exists; `labels` grow while a loop advances. */
export interface Control {
  readonly origin: Origin;
  labels: Labels;
}

/** A stretch of template text: literal text or one tag. Offsets count in the file as it is on disk. */
export interface Origin {
  readonly template: string;
  readonly start: number;
  readonly end: number;
}

/** Characters [start, end) of one text with one origin. A run of no width stands for text that other values would bring. */
export interface Run {
  readonly start: number;
  readonly end: number;
  readonly data: Labels;
  readonly control: readonly Control[];
  readonly origin: Origin | undefined;
}

/** A value with the leaves it depends on; texts may know this per character. */
export class Tagged {
  readonly value: Plain;
  readonly labels: Labels;
  /** Only for str: sorted, without overlap; without it every character depends on all labels. */
  readonly runs: readonly Run[] | undefined;
  constructor(value: Plain, labels: Labels, runs?: readonly Run[]) {
    this.value = value;
    this.labels = labels;
    this.runs = runs;
  }
}

export abstract class PyObject {
  /** The name of the Python class. */
  abstract readonly type: string;
  /** Its module, as messages and `<class …>` show it. */
  get module(): string {
    return 'builtins';
  }
}

export class PyFloat extends PyObject {
  readonly type = 'float';
  readonly n: number;
  constructor(n: number) {
    super();
    this.n = n;
  }
}

/** markupsafe's str subclass: text that counts as escaped. */
export class Markup extends PyObject {
  readonly type = 'Markup';
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  override get module(): string {
    return 'markupsafe';
  }
}

export class PyList extends PyObject {
  readonly type = 'list';
  items: Value[];
  /** What the number of items depends on. */
  shape: Labels;
  constructor(items: Value[], shape: Labels = noLabels) {
    super();
    this.items = items;
    this.shape = shape;
  }
}

export class PyTuple extends PyObject {
  readonly type: string = 'tuple';
  readonly items: readonly Value[];
  constructor(items: readonly Value[]) {
    super();
    this.items = items;
  }
}

/** What groupby yields: a tuple with the attributes `grouper` and `list`. */
export class GroupTuple extends PyTuple {
  override readonly type = '_GroupTuple';
}

export class PyRange extends PyObject {
  readonly type = 'range';
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  constructor(start: number, stop: number, step: number) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
  get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }
}

export class PySlice extends PyObject {
  readonly type = 'slice';
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
  constructor(start: Value, stop: Value, step: Value) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** A one-time iterator: generator, reversed(), map(): consumed by whoever iterates it first. */
export class PyIterator extends PyObject {
  readonly type: string;
  readonly iterator: Iterator<Value>;
  constructor(type: string, iterator: Iterator<Value>) {
    super();
    this.type = type;
    this.iterator = iterator;
  }
}

/** YAML 1.1 dates: `date` or `datetime`, the text as str() prints it. */
export class PyDate extends PyObject {
  readonly type: 'date' | 'datetime';
  readonly text: string;
  constructor(type: 'date' | 'datetime', text: string) {
    super();
    this.type = type;
    this.text = text;
  }
  override get module(): string {
    return 'datetime';
  }
}

/** What `text.encode()` gives; only its repr ever shows. */
export class PyBytes extends PyObject {
  readonly type = 'bytes';
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }
}

export interface CallArgs {
  readonly args: readonly Value[];
  readonly kwargs: ReadonlyMap<string, Value>;
}

/** A built-in function, a bound method or a class such as `range`. */
export class PyFunction extends PyObject {
  readonly type: string;
  readonly name: string;
  readonly call: (call: CallArgs) => Value;
  /** How it prints; addresses are never printed. */
  readonly shown: string;
  constructor(
    name: string,
    call: (call: CallArgs) => Value,
    shown = `<function ${name}>`,
    type = 'builtin_function_or_method',
  ) {
    super();
    this.name = name;
    this.call = call;
    this.shown = shown;
    this.type = type;
  }
}

/** Objects of the template runtime: loop, namespace, macro, cycler… */
export abstract class Special extends PyObject {
  attribute(_name: string): Value | undefined {
    return undefined;
  }
  abstract repr(): string;
  str(): Value {
    return this.repr();
  }
  call?(call: CallArgs): Value;
  iterate?(): Iterator<Value>;
  size?(): number;
}

export type UndefinedKind = 'default' | 'strict' | 'chainable' | 'debug';

export class Undefined extends PyObject {
  readonly kind: UndefinedKind;
  readonly hint: string | undefined;
  readonly obj: Plain | undefined;
  readonly name: Plain;
  /** `hint`, or what was looked up: `name` as a variable, or in `obj`. */
  constructor(kind: UndefinedKind, details: { hint?: string; obj?: Plain; name?: Plain }) {
    super();
    this.kind = kind;
    this.hint = details.hint;
    this.obj = details.obj;
    this.name = details.name ?? null;
  }
  get type(): string {
    return undefinedTypes[this.kind];
  }
  override get module(): string {
    return 'jinja2.runtime';
  }
}

const undefinedTypes: Readonly<Record<UndefinedKind, string>> = {
  default: 'Undefined',
  strict: 'StrictUndefined',
  chainable: 'ChainableUndefined',
  debug: 'DebugUndefined',
};
