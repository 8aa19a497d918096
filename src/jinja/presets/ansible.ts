import { createHash } from 'node:crypto';
import { DiagnosticList } from '../../core/diagnose.ts';
import { messageOf } from '../../core/messages.ts';
import { repoPath } from '../../core/source.ts';
import { readPythonYaml } from '../../yaml/py/read-yaml.ts';
import { PyEpoch } from '../clock/moments.ts';
import { dateText } from '../clock/render-clock.ts';
import { define, type Filter, none } from '../filters/filter.ts';
import { fromRich } from '../tags/rich.ts';
import { bare, note, peek } from '../tags/tracker.ts';
import { define as defineTest, type Test } from '../tests/test.ts';
import { compareValues, contains } from '../values/compare.ts';
import { PyDict } from '../values/dict.ts';
import { PyError, typeError } from '../values/error.ts';
import { listOf, truthy } from '../values/iterate.ts';
import { dumpJson } from '../values/json.ts';
import { indexOf } from '../values/number.ts';
import { str } from '../values/print.ts';
import { failUndefined, typeName } from '../values/types.ts';
import { PyFloat, PyList, PyTuple, Undefined, type Value } from '../values/value.ts';
import { fromPyNode } from '../variables.ts';
import { comment } from './comment.ts';
import { option, refuseOthers } from './keyword-arguments.ts';
import { regexFilters, regexTests, textArgument } from './regex.ts';
import { dumpYaml } from './yaml-dump.ts';

function toJson(value: Value, kwargs: Value, nice: boolean): Value {
  refuseOthers(kwargs, 'to_json', ['indent', 'sort_keys']);
  const indent = option(kwargs, 'indent');
  const sort = option(kwargs, 'sort_keys');
  const columns = indent === undefined || peek(indent) === null ? (nice ? 4 : undefined) : indexOf(peek(indent));
  return fromRich(
    dumpJson(value, {
      indent: columns === undefined ? undefined : ' '.repeat(Math.max(0, Math.min(columns, 100))),
      sortKeys: sort === undefined ? nice : truthy(sort),
      htmlSafe: false,
    }),
  );
}

function toYaml(value: Value, kwargs: Value, nice: boolean): Value {
  refuseOthers(kwargs, 'to_yaml', ['indent', 'sort_keys', 'default_flow_style', 'width']);
  const style = option(kwargs, 'default_flow_style');
  const asked = indexOf(peek(option(kwargs, 'indent') ?? (nice ? 4 : 2)));
  const indent = asked > 1 && asked < 10 ? asked : 2;
  const leaves = style === undefined ? !nice : peek(style) === null;
  const text = dumpYaml(value, {
    indent,
    flow: leaves ? 'leaves' : style !== undefined && truthy(style) ? 'always' : 'never',
    sortKeys: truthy(option(kwargs, 'sort_keys') ?? true),
    width: lineWidth(option(kwargs, 'width'), indent),
  });
  // Ansible's dumper is libyaml's where there is one, which marks no end behind a single plain scalar.
  return text.replace(/\n\.\.\.\n$/, '\n');
}

/** libyaml takes 80 for what leaves no room, and breaks no line for what is negative. */
function lineWidth(given: Value | undefined, indent: number): number {
  const plain = given === undefined ? null : peek(given);
  if (plain === null) return 80;
  const width = indexOf(plain);
  if (width < 0) return Number.POSITIVE_INFINITY;
  return width <= 2 * indent ? 80 : width;
}

function fromYaml(value: Value): Value {
  const sink = new DiagnosticList();
  const node = readPythonYaml({ path: repoPath('from_yaml'), text: textArgument(value) }, sink);
  const [problem] = sink.items;
  if (node === undefined) throw new PyError('ValueError', problem === undefined ? 'no YAML' : messageOf(problem));
  return node === null ? null : fromPyNode(node);
}

