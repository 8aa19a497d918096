import { escapeRegExp } from '../../core/escape-regexp.ts';
import { text, textOf } from '../../ir/build-value.ts';
import { staticText } from '../../ir/read-value.ts';
import type { Provenance, TextPart } from '../../ir/value.ts';
import type { PyExpr } from '../../python/syntax.ts';
import { type Edit, editText } from '../macros/edit.ts';
import { macroName } from '../macros/macro-name.ts';
import { literalText, shapeOf } from '../shell/text-value.ts';
import type { PyReader } from './evaluate.ts';
import type { CallArguments } from './facts.ts';
import { namedTemplate, renderTemplate, startJob, variable } from './library.ts';
import { asText } from './operators.ts';
import { NONE, type PyModule, type PyValue, unknown } from './value.ts';

/** A method of a text, a list, a mapping, a template, or an object of the client. */
export function callMethod(
  reader: PyReader,
  { of, name }: Extract<PyValue, { kind: 'method' }>,
  args: CallArguments,
  at: PyExpr,
  module: PyModule,
): PyValue {
  const from = reader.place(at, module);
  if (/^create_namespaced_job$/.test(name)) return startJob(reader, args, at, module);
  if (of.kind === 'template' && name === 'render') return renderTemplate(reader, of.file, args, at, module);
  if (of.kind === 'text') return textMethod(reader, of, name, args, from);
  const [first] = args.positionals;
  if (of.kind === 'dict' && name === 'get_template' && first !== undefined)
    return namedTemplate(reader, of.entries, first, from);
  if (of.kind === 'dict') return dictMethod(of, name, args);
  if (of.kind === 'list') return listMethod(of, name, args);
  return unknown(of.kind === 'unknown' ? of.why : `${name}()`);
}

function textMethod(
  reader: PyReader,
  of: Extract<PyValue, { kind: 'text' }>,
  name: string,
  args: CallArguments,
  from: Provenance,
): PyValue {
  const written = staticText(of.text);
  const [first, second] = args.positionals.map((arg) => asText(arg, from));
  const known = (value: string | undefined): PyValue =>
    value === undefined
      ? unknown(`${name}() of a text known only at run time`)
      : { kind: 'text', text: literalText(value, from) };
  switch (name) {
    case 'read':
    case 'read_text':
    case 'strip':
    case 'rstrip':
    case 'lstrip':
    case 'encode':
    case 'decode':
      return name.endsWith('strip') && written !== undefined && args.positionals.length === 0
        ? known(written.trim())
        : of;
    case 'lower':
      return known(written?.toLowerCase());
    case 'upper':
      return known(written?.toUpperCase());
    case 'split': {
      const separator = first === undefined ? /\s+/ : staticText(first);
      if (written === undefined || separator === undefined) return unknown('split() of a text known only at run time');
      return {
        kind: 'list',
        items: written.split(separator).map((piece) => ({ kind: 'text', text: literalText(piece, from) })),
      };
    }
    case 'join': {
      const [items] = args.positionals;
      const texts = items?.kind === 'list' ? items.items.map((item) => asText(item, from)) : [undefined];
      const parts: TextPart[] = [];
      for (const [at, item] of texts.entries()) {
        if (item === undefined) return unknown('join() of values known only at run time');
        parts.push(...(at === 0 ? [] : of.text.parts), ...item.parts);
      }
      return { kind: 'text', text: textOf(parts, from) };
    }
    case 'replace': {
      const search = first === undefined ? undefined : staticText(first);
      if (search === undefined || second === undefined || search === '')
        return unknown('replace() of a text known only at run time');
      return { ...of, text: replaced(reader, of, search, second.parts) };
    }
    case 'format':
    case 'safe_substitute':
    case 'substitute':
      return formatted(of, args, from, name === 'format' ? /\{([A-Za-z_]\w*|\d*)\}/g : /\$(?:\{(\w+)\}|(\w+))/g);
    default:
      return unknown(`${name}()`);
  }
}

function replaced(
  reader: PyReader,
  of: Extract<PyValue, { kind: 'text' }>,
  search: string,
  by: readonly TextPart[],
): typeof of.text {
  const edit: Edit = {
    kind: 'replace',
    search: new RegExp(escapeRegExp(search), 'g'),
    by: [{ kind: 'parts', parts: by }],
    all: true,
    macro: macroName(search, reader.context.rules),
    rule: 'launcher-kubernetes-client',
  };
  return editText(of.text, edit, { used: () => undefined, undefinedName: () => undefined });
}

