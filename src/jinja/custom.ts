import type { Config } from '../config/schema.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Filter } from './filters/filter.ts';
import type { Library } from './library.ts';
import { bare } from './tags/tracker.ts';
import type { Test } from './tests/test.ts';
import { type Signature, signature } from './values/arguments.ts';
import { PyDict } from './values/dict.ts';
import { PyError, type PyErrorKind } from './values/error.ts';
import { truthy } from './values/iterate.ts';
import { type Json, jsonOf, pythonOf } from './values/plain-json.ts';
import { str } from './values/print.ts';
import { type CallArgs, PyFunction, PyTuple, type Value } from './values/value.ts';

type Bodies = Readonly<Record<string, string>>;

/**
 * Filters, tests and globals of the team's own build script: their bodies in dig2argo.yaml are JavaScript and run in the
 * sandbox. A function gets what Python's would: the value and the arguments, then an object of the named ones.
 */
export function customLibrary(jinja: Config['jinja'], sandbox: Sandbox): Library {
  const call = (kind: string, name: string, body: string, args: readonly Value[], named: PyDict | undefined): Value => {
    const given = [...args.map(jsonOf), ...(named === undefined || named.size === 0 ? [] : [jsonOf(named)])];
    return pythonOf(runBody(sandbox, `the ${kind} ${name} of dig2argo.yaml`, body, given));
  };
  const unpack = (values: readonly Value[]): readonly [readonly Value[], PyDict | undefined] => {
    const [value = null, rest = null, named = null] = values;
    const [positional, keywords] = [bare(rest), bare(named)];
    const args = positional instanceof PyTuple ? positional.items : [];
    return [[value, ...args], keywords instanceof PyDict ? keywords : undefined];
  };
  return {
    filters: made(
      jinja.filters,
      (name, body): Filter => ({
        signature: shapeOf(name),
        run: (_, ...values) => call('filter', name, body, ...unpack(values)),
      }),
    ),
    tests: made(
      jinja.tests,
      (name, body): Test => ({
        signature: shapeOf(name),
        run: (_, ...values) => truthy(call('test', name, body, ...unpack(values))),
      }),
    ),
    globals: made(
      jinja.globals,
      (name, body): Value =>
        isFunction(body)
          ? new PyFunction(name, ({ args, kwargs }: CallArgs) =>
              call('global', name, body, args, new PyDict([...kwargs])),
            )
          : pythonOf(runBody(sandbox, `the global ${name} of dig2argo.yaml`, `() => (${body})`, [])),
    ),
  };
}

function made<T>(bodies: Bodies | undefined, make: (name: string, body: string) => T): ReadonlyMap<string, T> {
  return new Map(Object.entries(bodies ?? {}).map(([name, body]) => [name, make(name, body)]));
}

function shapeOf(name: string): Signature {
  return signature(`${name}(value, *args, **kwargs)`);
}

function isFunction(body: string): boolean {
  return /^\s*(?:function\b|\([^()]*\)\s*=>|[A-Za-z_$][\w$]*\s*=>)/.test(body);
}

function runBody(sandbox: Sandbox, what: string, body: string, args: readonly Json[]): Json {
  const result = sandbox.run({
    source: `return JSON.stringify([(${body}).apply(null, this.args)])`,
    params: JSON.stringify({ args }),
    zone: 'UTC',
  });
  if (result.kind === 'failed') throw new PyError(failures[result.reason], `${what}: ${result.message}`);
  const answer: unknown = JSON.parse(result.text);
  return Array.isArray(answer) ? (answer[0] as Json) : null;
}

const failures: Readonly<Record<'exception' | 'limit' | 'clock' | 'zone', PyErrorKind>> = {
  exception: 'RuntimeError',
  limit: 'LimitError',
  clock: 'ClockError',
  zone: 'RuntimeError',
};

/** What stands in a rendering for the result of a filter, test or global whose body nobody gave. */
export const unknownMark = '\uE0F0';

/** Lets a rendering go on where names are unknown; lines with the mark are to be taken from elsewhere. */
export function unknownNames(names: readonly { readonly what: string; readonly name: string }[]): Library {
  const of = (what: string): readonly string[] => names.filter((each) => each.what === what).map((each) => each.name);
  return {
    filters: new Map(
      of('filter').map((name): [string, Filter] => [
        name,
        { signature: shapeOf(name), run: (_, value = null) => `${unknownMark}${str(value)}` },
      ]),
    ),
    tests: new Map(),
    globals: new Map(),
  };
}
