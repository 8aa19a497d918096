import type { PyBody, PyExpr, PyParameter, PyStatement } from '../python/syntax.ts';
import { parts, plainString, statementsIn } from '../python/walk.ts';
import { jsString, type Typed, Untranslatable } from './javascript-text.ts';
import { translateExpression } from './python-expression.ts';

export type ProposedBody =
  | { readonly kind: 'body'; readonly text: string }
  | { readonly kind: 'unread'; readonly why: string };

interface PyFunctionSource {
  readonly parameters: readonly PyParameter[];
  readonly body: PyBody;
}

/**
 * A small pure Python function as JavaScript. What the two languages do differently is refused, not approximated: the
 * result is read by a person, who should find only what Python would have done.
 */
export function functionBody(source: PyFunctionSource, constants: ReadonlyMap<string, Typed>): ProposedBody {
  try {
    return { kind: 'body', text: translateFunction(source, constants) };
  } catch (error) {
    if (error instanceof Untranslatable) return { kind: 'unread', why: error.message };
    throw error;
  }
}

function translateFunction(source: PyFunctionSource, constants: ReadonlyMap<string, Typed>): string {
  const scope = new Map<string, Typed>(constants);
  const parameters = source.parameters.map((parameter) => {
    if (parameter.spread !== undefined) throw new Untranslatable(`it takes ${parameter.spread}${parameter.name}`);
    scope.set(parameter.name, { js: parameter.name, type: 'any' });
    const fallback = parameter.fallback === undefined ? undefined : translateExpression(parameter.fallback, constants);
    return fallback === undefined ? parameter.name : `${parameter.name} = ${fallback.js}`;
  });
  const [only] = parameters;
  const head = parameters.length === 1 && only === source.parameters[0]?.name ? only : `(${parameters.join(', ')})`;
  const body = source.body.filter((statement) => !isText(statement));
  const [first] = body;
  if (body.length === 1 && first?.kind === 'return' && first.value !== undefined) {
    const { js } = result(translateExpression(first.value, scope));
    return `${head} => ${js.startsWith('{') ? `(${js})` : js}`;
  }
  const own = new Set(source.parameters.map((parameter) => parameter.name));
  const assigned = statementsIn(body).flatMap((statement) =>
    statement.kind === 'assign' ? statement.targets.map(nameOf) : [],
  );
  const locals = [...new Set(assigned)].filter((name) => !own.has(name));
  for (const name of locals) scope.set(name, { js: name, type: 'any' });
  // What is assigned once is of one kind wherever it is used.
  for (const statement of body) {
    const name = statement.kind === 'assign' ? nameOf(statement.targets[0] ?? statement.value) : '';
    if (statement.kind === 'assign' && locals.includes(name) && assigned.filter((each) => each === name).length === 1)
      scope.set(name, { js: name, type: translateExpression(statement.value, scope).type });
  }
  const declared = locals.length === 0 ? [] : [`let ${locals.join(', ')};`];
  const ending = returns(body) ? [] : ['return null;'];
  return `${head} => { ${[...declared, ...translateBody(body, scope), ...ending].join(' ')} }`;
}

/** Whether every way through ends in a return or an error. */
function returns(body: PyBody): boolean {
  const last = body.at(-1);
  if (last?.kind === 'if') return returns(last.body) && returns(last.otherwise);
  return last?.kind === 'return' || last?.kind === 'raise';
}

function translateBody(body: PyBody, scope: ReadonlyMap<string, Typed>): readonly string[] {
  return body.filter((statement) => !isText(statement)).map((statement) => translateStatement(statement, scope));
}

function translateStatement(statement: PyStatement, scope: ReadonlyMap<string, Typed>): string {
  switch (statement.kind) {
    case 'return':
      return statement.value === undefined
        ? 'return null;'
        : `return ${result(translateExpression(statement.value, scope)).js};`;
    case 'assign': {
      const [target, ...others] = statement.targets;
      if (target === undefined || others.length > 0 || statement.op !== '=') throw new Untranslatable('an assignment');
      return `${nameOf(target)} = ${translateExpression(statement.value, scope).js};`;
    }
    case 'if': {
      const test = translateExpression(statement.test, scope);
      if (test.type !== 'boolean') throw new Untranslatable('what is true and false differs in JavaScript');
      const otherwise = translateBody(statement.otherwise, scope);
      const tail = otherwise.length === 0 ? '' : ` else { ${otherwise.join(' ')} }`;
      return `if (${test.js}) { ${translateBody(statement.body, scope).join(' ')} }${tail}`;
    }
    case 'raise':
      return `throw new Error(${jsString('refused, as in the build script')});`;
    default:
      throw new Untranslatable(`a statement that is not translated (${statement.kind})`);
  }
}

function result(value: Typed): Typed {
  if (value.type === 'float') throw new Untranslatable('a float, which Python prints in its own way');
  return value;
}

function nameOf(target: PyExpr): string {
  if (target.kind !== 'name') throw new Untranslatable('an assignment to a part of a value');
  return target.name;
}

/** A docstring. */
function isText(statement: PyStatement): boolean {
  return statement.kind === 'expression' && plainString(statement.value) !== undefined;
}

/** Module constants that functions may use: texts and numbers. */
export function constantOf(expr: PyExpr): Typed | undefined {
  if (!parts(expr).every((part) => ['string', 'number', 'constant', 'list', 'dict'].includes(part.kind)))
    return undefined;
  try {
    return translateExpression(expr, new Map());
  } catch (error) {
    if (error instanceof Untranslatable) return undefined;
    throw error;
  }
}
