import type { ExprNode } from './ast.ts';
import { type Builtin, builtin, textOf } from './builtin.ts';
import { sameLength } from './builtins.ts';
import { any } from './nature.ts';
import { Refusal } from './outcome.ts';
import { sprigMore } from './sprig-more.ts';
import { type GoValue, nil, stringValue } from './value.ts';

const texts = ['string'] as const;

/** The functions of sprig 3.3 that are evaluated here; the rest is refused. */
export const sprigBuiltins: Readonly<Record<string, Builtin>> = {
  ...sprigMore,
  upper: builtin([texts], 0, 'string', ([text]) => stringValue(sameLength(textOf(text), textOf(text).toUpperCase()))),
  lower: builtin([texts], 0, 'string', ([text]) => stringValue(sameLength(textOf(text), textOf(text).toLowerCase()))),
  trim: builtin([texts], 0, 'string', ([text]) => stringValue(asciiOnly(textOf(text)).trim())),
  replace: builtin([texts, texts, texts], 0, 'string', ([search, by, text]) =>
    stringValue(replaced(textOf(text), textOf(search), textOf(by))),
  ),
  contains: builtin([texts, texts], 0, 'bool', ([part, text]) => ({
    kind: 'bool',
    value: textOf(text).includes(textOf(part)),
  })),
  hasPrefix: builtin([texts, texts], 0, 'bool', ([part, text]) => ({
    kind: 'bool',
    value: textOf(text).startsWith(textOf(part)),
  })),
  hasSuffix: builtin([texts, texts], 0, 'bool', ([part, text]) => ({
    kind: 'bool',
    value: textOf(text).endsWith(textOf(part)),
  })),
  default: builtin(['any', 'any'], 0, any, ([otherwise, value]) =>
    isEmpty(value ?? nil) ? (otherwise ?? nil) : (value ?? nil),
  ),
  empty: builtin(['any'], 0, 'bool', ([value]) => ({ kind: 'bool', value: isEmpty(value ?? nil) })),
};

export function isSprig(callee: Extract<ExprNode, { kind: 'member' }>): boolean {
  return callee.of.kind === 'identifier' && callee.of.name === 'sprig';
}

function isEmpty(value: GoValue): boolean {
  if (value.kind === 'string') return value.value === '';
  if (value.kind === 'nil') return true;
  if (value.kind === 'bool') return !value.value;
  throw new Refusal(`whether a ${value.kind} is empty`);
}

function replaced(text: string, search: string, by: string): string {
  if (search === '') throw new Refusal('replacing the empty text');
  return text.split(search).join(by);
}

function asciiOnly(text: string): string {
  if (/[\ufeff\u0085]/.test(text)) throw new Refusal('unusual white space');
  return text;
}
