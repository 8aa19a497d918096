import { PyDict } from './dict.ts';
import { typeError } from './error.ts';
import { type CallArgs, type Plain, PyFloat, PyTuple, type Value } from './value.ts';

/** A Python signature, parsed once: names, defaults, `*args`, `**kwargs`. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly fallback: Plain | undefined }[];
  /** Leading parameters the runtime fills in; messages count them. */
  readonly passed: number;
  readonly varargs: boolean;
  readonly kwargs: boolean;
}

const runtimeParameters: ReadonlySet<string> = new Set(['environment', 'env', 'context', 'eval_ctx', 'self']);

/** Parses `do_indent(s, width=4, first=False)`. */
export function signature(text: string): Signature {
  const open = text.indexOf('(');
  const parts =
    text
      .slice(open + 1, -1)
      .match(/(?:'[^']*'|[^,'])+/g)
      ?.map((part) => part.trim()) ?? [];
  const passed = runtimeParameters.has(parts[0] ?? '') ? 1 : 0;
  const named = parts.slice(passed).filter((part) => !part.startsWith('*'));
  return {
    name: text.slice(0, open),
    parameters: named.map((part) => {
      const [name = '', fallback] = part.split('=');
      return { name, fallback: fallback === undefined ? undefined : literal(fallback) };
    }),
    passed,
    varargs: parts.some((part) => part.startsWith('*') && !part.startsWith('**')),
    kwargs: parts.some((part) => part.startsWith('**')),
  };
}

function literal(text: string): Plain {
  if (text === 'None') return null;
  if (text === 'True' || text === 'False') return text === 'True';
  if (text.startsWith("'")) return text.slice(1, -1);
  return text.includes('.') ? new PyFloat(Number(text)) : Number(text);
}

/** The arguments in the order of the parameters, then a tuple of `*args` and a dict of `**kwargs` where the signature has them. */
export function bind(to: Signature, call: CallArgs): Value[] {
  const names = to.parameters;
  const values: (Value | undefined)[] = names.map((_, at) => call.args[at]);
  if (call.args.length > names.length && !to.varargs) throw tooMany(to, call.args.length);
  const rest = new PyDict();
  for (const [key, value] of call.kwargs) {
    const at = names.findIndex((parameter) => parameter.name === key);
    if (at >= 0) {
      if (values[at] !== undefined) throw typeError(`${to.name}() got multiple values for argument '${key}'`);
      values[at] = value;
    } else if (to.kwargs) rest.set(key, value);
    else throw typeError(`${to.name}() got an unexpected keyword argument '${key}'`);
  }
  const bound = names.map((parameter, at) => (values[at] === undefined ? parameter.fallback : values[at]));
  const missing = names.filter((_, at) => bound[at] === undefined);
  if (missing.length > 0)
    throw missingArguments(
      to,
      missing.map((parameter) => parameter.name),
    );
  const result = bound.filter((value): value is Value => value !== undefined);
  if (to.varargs) result.push(new PyTuple(call.args.slice(names.length)));
  if (to.kwargs) result.push(rest);
  return result;
}

function tooMany(to: Signature, given: number): Error {
  const most = to.parameters.length + to.passed;
  const least = to.parameters.filter((parameter) => parameter.fallback === undefined).length + to.passed;
  const range =
    least === most
      ? `${most} positional argument${most === 1 ? '' : 's'}`
      : `from ${least} to ${most} positional arguments`;
  const count = given + to.passed;
  return typeError(`${to.name}() takes ${range} but ${count} ${count === 1 ? 'was' : 'were'} given`);
}

function missingArguments(to: Signature, names: readonly string[]): Error {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop() ?? '';
  const list = quoted.length === 0 ? last : `${quoted.join(', ')}${quoted.length > 1 ? ',' : ''} and ${last}`;
  return typeError(
    `${to.name}() missing ${names.length} required positional argument${names.length === 1 ? '' : 's'}: ${list}`,
  );
}