/** `'{name}'.format(name=…)` and `Template('$name').substitute(name=…)`. */
function formatted(
  of: Extract<PyValue, { kind: 'text' }>,
  args: CallArguments,
  from: Provenance,
  pattern: RegExp,
): PyValue {
  const [mapping] = args.positionals;
  const named = new Map([...(mapping?.kind === 'dict' ? mapping.entries : []), ...args.named]);
  let missing: string | undefined;
  let next = 0;
  const edit: Edit = {
    kind: 'names',
    pattern,
    lookup: (name) => {
      const value = /^\d*$/.test(name) ? args.positionals[name === '' ? next++ : Number(name)] : named.get(name);
      const found = value === undefined ? undefined : asText(value, from);
      if (found === undefined) missing ??= name;
      return found;
    },
    undefinedName: 'literal',
    rule: 'launcher-kubernetes-client',
  };
  // A pair of braces is one brace.
  const result = editText(of.text, edit, { used: () => undefined, undefinedName: () => undefined });
  if (missing !== undefined || /\{\{|\}\}/.test(shapeOf(result)))
    return unknown(missing === undefined ? 'a format with doubled braces' : `${missing} of a format`);
  return { ...of, text: result };
}

function dictMethod(of: Extract<PyValue, { kind: 'dict' }>, name: string, args: CallArguments): PyValue {
  const [key, fallback] = args.positionals;
  const written = key?.kind === 'text' ? staticText(key.text) : undefined;
  switch (name) {
    case 'get':
    case 'pop':
    case 'setdefault':
      return (written === undefined ? undefined : of.entries.get(written)) ?? fallback ?? NONE;
    case 'update':
      if (key?.kind === 'dict') for (const [each, value] of key.entries) of.entries.set(each, value);
      for (const [each, value] of args.named) of.entries.set(each, value);
      return NONE;
    case 'copy':
      return { kind: 'dict', entries: new Map(of.entries) };
    case 'items':
      return {
        kind: 'list',
        items: [...of.entries].map(
          ([each, value]): PyValue => ({
            kind: 'list',
            items: [{ kind: 'text', text: text(each, { via: 'default', reason: 'a key' }) }, value],
          }),
        ),
      };
    case 'values':
      return { kind: 'list', items: [...of.entries.values()] };
    default:
      return unknown(`${name}()`);
  }
}

function listMethod(of: Extract<PyValue, { kind: 'list' }>, name: string, args: CallArguments): PyValue {
  const [value] = args.positionals;
  if (name === 'append' && value !== undefined) of.items.push(value);
  else if (name === 'extend' && value?.kind === 'list') of.items.push(...value.items);
  else return unknown(`${name}()`);
  return NONE;
}

export function itemOf(reader: PyReader, of: PyValue, index: PyValue, from: Provenance): PyValue {
  const key = index.kind === 'text' ? staticText(index.text) : undefined;
  if (of.kind === 'dict' && key !== undefined) return of.entries.get(key) ?? unknown(`the key ${key}`);
  if (of.kind === 'list' && index.kind === 'scalar' && typeof index.value === 'number')
    return of.items.at(index.value) ?? unknown('an item beyond the end of a list');
  if (of.kind === 'library' && key !== undefined) return variable(reader, of.name, key, from);
  return unknown(of.kind === 'unknown' ? of.why : 'an item');
}

/** `name[:63]`: what is shorter in any case stays as it is. */
export function sliceOf(of: PyValue, start: PyValue | undefined, end: PyValue): PyValue {
  if (of.kind !== 'text' || (start !== undefined && !(start.kind === 'scalar' && start.value === 0)))
    return unknown('a slice');
  const written = staticText(of.text);
  if (end.kind !== 'scalar' || typeof end.value !== 'number') return unknown('a slice');
  // A name is cut to what Kubernetes allows; Argo gives names of its own.
  if (written === undefined) return end.value >= 40 ? of : unknown('a slice of a text known only at run time');
  return { kind: 'text', text: literalText(written.slice(0, end.value), of.text.from) };
}
