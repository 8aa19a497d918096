import { type RepoPath, resolveRepoPath, type SourceSpan } from '../../core/source.ts';
import { textOf } from '../../ir/build-value.ts';
import { staticText } from '../../ir/read-value.ts';
import type { Provenance, TextPart } from '../../ir/value.ts';
import { parsePython } from '../../python/parse.ts';
import type { PyArgument, PyBody, PyExpr, PyStatement } from '../../python/syntax.ts';
import type { LauncherContext, LauncherStep } from '../types.ts';
import type { CallArguments, ClientFacts } from './facts.ts';
import { builtin, importedNames } from './imports.ts';
import { callLibrary, folderOf } from './library.ts';
import { callMethod, itemOf, sliceOf } from './methods.ts';
import { asText, binary, camelCase, truth } from './operators.ts';
import { iterated, NONE, type PyModule, type PyValue, unknown } from './value.ts';

/** Calls of functions by functions after which the reading gives up. */
const MAX_DEPTH = 24;
const MAX_ITEMS = 1000;

type Flow = { readonly kind: 'return'; readonly value: PyValue } | { readonly kind: 'raise' } | undefined;

/** Reads a Python program along its way of success; what it cannot work out is unknown, never guessed. */
export class PyReader {
  readonly step: LauncherStep;
  readonly context: LauncherContext;
  readonly facts: ClientFacts;
  readonly spanIn: (module: PyModule, start: number, end: number) => SourceSpan;
  readonly #modules = new Map<RepoPath, PyModule>();
  #depth = 0;
  #conditions: readonly string[] = [];

  constructor(
    step: LauncherStep,
    context: LauncherContext,
    facts: ClientFacts,
    spanIn: (module: PyModule, start: number, end: number) => SourceSpan,
  ) {
    this.step = step;
    this.context = context;
    this.facts = facts;
    this.spanIn = spanIn;
  }

  get condition(): string | undefined {
    return this.#conditions.at(-1);
  }

  /** A module of the project; undefined where there is none or it cannot be read. */
  module(dotted: string): PyModule | undefined {
    const folders = dotted.replaceAll('.', '/');
    for (const name of [`${folders}.py`, `${folders}/__init__.py`]) {
      const path = resolveRepoPath(this.step.workdir, name);
      const file = path === undefined ? undefined : this.context.read(path);
      if (file === undefined) continue;
      const known = this.#modules.get(file.path);
      if (known !== undefined) return known;
      const module: PyModule = { path: file.path, text: file.text, names: new Map() };
      this.#modules.set(file.path, module);
      this.facts.files.add(file.path);
      const parsed = parsePython(file.text);
      if (parsed.kind === 'problem') {
        const span = this.spanIn(module, parsed.offset, parsed.offset + 1);
        this.facts.problems.push({ what: `${file.path}: ${parsed.problem}`, span });
        return undefined;
      }
      this.#body(parsed.body, module, module.names);
      return module;
    }
    return undefined;
  }

  call(called: PyValue, args: CallArguments, at: PyExpr, module: PyModule): PyValue {
    switch (called.kind) {
      case 'function':
        return this.#callFunction(called, args);
      case 'class':
        return this.#instance(called, args);
      case 'library':
        return callLibrary(this, called.name, args, at, module);
      case 'method':
        return callMethod(this, called, args, at, module);
      default:
        return unknown(called.kind === 'unknown' ? called.why : `the result of a ${called.kind}`);
    }
  }

  #callFunction(called: Extract<PyValue, { kind: 'function' }>, args: CallArguments): PyValue {
    if (this.#depth >= MAX_DEPTH) return unknown('functions that call each other without end');
    const locals = new Map<string, PyValue>();
    const positionals = called.self === undefined ? args.positionals : [called.self, ...args.positionals];
    let next = 0;
    const named = new Map(args.named);
    for (const parameter of called.parameters) {
      const { name, spread, fallback } = parameter;
      if (spread === '*') {
        locals.set(name, { kind: 'list', items: positionals.slice(next) });
        next = positionals.length;
      } else if (spread === '**') locals.set(name, { kind: 'dict', entries: new Map(named) });
      else {
        const given = positionals[next++] ?? named.get(name);
        named.delete(name);
        locals.set(
          name,
          given ??
            (fallback === undefined
              ? unknown(`${name}, which nothing gives`)
              : this.evaluate(fallback, called.module, new Map())),
        );
      }
    }
    this.#depth++;
    const flow = this.#body(called.body, called.module, locals);
    this.#depth--;
    return flow?.kind === 'return' ? flow.value : NONE;
  }

