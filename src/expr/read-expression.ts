import type { CallExpression, Expression, MemberExpression, NewExpression } from 'acorn';
import { unknownName } from '../ir/opaque-reasons.ts';
import type { SessionTest } from '../ir/session-expr.ts';
import type { Provenance, TextPart, Value } from '../ir/value.ts';
import { foldNumberMethod, plainPattern } from './fold.ts';
import {
  constant,
  fromPrimitive,
  type Known,
  literal,
  primitive,
  refuse,
  sessionNumber,
  sessionTest,
  sessionText,
  staticString,
} from './known.ts';
import { stringParts, toTest } from './known-text.ts';
import { callMoment } from './moment-methods.ts';
import { callDate, callLibrary, makeDate } from './read-library.ts';
import { applyBinary, applyUnary, choose, typeOf } from './read-operators.ts';
import { foreignBuiltIn, isNumberBuiltIn, sessionBuiltIn } from './session-built-ins.ts';
import { callText, lengthOf, type TextPattern } from './text-methods.ts';

const libraries: ReadonlySet<string> = new Set([
  'moment',
  'Math',
  'JSON',
  'Date',
  'Object',
  'Array',
  'String',
  'Number',
  'Boolean',
  'parseInt',
  'parseFloat',
  'isNaN',
  'isFinite',
  'encodeURIComponent',
  'encodeURI',
  'decodeURIComponent',
  'decodeURI',
  'escape',
  'unescape',
]);

/** Reads one JavaScript expression without running it. What it cannot read exactly it refuses, with the reason. */
export class ExpressionReader {
  readonly #scope: ReadonlyMap<string, Value>;
  readonly #from: Provenance;
  /** True once anything was met that differs from session to session, or is not known. */
  varies = false;

  constructor(scope: ReadonlyMap<string, Value>, from: Provenance) {
    this.#scope = scope;
    this.#from = from;
  }

  read(node: Expression): Known {
    switch (node.type) {
      case 'Literal':
        return node.regex === undefined && typeof node.value !== 'bigint'
          ? fromPrimitive(node.value, this.#from)
          : refuse('a regular expression');
      case 'Identifier':
        return this.#name(node.name);
      case 'MemberExpression':
        return this.#member(node);
      case 'CallExpression':
        return this.#call(node);
      case 'NewExpression':
        return this.#construct(node);
      case 'ConditionalExpression':
        return this.#choose(toTest(this.read(node.test)), node.consequent, node.alternate);
      case 'LogicalExpression':
        return this.#logical(node.operator, node.left, node.right);
      case 'BinaryExpression':
        return node.left.type === 'PrivateIdentifier'
          ? refuse('a private name')
          : applyBinary(node.operator, this.read(node.left), this.read(node.right), this.#from);
      case 'UnaryExpression':
        if (node.operator === 'void') return constant(undefined);
        return node.operator === 'typeof'
          ? typeOf(this.read(node.argument), this.#from)
          : applyUnary(node.operator, this.read(node.argument));
      case 'SequenceExpression':
        return node.expressions.map((part) => this.read(part)).at(-1) ?? constant(undefined);
      case 'ArrayExpression':
        return {
          kind: 'array',
          items: node.elements.map((item) =>
            item === null || item.type === 'SpreadElement' ? constant(undefined) : this.read(item),
          ),
        };
      default:
        return refuse(reasons[node.type] ?? 'it is no simple expression');
    }
  }

  #name(name: string): Known {
    const value = this.#scope.get(name);
    if (value !== undefined) return this.#known(value, name);
    const builtIn = sessionBuiltIn(name);
    if (builtIn !== undefined) {
      this.varies = true;
      return builtIn.kind === 'number-text' ? sessionNumber(builtIn.of) : sessionText(builtIn, this.#from, name);
    }
    if (name === 'undefined') return constant(undefined);
    if (name === 'NaN' || name === 'Infinity') return constant(name === 'NaN' ? Number.NaN : Number.POSITIVE_INFINITY);
    if (libraries.has(name)) return { kind: 'library', name };
    this.varies = true;
    return refuse(foreignBuiltIn(name) ?? unknownName(name));
  }

  /** A parameter as JavaScript sees it. */
  #known(value: Value, name: string): Known {
    if (value.kind === 'scalar')
      return typeof value.value === 'bigint' ? constant(Number(value.value)) : constant(value.value);
    if (value.kind !== 'text') {
      if (hasRuntime(value)) this.varies = true;
      return { kind: 'data', value };
    }
    const [part, ...others] = value.parts;
    if (value.parts.some((each) => each.kind === 'runtime')) this.varies = true;
    if (
      others.length === 0 &&
      part?.kind === 'runtime' &&
      part.expr.kind === 'session' &&
      part.expr.ast.kind === 'number-text' &&
      isNumberBuiltIn(name)
    )
      return sessionNumber(part.expr.ast.of);
    return { kind: 'text', parts: value.parts };
  }

  #member(node: MemberExpression): Known {
    const dotted = dottedPath(node);
    const bound = dotted === undefined ? undefined : this.#scope.get(dotted);
    if (bound !== undefined && dotted !== undefined) return this.#known(bound, dotted);
    const key = this.#key(node);
    if (node.object.type === 'ThisExpression')
      return typeof key === 'string' ? this.#name(key) : refuse('this, by a number');
    if (node.object.type === 'Super') return refuse('super');
    const object = this.read(node.object);
    switch (object.kind) {
      case 'data':
        return this.#entry(object.value, key, dotted ?? String(key));
      case 'array':
        return key === 'length'
          ? constant(object.items.length)
          : typeof key === 'number'
            ? (object.items[key] ?? constant(undefined))
            : refuse(`the property ${key} of a list`);
      case 'text':
        return this.#ofText(object, key);
      case 'library':
        return { kind: 'library', name: `${object.name}.${key}` };
      case 'constant':
        return object.value === undefined || object.value === null
          ? refuse(`the property ${key} of nothing`)
          : constant(undefined);
      default:
        return refuse(`the property ${key}`);
    }
  }

  #key(node: MemberExpression): string | number {
    if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : refuse('a private name');
    if (node.property.type === 'PrivateIdentifier') return refuse('a private name');
    const value = primitive(this.read(node.property));
    if (typeof value?.value === 'number') return value.value;
    if (typeof value?.value === 'string') return /^\d+$/.test(value.value) ? Number(value.value) : value.value;
    return refuse('an index that is not constant');
  }

