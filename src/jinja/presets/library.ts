import { PyMoment } from '../clock/moments.ts';
import { AnsibleDateTime, AnsibleFacts } from '../clock/names.ts';
import { dateText, hasClock, type Moment } from '../clock/render-clock.ts';
import { shellDate } from '../clock/shell-date.ts';
import type { PresetName } from '../environment.ts';
import type { Frame } from '../eval/frame.ts';
import { renderedText } from '../eval/include.ts';
import { RenderingFunction } from '../eval/rendering-function.ts';
import { define, none } from '../filters/filter.ts';
import type { Library } from '../library.ts';
import { bare } from '../tags/tracker.ts';
import { bind, signature } from '../values/arguments.ts';
import { PyDict } from '../values/dict.ts';
import { PyError } from '../values/error.ts';
import { truthy } from '../values/iterate.ts';
import { concatenate } from '../values/operators.ts';
import { str } from '../values/print.ts';
import { type CallArgs, PyFunction, type Value } from '../values/value.ts';
import { ansibleFilters, ansibleTests } from './ansible.ts';

/** What a tool's functions may ask of the project. */
export interface PresetServices {
  /** Environment variables as they were when the templates were rendered; others are unknown. */
  readonly env: ReadonlyMap<string, string>;
  /** A file of the project; undefined where there is none, or the path leads out of it. */
  read(path: string): string | undefined;
}

/** The filters, tests and globals that a tool adds to Jinja2's own. */
export function presetLibrary(preset: PresetName, services: PresetServices): Library {
  switch (preset) {
    case 'ansible':
      return {
        filters: qualified(ansibleFilters),
        tests: qualified(ansibleTests),
        globals: new Map<string, Value>([
          ['lookup', new RenderingFunction((call, frame) => lookup(call, services, frame))],
          ['now', new PyFunction('now', ansibleNow)],
          ['ansible_date_time', new AnsibleDateTime()],
          ['ansible_facts', new AnsibleFacts()],
        ]),
      };
    case 'j2cli':
    case 'jinjanator':
      return {
        filters: new Map([
          ['env', define('env(varname, default=None)', (_, name = none) => variable(str(name), services))],
        ]),
        tests: new Map(),
        globals: new Map([['env', new PyFunction('env', ({ args }) => variable(str(args[0] ?? null), services))]]),
      };
    case 'library':
    case 'jinja2-cli':
      return { filters: new Map(), tests: new Map(), globals: new Map() };
  }
}

/** Each also by its full name, `ansible.builtin.to_yaml`. */
function qualified<T>(table: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(
    Object.entries(table).flatMap(([name, each]) => [
      [name, each],
      [`ansible.builtin.${name}`, each],
    ]),
  );
}

const nowSignature = signature('now(utc=False, fmt=None)');

function ansibleNow(call: CallArgs): Value {
  const [utc = null, format = null] = bind(nowSignature, call);
  const moment: Moment = { shifts: [], midnight: false, ...(truthy(utc) ? { zone: 'UTC' } : {}) };
  if (!hasClock()) throw new PyError('ClockError', 'now()');
  return truthy(format) ? dateText(moment, str(format)) : new PyMoment('datetime', moment);
}

function variable(name: string, services: PresetServices): Value {
  const value = services.env.get(name);
  if (value !== undefined) return value;
  throw new PyError('UndefinedError', `the environment variable ${name} is not set in jinja.env of dig2argo.yaml`);
}

function lookup({ args, kwargs }: CallArgs, services: PresetServices, frame: Frame): Value {
  const [kind = null, ...terms] = args;
  const plugin = str(kind).replace(/^ansible\.builtin\./, '');
  if (plugin === 'template') return templates(terms, kwargs, frame);
  const texts = terms.map((term) => {
    switch (plugin) {
      case 'env':
        return str(variable(str(term), services));
      case 'file': {
        const text = services.read(str(term));
        if (text === undefined) throw new PyError('TemplateNotFound', str(term));
        return text.trimEnd();
      }
      case 'pipe': {
        const text = hasClock() ? shellDate(str(term)) : undefined;
        if (text !== undefined) return text;
        throw new PyError('UnsupportedError', `lookup('pipe', '${str(term)}')`);
      }
      default:
        throw new PyError('UnsupportedError', `lookup('${plugin}')`);
    }
  });
  return texts.join(',');
}

/** What the templates print keeps its tags. */
function templates(terms: readonly Value[], kwargs: ReadonlyMap<string, Value>, frame: Frame): Value {
  const other = [...kwargs.keys()].find((name) => name !== 'template_vars' && name !== 'convert_data');
  if (other !== undefined) throw new PyError('UnsupportedError', `${other} of lookup('template')`);
  const given = bare(kwargs.get('template_vars') ?? null);
  const variables = new Map(
    given instanceof PyDict ? given.pairs().map(([name, value]): [string, Value] => [str(name), value]) : [],
  );
  const texts = terms.map((term) => renderedText(str(term), frame, variables));
  return concatenate(texts.flatMap((text, at) => (at === 0 ? [text] : [',', text])));
}