function combine(first: Value, others: readonly Value[], kwargs: Value): Value {
  refuseOthers(kwargs, 'combine', ['recursive', 'list_merge']);
  const lists = option(kwargs, 'list_merge');
  if (lists !== undefined && str(lists) !== 'replace')
    throw new PyError('UnsupportedError', `combine with list_merge=${str(lists)}`);
  const recursive = truthy(option(kwargs, 'recursive') ?? false);
  const terms = [first, ...others].flatMap((term) => {
    const plain = peek(term);
    return plain instanceof PyList ? plain.items : [term];
  });
  return terms.reduce((merged: Value, term) => mergeDicts(merged, term, recursive), new PyDict());
}

function mergeDicts(left: Value, right: Value, recursive: boolean): PyDict {
  const [a, b] = [peek(left), peek(right)];
  if (b instanceof Undefined) failUndefined(b);
  if (!(a instanceof PyDict) || !(b instanceof PyDict))
    throw typeError(`failed to combine variables, expected dicts but got a '${typeName(b)}'`);
  note(b.shape);
  const merged = new PyDict(a.pairs(), a.shape);
  for (const [key, value] of b.pairs()) {
    const known = merged.get(key);
    const deep = recursive && known !== undefined && bare(known) instanceof PyDict && bare(value) instanceof PyDict;
    merged.set(key, deep ? mergeDicts(known, value, true) : value);
  }
  return merged;
}

function toBool(value: Value): Value {
  const plain = peek(value);
  if (typeof plain === 'boolean') return plain;
  if (plain instanceof Undefined) return failUndefined(plain);
  if (plain instanceof PyFloat) return plain.n === 1;
  return ['yes', 'on', '1', 'true'].includes(str(plain).toLowerCase());
}

function flatten(value: Value, levels: number): Value[] {
  return listOf(value).flatMap((item) => {
    const plain = bare(item);
    if (plain === null) return [];
    return (plain instanceof PyList || plain instanceof PyTuple) && levels > 0 ? flatten(item, levels - 1) : [item];
  });
}

function isIn(items: readonly Value[], sought: Value): boolean {
  return contains(new PyList([...items]), sought);
}

function distinct(items: readonly Value[]): Value[] {
  const kept: Value[] = [];
  for (const item of items) if (!isIn(kept, item)) kept.push(item);
  return kept;
}