  #instance(of: Extract<PyValue, { kind: 'class' }>, args: CallArguments): PyValue {
    const object: PyValue = { kind: 'object', of, attributes: new Map() };
    const init = this.#member(of, '__init__');
    if (init?.kind === 'function') this.#callFunction({ ...init, self: object }, args);
    return object;
  }

  /** What a class or one of its bases says under a name. */
  #member(of: Extract<PyValue, { kind: 'class' }>, name: string): PyValue | undefined {
    const names = new Map<string, PyValue>();
    this.#body(of.body, of.module, names);
    const own = names.get(name);
    if (own !== undefined) return own;
    for (const base of of.bases) {
      const found = base.kind === 'class' ? this.#member(base, name) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #body(body: PyBody, module: PyModule, scope: Map<string, PyValue>): Flow {
    for (const statement of body) {
      const flow = this.#statement(statement, module, scope);
      if (flow !== undefined) return flow;
    }
    return undefined;
  }

  #statement(statement: PyStatement, module: PyModule, scope: Map<string, PyValue>): Flow {
    switch (statement.kind) {
      case 'assign': {
        const value = this.evaluate(statement.value, module, scope);
        for (const target of statement.targets) this.#assign(target, statement.op, value, module, scope);
        return undefined;
      }
      case 'expression':
        this.evaluate(statement.value, module, scope);
        return undefined;
      case 'return':
        return {
          kind: 'return',
          value: statement.value === undefined ? NONE : this.evaluate(statement.value, module, scope),
        };
      case 'raise':
        return { kind: 'raise' };
      case 'if':
        return this.#if(statement, module, scope);
      case 'for':
        return this.#for(statement, module, scope);
      case 'while':
        this.#forget(statement.body, scope);
        return undefined;
      case 'with':
        for (const { value, as } of statement.items) {
          const entered = this.evaluate(value, module, scope);
          if (as !== undefined) this.#assign(as, '=', entered, module, scope);
        }
        return this.#body(statement.body, module, scope);
      case 'try': {
        const flow = this.#body(statement.body, module, scope);
        this.#body(statement.last, module, scope);
        return flow;
      }
      case 'def': {
        const { name, parameters, body } = statement;
        scope.set(name, { kind: 'function', name, parameters, body, module });
        return undefined;
      }
      case 'class': {
        const bases = statement.bases.map((base) => this.evaluate(base, module, scope));
        scope.set(statement.name, { kind: 'class', name: statement.name, body: statement.body, bases, module });
        return undefined;
      }
      case 'import':
        for (const { name, as } of statement.names)
          for (const [each, value] of importedNames(this, name, as, module)) scope.set(each, value);
        return undefined;
      case 'other':
        return undefined;
    }
  }

  #if(statement: Extract<PyStatement, { kind: 'if' }>, module: PyModule, scope: Map<string, PyValue>): Flow {
    const test = truth(this.evaluate(statement.test, module, scope));
    if (test !== undefined) return this.#body(test ? statement.body : statement.otherwise, module, scope);
    const condition = module.text.slice(statement.test.start, statement.test.end);
    for (const [body, said] of [
      [statement.body, condition],
      [statement.otherwise, `not ${condition}`],
    ] as const) {
      const before = new Map(scope);
      const conditions = this.#conditions;
      this.#conditions = [...conditions, said];
      const flow = this.#body(body, module, scope);
      this.#conditions = conditions;
      for (const [name, value] of scope)
        if (before.get(name) !== value)
          scope.set(name, flow === undefined ? unknown(condition) : (before.get(name) ?? unknown(condition)));
    }
    return undefined;
  }

  #for(statement: Extract<PyStatement, { kind: 'for' }>, module: PyModule, scope: Map<string, PyValue>): Flow {
    const of = this.evaluate(statement.of, module, scope);
    const items = iterated(of);
    if (items === undefined) {
      this.#forget(statement.body, scope);
      return undefined;
    }
    for (const item of items.slice(0, MAX_ITEMS)) {
      this.#assign(statement.target, '=', item, module, scope);
      const flow = this.#body(statement.body, module, scope);
      if (flow !== undefined) return flow;
    }
    return undefined;
  }

  /** What a loop of unknown length sets is not known afterwards. */
  #forget(body: PyBody, scope: Map<string, PyValue>): void {
    for (const statement of body) {
      if (statement.kind === 'assign')
        for (const target of statement.targets)
          if (target.kind === 'name') scope.set(target.name, unknown('a loop that waits'));
    }
  }

  #assign(target: PyExpr, op: string, value: PyValue, module: PyModule, scope: Map<string, PyValue>): void {
    const stored =
      op === '='
        ? value
        : binary(op.slice(0, -1), this.evaluate(target, module, scope), value, this.place(target, module));
    switch (target.kind) {
      case 'name':
        scope.set(target.name, stored);
        return;
      case 'attribute': {
        const owner = this.evaluate(target.of, module, scope);
        if (owner.kind === 'object') owner.attributes.set(target.name, stored);
        else if (owner.kind === 'dict') owner.entries.set(camelCase(target.name), stored);
        return;
      }
      case 'item': {
        const owner = this.evaluate(target.of, module, scope);
        const key = target.index === undefined ? undefined : this.evaluate(target.index, module, scope);
        if (owner.kind === 'dict' && key?.kind === 'text') owner.entries.set(staticText(key.text) ?? '', stored);
        else if (owner.kind === 'list' && key?.kind === 'scalar' && typeof key.value === 'number')
          owner.items[key.value < 0 ? owner.items.length + key.value : key.value] = stored;
        return;
      }
      case 'list':
        for (const [at, item] of target.items.entries())
          this.#assign(
            item,
            '=',
            stored.kind === 'list' ? (stored.items[at] ?? NONE) : unknown('several values in one'),
            module,
            scope,
          );
        return;
      default:
        return;
    }
  }

  evaluate(expr: PyExpr, module: PyModule, scope: ReadonlyMap<string, PyValue>): PyValue {
    const from = this.place(expr, module);
    switch (expr.kind) {
      case 'string':
        return this.#string(expr, module, scope, from);
      case 'number':
      case 'constant':
        return { kind: 'scalar', value: expr.value };
      case 'name':
        return (
          scope.get(expr.name) ?? module.names.get(expr.name) ?? builtin(expr.name, module, from) ?? unknown(expr.name)
        );
      case 'attribute':
        return this.attribute(this.evaluate(expr.of, module, scope), expr.name);
      case 'item': {
        const of = this.evaluate(expr.of, module, scope);
        const index = expr.index === undefined ? undefined : this.evaluate(expr.index, module, scope);
        if (expr.to !== undefined) return sliceOf(of, index, this.evaluate(expr.to, module, scope));
        return index === undefined ? unknown('an item without an index') : itemOf(this, of, index, from);
      }
      case 'call':
        return this.call(
          this.evaluate(expr.called, module, scope),
          this.#arguments(expr.args, module, scope),
          expr,
          module,
        );
      case 'list':
        return { kind: 'list', items: expr.items.map((item) => this.evaluate(item, module, scope)) };
      case 'dict':
        return this.#dict(expr, module, scope);
      case 'binary':
        return binary(expr.op, this.evaluate(expr.left, module, scope), this.evaluate(expr.right, module, scope), from);
      case 'not': {
        const of = truth(this.evaluate(expr.of, module, scope));
        return of === undefined ? unknown('a test known only at run time') : { kind: 'scalar', value: !of };
      }
      case 'choice': {
        const test = truth(this.evaluate(expr.test, module, scope));
        if (test === undefined) return unknown(module.text.slice(expr.test.start, expr.test.end));
        return this.evaluate(test ? expr.then : expr.otherwise, module, scope);
      }
      case 'lambda':
      case 'other':
        return unknown(module.text.slice(expr.start, expr.end));
    }
  }

  place(expr: { readonly start: number; readonly end: number }, module: PyModule): Provenance {
    return { via: 'literal', span: this.spanIn(module, expr.start, expr.end) };
  }

  #string(
    expr: Extract<PyExpr, { kind: 'string' }>,
    module: PyModule,
    scope: ReadonlyMap<string, PyValue>,
    from: Provenance,
  ): PyValue {
    const parts: TextPart[] = [];
    for (const part of expr.parts) {
      if (typeof part === 'string') parts.push({ kind: 'literal', text: part, from });
      else {
        const text = asText(this.evaluate(part, module, scope), from);
        if (text === undefined) return unknown(module.text.slice(expr.start, expr.end));
        parts.push(...text.parts);
      }
    }
    return { kind: 'text', text: textOf(parts, from) };
  }

  #dict(expr: Extract<PyExpr, { kind: 'dict' }>, module: PyModule, scope: ReadonlyMap<string, PyValue>): PyValue {
    const entries = new Map<string, PyValue>();
    for (const { key, value } of expr.entries) {
      const made = this.evaluate(value, module, scope);
      if (key === undefined) {
        if (made.kind !== 'dict') return unknown('a mapping that is spread');
        for (const [name, entry] of made.entries) entries.set(name, entry);
        continue;
      }
      const name = this.evaluate(key, module, scope);
      const written = name.kind === 'text' ? staticText(name.text) : undefined;
      if (written === undefined) return unknown(module.text.slice(key.start, key.end));
      entries.set(written, made);
    }
    return { kind: 'dict', entries };
  }

  #arguments(args: readonly PyArgument[], module: PyModule, scope: ReadonlyMap<string, PyValue>): CallArguments {
    const positionals: PyValue[] = [];
    const named = new Map<string, PyValue>();
    for (const { name, value } of args) {
      const made = this.evaluate(value, module, scope);
      if (name === undefined) positionals.push(made);
      else if (name !== '**') named.set(name, made);
      else if (made.kind === 'dict') for (const [key, entry] of made.entries) named.set(key, entry);
      else named.set('**', made);
    }
    return { positionals, named };
  }

  attribute(of: PyValue, name: string): PyValue {
    switch (of.kind) {
      case 'library':
        return { kind: 'library', name: `${of.name}.${name}` };
      case 'object': {
        const own = of.attributes.get(name) ?? this.#member(of.of, name);
        if (own?.kind === 'function') return { ...own, self: of };
        return own ?? { kind: 'method', of, name };
      }
      case 'class':
        return this.#member(of, name) ?? unknown(`${of.name}.${name}`);
      case 'dict':
        return of.entries.get(camelCase(name)) ?? of.entries.get(name) ?? { kind: 'method', of, name };
      case 'text':
        return name === 'parent' ? folderOf(of, of.text.from) : { kind: 'method', of, name };
      default:
        return { kind: 'method', of, name };
    }
  }
}
