import type { Config } from '../config/schema.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { guardDate } from './eval/date-guard.ts';
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
 * sandbox. A function gets what Python's would: the value and the arguments. Named ones go to the parameters of these
 * names; those that it has no parameter for come in an object after all others.
 */
export function customLibrary(jinja: Config['jinja'], sandbox: Sandbox): Library {
  const call = (kind: string, name: string, body: string, args: readonly Value[], named: PyDict | undefined): Value => {
    guardDate(`the ${kind} ${name}`, named === undefined ? args : [...args, named], 5);
    const given = placed(body, args.map(jsonOf), named === undefined ? {} : jsonOf(named));
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

/** Absent: an argument that is left out, so that the default of the function counts. */
type Given = readonly (readonly [] | readonly [Json])[];

function placed(body: string, args: readonly Json[], named: Json): Given {
  const names = parametersOf(body);
  const given: (readonly [] | readonly [Json])[] = args.map((value) => [value]);
  const rest: [string, Json][] = [];
  for (const [name, value] of Object.entries(named ?? {})) {
    const at = names.indexOf(name);
    if (at < args.length) {
      rest.push([name, value]);
      continue;
    }
    while (given.length <= at) given.push([]);
    given[at] = [value];
  }
  return rest.length === 0 ? given : [...given, [Object.fromEntries(rest)]];
}

function parametersOf(body: string): readonly string[] {
  const list = /^\s*(?:function\b[^(]*)?\(([^()]*)\)/.exec(body)?.[1];
  if (list === undefined) return [/^\s*([A-Za-z_$][\w$]*)\s*=>/.exec(body)?.[1] ?? ''];
  return list.split(',').map((parameter) => parameter.replace(/=.*$/s, '').trim());
}

/**
 * JavaScript goes on where Python stops: a missing item is `undefined`, arithmetic on text is `NaN`. A result that shows
 * such a mistake is an error, not a text in a manifest.
 */
const source = (body: string): string => `
  var result = (${body}).apply(null, this.args.map(function (each) { return each[0]; }));
  var text = JSON.stringify([result], function (key, value) {
    if (value === undefined) throw new TypeError('the function gave undefined (null is None)');
    if (typeof value === 'number' && !isFinite(value)) throw new TypeError('the function gave ' + value);
    return value;
  });
  var known = JSON.stringify(this.args) + ${JSON.stringify(body)};
  ['undefined', 'NaN', '[object Object]'].forEach(function (slip) {
    if (text.indexOf(slip) >= 0 && known.indexOf(slip) < 0) throw new TypeError('the function gave a text with ' + slip);
  });
  return text;`;

function runBody(sandbox: Sandbox, what: string, body: string, args: Given): Json {
  const result = sandbox.run({ source: source(body), params: JSON.stringify({ args }), zone: 'UTC' });
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
