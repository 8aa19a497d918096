import { bare, note, peek } from '../tags/tracker.ts';
import { PyDict } from '../values/dict.ts';
import { PyError, typeError, valueError } from '../values/error.ts';
import { truthy } from '../values/iterate.ts';
import { escapeHtml, escapeText, unescapeHtml } from '../values/markup.ts';
import { stripTags } from '../values/methods-markup.ts';
import { repr, str } from '../values/print.ts';
import { failUndefined, isText, textOf, typeName } from '../values/types.ts';
import { Markup, Undefined, type Value } from '../values/value.ts';
import { define, type Filter, none } from './filter.ts';

function escaped(value: Value): Markup {
  const plain = peek(value);
  return new Markup(escapeText(isText(plain) ? plain : str(plain)));
}

/** `~` under autoescape: Markup as soon as one part is. */
export function joinMarkup(values: readonly Value[]): Value {
  if (!values.some((value) => bare(value) instanceof Markup)) return values.map(str).join('');
  return new Markup(values.map(escapedText).join(''));
}

function escapedText(value: Value): string {
  const plain = peek(value);
  return escapeText(isText(plain) ? plain : str(plain));
}

/** join() under autoescape. */
export function joinEscaped(items: readonly Value[], separator: Value): Value {
  const by = peek(separator);
  if (by instanceof Markup || items.some((item) => bare(item) instanceof Markup)) {
    return new Markup(items.map(escapedText).join(escapedText(separator)));
  }
  return items.map(str).join(str(separator));
}

function xmlAttributes(value: Value): string {
  const plain = peek(value);
  if (plain instanceof Undefined) failUndefined(plain);
  if (!(plain instanceof PyDict))
    throw new PyError('AttributeError', `'${typeName(plain)}' object has no attribute 'items'`);
  note(plain.shape);
  const attributes: string[] = [];
  for (const [key, item] of plain.pairs()) {
    const shown = peek(item);
    if (shown === null || shown instanceof Undefined) continue;
    const named = peek(key);
    if (!isText(named)) throw typeError(`expected string or bytes-like object, got '${typeName(named)}'`);
    const name = textOf(named);
    if (/[ \t\n\r\f\v/>=]/.test(name)) throw valueError(`Invalid character in attribute name: ${repr(key)}`);
    attributes.push(`${escapeHtml(name)}="${escapedText(item)}"`);
  }
  return attributes.join(' ');
}

export const htmlFilters: Readonly<Record<string, Filter>> = {
  e: define('escape(s)', (_, value = none) => escaped(value)),
  escape: define('escape(s)', (_, value = none) => escaped(value)),
  forceescape: define('do_forceescape(value)', (_, value = none) => new Markup(escapeHtml(str(value)))),
  safe: define('do_mark_safe(value)', (_, value = none) => new Markup(str(value))),
  striptags: define('do_striptags(value)', (_, value = none) => unescapeHtml(stripTags(str(value)))),
  xmlattr: define('do_xmlattr(eval_ctx, d, autospace=True)', (runtime, value = none, autospace = none) => {
    const attributes = xmlAttributes(value);
    const text = attributes !== '' && truthy(autospace) ? ` ${attributes}` : attributes;
    return runtime.autoescape ? new Markup(text) : text;
  }),
};