  #entry(value: Value, key: string | number, name: string): Known {
    if (value.kind === 'list') {
      if (key === 'length') return constant(value.items.length);
      const item = typeof key === 'number' ? value.items[key] : refuse(`the property ${key} of a list`);
      return item === undefined ? constant(undefined) : this.#known(item, name);
    }
    const entry = value.kind === 'map' ? value.entries.get(String(key)) : undefined;
    return entry === undefined ? constant(undefined) : this.#known(entry, name);
  }

  #ofText(text: Extract<Known, { kind: 'text' }>, key: string | number): Known {
    const [part, ...others] = text.parts;
    // A field of the map that a loop runs over.
    if (others.length === 0 && part?.kind === 'runtime' && (part.expr.kind === 'item' || part.expr.kind === 'output')) {
      if (key === 'length') return refuse('the length of a value of run time');
      return { kind: 'text', parts: [{ ...part, expr: { ...part.expr, key: `${part.expr.key}.${key}` } }] };
    }
    if (key === 'length') return lengthOf(text, this.#from);
    if (typeof key === 'number') return callText(text, 'charAt', [constant(key)], undefined, this.#from);
    return staticString(text) === undefined ? refuse(`the property ${key} of a text of run time`) : constant(undefined);
  }

  #call(node: CallExpression): Known {
    const { callee } = node;
    if (callee.type === 'Super') return refuse('super');
    if (callee.type === 'MemberExpression' && !isLibraryPath(callee)) return this.#method(callee, node);
    const target = this.read(callee);
    if (target.kind !== 'library') return refuse('a call of something that is no function');
    const args = this.#arguments(node);
    if (args.length === 0 && /^moment(?:\.utc)?$/.test(target.name)) this.varies = true;
    return callLibrary(target.name, args, this.#from);
  }

  #arguments(node: CallExpression | NewExpression): readonly Known[] {
    return node.arguments.map((arg) => (arg.type === 'SpreadElement' ? refuse('a spread') : this.read(arg)));
  }

  #method(callee: MemberExpression, node: CallExpression): Known {
    if (callee.object.type === 'Super') return refuse('super');
    const object = this.read(callee.object);
    const name = String(this.#key(callee));
    const pattern = object.kind === 'text' ? this.#pattern(node) : undefined;
    const args =
      pattern?.kind === 'regexp'
        ? [
            constant(undefined),
            ...node.arguments
              .slice(1)
              .map((arg) => (arg.type === 'SpreadElement' ? refuse('a spread') : this.read(arg))),
          ]
        : this.#arguments(node);
    switch (object.kind) {
      case 'instant':
        return callMoment(object.moment, name, args, this.#from);
      case 'text':
        return callText(object, name, args, pattern, this.#from);
      case 'date':
        return callDate(object, name, args, this.#from);
      case 'number':
        return name === 'toString' && args.length === 0
          ? sessionText({ kind: 'number-text', of: object.of }, this.#from)
          : refuse(`the method ${name} of a number of run time`);
      case 'constant':
        return (
          (typeof object.value === 'number' ? foldNumberMethod(object.value, name, args, this.#from) : undefined) ??
          refuse(`the method ${name}`)
        );
      case 'array':
      case 'data':
        return this.#listMethod(object, name, args);
      default:
        return refuse(`the method ${name}`);
    }
  }

  #pattern(node: CallExpression): TextPattern | undefined {
    const [first] = node.arguments;
    if (first === undefined || first.type === 'SpreadElement') return undefined;
    if (first.type !== 'Literal' || first.regex === undefined || first.regex === null)
      return { kind: 'value', value: this.read(first) };
    const text = plainPattern(first.regex.pattern);
    return text === undefined || /[^g]/.test(first.regex.flags)
      ? refuse('a regular expression')
      : { kind: 'regexp', text, all: first.regex.flags.includes('g') };
  }

  #listMethod(object: Extract<Known, { kind: 'array' | 'data' }>, name: string, args: readonly Known[]): Known {
    const items =
      object.kind === 'array'
        ? object.items
        : object.value.kind === 'list'
          ? object.value.items.map((item) => this.#known(item, ''))
          : undefined;
    if (name !== 'join' || items === undefined) return refuse(`the method ${name} of a list`);
    const separator =
      args[0] === undefined ? ',' : (staticString(args[0]) ?? refuse('a separator that is not constant'));
    const parts = items.flatMap((item, i): readonly TextPart[] => [
      ...(i > 0 ? textParts(literal(separator, this.#from)) : []),
      ...stringParts(item, this.#from),
    ]);
    return { kind: 'text', parts };
  }

  #construct(node: NewExpression): Known {
    if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date' || this.#scope.has('Date'))
      return refuse('a constructor');
    const args = this.#arguments(node);
    if (args.length === 0) this.varies = true;
    return makeDate(args, this.#from);
  }

  #logical(op: string, left: Expression, right: Expression): Known {
    // `test && a || b` is the old form of `test ? a : b`, where `a` counts as true.
    if (op === '||' && left.type === 'LogicalExpression' && left.operator === '&&') {
      const test = toTest(this.read(left.left));
      if (test.kind !== 'constant' && this.read(left.right).kind !== 'test' && isTrue(toTest(this.read(left.right))))
        return this.#choose(test, left.right, right);
    }
    const known = this.read(left);
    const test = toTest(known);
    if (test.kind === 'constant') return test.value === (op === '||') ? known : this.read(right);
    const other = this.read(right);
    if (
      known.kind !== 'test' ||
      (other.kind !== 'test' && !(other.kind === 'constant' && typeof other.value === 'boolean'))
    )
      return refuse(`${op} of values that are no conditions`);
    const second = toTest(other);
    if (second.kind === 'constant') return second.value === (op === '||') ? constant(second.value) : known;
    return sessionTest({ kind: op === '||' ? 'or' : 'and', left: test, right: second });
  }

  #choose(test: SessionTest, then: Expression, otherwise: Expression): Known {
    if (test.kind === 'constant') return this.read(test.value ? then : otherwise);
    return choose(test, this.read(then), this.read(otherwise), this.#from);
  }
}

function isTrue(test: SessionTest): boolean {
  return test.kind === 'constant' && test.value;
}

function textParts(known: Known): readonly TextPart[] {
  return known.kind === 'text' ? known.parts : [];
}

function hasRuntime(value: Value): boolean {
  switch (value.kind) {
    case 'text':
      return value.parts.some((part) => part.kind === 'runtime');
    case 'scalar':
      return false;
    case 'list':
      return value.items.some(hasRuntime);
    case 'map':
      return [...value.entries.values()].some(hasRuntime);
  }
}

/** `a.b.c` as written; undefined for every other shape. */
function dottedPath(node: Expression): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (
    node.type !== 'MemberExpression' ||
    node.computed ||
    node.property.type !== 'Identifier' ||
    node.object.type === 'Super'
  )
    return undefined;
  const object = dottedPath(node.object);
  return object === undefined ? undefined : `${object}.${node.property.name}`;
}

function isLibraryPath(node: MemberExpression): boolean {
  return (
    node.object.type === 'Identifier' &&
    ['moment', 'Math', 'JSON', 'Date', 'Object', 'Array', 'String', 'Number'].includes(node.object.name)
  );
}

const reasons: Readonly<Record<string, string>> = {
  FunctionExpression: 'it defines a function',
  ObjectExpression: 'it makes an object',
  AssignmentExpression: 'it assigns a variable',
  UpdateExpression: 'it assigns a variable',
  ThisExpression: 'all parameters at once',
};