function hashed(value: Value, kind: string): string {
  if (!['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].includes(kind))
    throw new PyError('UnsupportedError', `the hash ${kind}`);
  return createHash(kind).update(textArgument(value), 'utf8').digest('hex');
}

function shellQuote(text: string): string {
  if (text === '') return "''";
  return /^[\w@%+=:,./-]+$/.test(text) && !/[^\x00-\x7f]/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}

function sets(name: string, choose: (a: Value[], b: Value[]) => Value[]): Filter {
  return define(`${name}(a, b)`, (_, a = none, b = none) => new PyList(distinct(choose(listOf(a), listOf(b)))));
}

const text =
  (change: (text: string) => Value): Filter['run'] =>
  (_, value = none) =>
    change(textArgument(value));

function itemsOf(value: Value, keyName: Value, valueName: Value): Value {
  const plain = peek(value);
  if (plain instanceof Undefined) return failUndefined(plain);
  if (!(plain instanceof PyDict)) throw typeError(`dict2items requires a dictionary, got ${typeName(plain)} instead.`);
  note(plain.shape);
  return new PyList(
    plain.pairs().map(
      ([key, item]) =>
        new PyDict([
          [keyName, key],
          [valueName, item],
        ]),
    ),
    plain.shape,
  );
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderPart(path: string): string {
  const head = path.slice(0, path.lastIndexOf('/') + 1);
  return /^\/+$/.test(head) ? head : head.replace(/\/+$/, '');
}

export const ansibleFilters: Readonly<Record<string, Filter>> = {
  ...regexFilters,
  b64decode: define(
    "b64decode(string, encoding='utf-8')",
    text((value) => Buffer.from(value, 'base64').toString('utf8')),
  ),
  b64encode: define(
    "b64encode(string, encoding='utf-8')",
    text((value) => Buffer.from(value, 'utf8').toString('base64')),
  ),
  basename: define('basename(p)', text(lastPart)),
  bool: define('to_bool(a)', (_, value = none) => toBool(value)),
  checksum: define('checksum_s(data)', (_, value = none) => hashed(value, 'sha1')),
  comment,
  combine: define('combine(*terms, **kwargs)', (_, terms = none, kwargs = none) => {
    const [first = none, ...others] = listOf(terms);
    return combine(first, others, kwargs);
  }),
  dict2items: define(
    "dict_to_list_of_dict_key_value_elements(mydict, key_name='key', value_name='value')",
    (_, value = none, key = none, name = none) => itemsOf(value, key, name),
  ),
  difference: sets('difference', (a, b) => a.filter((item) => !isIn(b, item))),
  dirname: define('dirname(p)', text(folderPart)),
  flatten: define(
    'flatten(mylist, levels=None, skip_nulls=True)',
    (_, value = none, levels = none) => new PyList(flatten(value, peek(levels) === null ? 100 : indexOf(peek(levels)))),
  ),
  from_json: define('from_json(a)', (_, value = none) => fromYaml(value)),
  from_yaml: define('from_yaml(data)', (_, value = none) => fromYaml(value)),
  hash: define("get_hash(data, hashtype='sha1')", (_, value = none, kind = none) => hashed(value, str(kind))),
  intersect: sets('intersect', (a, b) => a.filter((item) => isIn(b, item))),
  items2dict: define(
    "list_of_dict_key_value_elements_to_dict(mylist, key_name='key', value_name='value')",
    (_, value = none, keyName = none, valueName = none) => {
      const pairs = listOf(value).map((item): [Value, Value] => {
        const plain = peek(item);
        const [key, content] = plain instanceof PyDict ? [plain.get(keyName), plain.get(valueName)] : [];
        if (key === undefined || content === undefined) throw new PyError('KeyError', str(keyName));
        return [key, content];
      });
      return new PyDict(pairs);
    },
  ),
  mandatory: define('mandatory(a, msg=None)', (_, value = none, message = none) => {
    const plain = bare(value);
    if (!(plain instanceof Undefined)) return value;
    if (peek(message) !== null) throw new PyError('UndefinedError', str(message));
    return failUndefined(plain);
  }),
  md5: define('md5s(data)', (_, value = none) => hashed(value, 'md5')),
  quote: define('quote(a)', (_, value = none) => shellQuote(peek(value) === null ? '' : textArgument(value))),
  sha1: define('checksum_s(data)', (_, value = none) => hashed(value, 'sha1')),
  split: define(
    'split(string, sep=None, maxsplit=-1)',
    (_, value = none, separator = none) =>
      new PyList(
        peek(separator) === null
          ? textArgument(value)
              .split(/\s+/)
              .filter((part) => part !== '')
          : textArgument(value).split(str(separator)),
      ),
  ),
  splitext: define(
    'splitext(p)',
    text((path) => {
      const name = lastPart(path);
      const dot = name.replace(/^\.+/, (dots) => '_'.repeat(dots.length)).lastIndexOf('.');
      const extension = dot < 0 ? '' : name.slice(dot);
      return new PyTuple([path.slice(0, path.length - extension.length), extension]);
    }),
  ),
  strftime: define('strftime(string_format, second=None, utc=False)', (_, format = none, second = none, utc = none) => {
    const given = peek(second);
    const zone = truthy(utc) ? { zone: 'UTC' } : {};
    if (given === null) return dateText({ shifts: [], midnight: false, ...zone }, str(format));
    if (given instanceof PyEpoch) return dateText({ ...given.moment, ...zone }, str(format));
    throw new PyError('UnsupportedError', 'strftime of a given second');
  }),
  symmetric_difference: sets('symmetric_difference', (a, b) => [
    ...a.filter((item) => !isIn(b, item)),
    ...b.filter((item) => !isIn(a, item)),
  ]),
  ternary: define(
    'ternary(value, true_val, false_val, none_val=None)',
    (_, value = none, yes = none, no = none, nothing = none) =>
      peek(value) === null && peek(nothing) !== null ? nothing : truthy(value) ? yes : no,
  ),
  to_json: define('to_json(a, *args, **kw)', (_, value = none, _args = none, kwargs = none) =>
    toJson(value, kwargs, false),
  ),
  to_nice_json: define('to_nice_json(a, indent=None, **kw)', (_, value = none, indent = none, kwargs = none) => {
    const options = bare(kwargs);
    const given = options instanceof PyDict ? options.pairs() : [];
    return toJson(value, new PyDict([...given, ['indent', indent]]), true);
  }),
  to_nice_yaml: define(
    'to_nice_yaml(a, indent=4, *args, **kw)',
    (_, value = none, indent = none, _args = none, kwargs = none) => {
      const options = bare(kwargs);
      const given = options instanceof PyDict ? options.pairs() : [];
      return toYaml(value, new PyDict([...given, ['indent', indent]]), true);
    },
  ),
  to_yaml: define('to_yaml(a, *args, **kw)', (_, value = none, _args = none, kwargs = none) =>
    toYaml(value, kwargs, false),
  ),
  type_debug: define('type_debug(a)', (_, value = none) => typeName(peek(value))),
  union: sets('union', (a, b) => [...a, ...b]),
  zip: define('zip(*args)', (_, args = none) => {
    const lists = listOf(args).map(listOf);
    const length = Math.min(...lists.map((list) => list.length));
    return new PyList(Array.from({ length }, (_each, at) => new PyTuple(lists.map((list) => list[at] ?? null))));
  }),
};

const operators: Readonly<Record<string, '==' | '!=' | '<' | '<=' | '>' | '>='>> = {
  '==': '==',
  '=': '==',
  eq: '==',
  '!=': '!=',
  '<>': '!=',
  ne: '!=',
  '<': '<',
  lt: '<',
  '<=': '<=',
  le: '<=',
  '>': '>',
  gt: '>',
  '>=': '>=',
  ge: '>=',
};

/** LooseVersion: numbers and letters compared part by part. */
function versionParts(version: string): PyList {
  const parts = version.match(/\d+|[a-z]+|[^\da-z.]+/gi) ?? [];
  return new PyList(parts.map((part): Value => (/^\d+$/.test(part) ? Number(part) : part)));
}

const versionTest: Test = defineTest(
  "version_compare(value, version, operator='eq', strict=None, version_type=None)",
  (_, value = none, version = none, operator = none) => {
    const comparison = operators[str(operator)];
    if (comparison === undefined) throw new PyError('UnsupportedError', `the version operator ${str(operator)}`);
    return compareValues(comparison, versionParts(str(value)), versionParts(str(version)));
  },
);

export const ansibleTests: Readonly<Record<string, Test>> = {
  ...regexTests,
  all: defineTest('all(value)', (_, value = none) => listOf(value).every(truthy)),
  any: defineTest('any(value)', (_, value = none) => listOf(value).some(truthy)),
  contains: defineTest('contains(seq, value)', (_, sequence = none, value = none) => contains(sequence, value)),
  falsy: defineTest('falsy(value)', (_, value = none) => !truthy(value)),
  subset: defineTest('issubset(a, b)', (_, a = none, b = none) => listOf(a).every((item) => contains(b, item))),
  superset: defineTest('issuperset(a, b)', (_, a = none, b = none) => listOf(b).every((item) => contains(a, item))),
  truthy: defineTest('truthy(value)', (_, value = none) => truthy(value)),
  version: versionTest,
  version_compare: versionTest,
};
