import { indexLines, type SourceSpan } from '../core/source.ts';
import type { PyExpr, PyStatement } from '../python/syntax.ts';
import { expressionsIn, lastName, mappingOf, plainString, statementsIn } from '../python/walk.ts';
import type { Typed } from './javascript-text.ts';
import { constantOf, functionBody, type ProposedBody } from './python-to-javascript.ts';
import type { ScriptModule, ScriptModules } from './script-modules.ts';

export type NameKind = 'filter' | 'test' | 'global';

/** A filter, test or global that the build script gives to its templates. */
export interface ScriptName {
  readonly what: NameKind;
  readonly name: string;
  /** Where it is defined, else where it is registered. */
  readonly span: SourceSpan;
  readonly body: ProposedBody;
}

const tables: Readonly<Record<string, NameKind>> = { filters: 'filter', tests: 'test', globals: 'global' };
const decorators: Readonly<Record<string, NameKind>> = {
  filter: 'filter',
  test: 'test',
  global: 'global',
  template_filter: 'filter',
  template_test: 'test',
  template_global: 'global',
  app_template_filter: 'filter',
  app_template_test: 'test',
  app_template_global: 'global',
};
const contextual =
  /^(?:pass_(?:context|environment|eval_context)|(?:context|environment|evalcontext)(?:filter|function))$/;

/** The later registration of a name wins, as it does in Python. */
export function scriptNames(module: ScriptModule, modules: ScriptModules): readonly ScriptName[] {
  const found = new Map<string, ScriptName>();
  const add = (what: NameKind, name: string, value: PyExpr): void =>
    void found.set(`${what} ${name}`, { what, name, ...describe(value, module, modules) });
  for (const statement of statementsIn(module.body)) {
    if (statement.kind === 'assign') assigned(statement, module, modules, add);
    for (const expr of expressionsIn(statement)) {
      if (expr.kind !== 'call' || expr.called.kind !== 'attribute' || expr.called.name !== 'update') continue;
      const what = tableOf(expr.called.of);
      if (what !== undefined)
        for (const [name, value] of mappingOf(known(expr, module, modules))) add(what, name, value);
    }
    if (statement.kind !== 'def') continue;
    for (const decorator of statement.decorators) {
      const called = decorator.kind === 'call' ? decorator.called : decorator;
      const what = called.kind === 'attribute' ? decorators[called.name] : undefined;
      if (what === undefined) continue;
      const given = decorator.kind === 'call' ? plainString(decorator.args[0]?.value) : undefined;
      const name = given ?? statement.name;
      found.set(`${what} ${name}`, { what, name, ...definition(statement, module) });
    }
  }
  return [...found.values()];
}

/** `env.filters['gi'] = gi`, also in a loop over the pairs of a mapping, and `env.filters |= {…}`. */
function assigned(
  statement: Extract<PyStatement, { kind: 'assign' }>,
  module: ScriptModule,
  modules: ScriptModules,
  add: (what: NameKind, name: string, value: PyExpr) => void,
): void {
  const [target] = statement.targets;
  if (target === undefined) return;
  if (statement.op === '|=') {
    const what = tableOf(target);
    const meaning = modules.meaning(statement.value, module);
    if (what !== undefined && meaning?.kind === 'value')
      for (const [name, value] of mappingOf(meaning.value)) add(what, name, value);
    return;
  }
  if (target.kind !== 'item') return;
  const what = tableOf(target.of);
  const name = plainString(target.index);
  if (what === undefined) return;
  if (name !== undefined) add(what, name, statement.value);
  else for (const [key, value] of loopPairs(target.index, statement.value, module, modules)) add(what, key, value);
}

function loopPairs(
  index: PyExpr | undefined,
  value: PyExpr,
  module: ScriptModule,
  modules: ScriptModules,
): readonly (readonly [string, PyExpr])[] {
  if (index?.kind !== 'name' || value.kind !== 'name') return [];
  for (const statement of statementsIn(module.body)) {
    if (statement.kind !== 'for' || statement.target.kind !== 'list') continue;
    const names = statement.target.items.map(lastName);
    const { of } = statement;
    if (names[0] !== index.name || names[1] !== value.name || of.kind !== 'call' || of.called.kind !== 'attribute')
      continue;
    const meaning = of.called.name === 'items' ? modules.meaning(of.called.of, module) : undefined;
    if (meaning?.kind === 'value') return mappingOf(meaning.value);
  }
  return [];
}

/** The argument of `update`: a mapping written there, a name of one, or keywords. */
function known(call: Extract<PyExpr, { kind: 'call' }>, module: ScriptModule, modules: ScriptModules): PyExpr {
  const [first] = call.args;
  if (first === undefined || first.name !== undefined) return call;
  const meaning = modules.meaning(first.value, module);
  return meaning?.kind === 'value' ? meaning.value : call;
}

function tableOf(expr: PyExpr): NameKind | undefined {
  return expr.kind === 'attribute' ? tables[expr.name] : undefined;
}

type Described = Pick<ScriptName, 'span' | 'body'>;

function describe(expr: PyExpr, module: ScriptModule, modules: ScriptModules): Described {
  const meaning = modules.meaning(expr, module);
  if (meaning?.kind === 'def') return definition(meaning.def, meaning.module);
  const place = meaning ?? { value: expr, module };
  const span = indexLines(place.module).span(place.value.start, place.value.end);
  const { value } = place;
  if (value.kind === 'lambda') {
    const { start, end } = value;
    const body = [{ kind: 'return' as const, value: value.body, start, end }];
    return { span, body: functionBody({ parameters: value.parameters, body }, constantsOf(place.module)) };
  }
  const constant = constantOf(value);
  if (constant !== undefined) return { span, body: { kind: 'body', text: constant.js } };
  return { span, body: { kind: 'unread', why: 'it is not defined in the files of the build script' } };
}

function definition(def: Extract<PyStatement, { kind: 'def' }>, module: ScriptModule): Described {
  const head = module.text.slice(def.start).search(/\n|$/);
  const span = indexLines(module).span(def.start, def.start + head);
  const special = def.decorators
    .map((each) => lastName(each.kind === 'call' ? each.called : each) ?? '')
    .find((name) => contextual.test(name));
  if (special !== undefined) return { span, body: { kind: 'unread', why: `it looks at the rendering (@${special})` } };
  const unknown = def.decorators.find((each) => {
    const called = each.kind === 'call' ? each.called : each;
    return decorators[lastName(called) ?? ''] === undefined;
  });
  if (unknown !== undefined) return { span, body: { kind: 'unread', why: 'a decorator changes it' } };
  return { span, body: functionBody(def, constantsOf(module)) };
}

/** Texts and numbers that a module assigns once, at its top. */
function constantsOf(module: ScriptModule): ReadonlyMap<string, Typed> {
  const found = new Map<string, Typed | undefined>();
  for (const statement of module.body) {
    const [target] = statement.kind === 'assign' ? statement.targets : [];
    if (statement.kind !== 'assign' || target?.kind !== 'name') continue;
    const once = statement.op === '=' && !found.has(target.name);
    found.set(target.name, once ? constantOf(statement.value) : undefined);
  }
  return new Map([...found].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
