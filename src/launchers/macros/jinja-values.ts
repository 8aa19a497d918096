import { escapeRegExp } from '../../core/escape-regexp.ts';
import { type RepoPath, repoPath, type SourceFile } from '../../core/source.ts';
import { textOf } from '../../ir/build-value.ts';
import { staticText } from '../../ir/read-value.ts';
import type { TextValue, Value } from '../../ir/value.ts';
import { canBeSpelled, SpelledTexts } from './spelled-texts.ts';

export type JinjaValues =
  | {
      readonly kind: 'values';
      /** The values as a variable file, marks for what is known only at run time. */
      readonly file: SourceFile;
      /** A rendered document with the run-time parts in the place of their marks. */
      readonly restore: (document: Value) => Value;
    }
  | { readonly kind: 'problem'; readonly problem: string };

/**
 * Values that a launcher gives to a Jinja2 template. A value known only at run time may only be printed, a date also cut and its
 * separators replaced: what else the template does with it cannot be worked out.
 */
export function jinjaValues(values: ReadonlyMap<string, TextValue>, template: SourceFile): JinjaValues {
  const runtime = [...values].filter(([, value]) => staticText(value) === undefined).map(([name]) => name);
  const misused = runtime.find((name) => !isOnlyPrinted(name, template.text, isDate(values.get(name))));
  if (misused !== undefined)
    return {
      kind: 'problem',
      problem: `the template ${template.path} does more with ${misused} than print it, and its value is known only at run time`,
    };
  if (runtime.length > 0 && /\{%-?\s*(?:include|import|from|extends)\b/.test(template.text))
    return {
      kind: 'problem',
      problem: `the template ${template.path} hands ${runtime.join(', ')} on to another one, and the value is known only at run time`,
    };
  const spelled = new SpelledTexts();
  const lines = [...values].map(([name, value]) => {
    const written = value.parts.map((part) => (part.kind === 'runtime' ? spelled.spell(part) : part.text)).join('');
    return `${JSON.stringify(name)}: ${JSON.stringify(written)}\n`;
  });
  return {
    kind: 'values',
    file: { path: valuesPath(template.path), text: lines.join('') },
    restore: (document) => restored(document, spelled),
  };
}

/** Whether nothing of it is known only at run time but dates that can be spelled. */
function isDate(value: TextValue | undefined): boolean {
  return value?.parts.every((part) => part.kind !== 'runtime' || canBeSpelled(part)) === true;
}

function valuesPath(template: RepoPath): RepoPath {
  return repoPath(`${template}.values`);
}

const text = `(?:'[^'\\\\]*'|"[^"\\\\]*")`;
/** A text without digits, which cannot stand inside a field of a date. */
const separator = `(?:'[^'\\\\0-9]+'|"[^"\\\\0-9]+")`;
const filters = [
  `\\s*\\|\\s*replace\\(\\s*${separator}\\s*,\\s*${text}\\s*\\)`,
  '\\s*\\|\\s*(?:upper|lower|trim|string|safe)\\b(?!\\()',
  `\\s*\\|\\s*d(?:efault)?\\(\\s*${text}\\s*\\)`,
  `\\.replace\\(\\s*${separator}\\s*,\\s*${text}\\s*\\)`,
  `\\.split\\(\\s*${separator}\\s*\\)\\[\\s*-?\\d+\\s*\\]`,
  '\\.(?:upper|lower|strip)\\(\\)',
  '\\[\\s*(?:-?\\d+)?\\s*:\\s*(?:-?\\d+)?\\s*\\]',
].join('|');

/** Every tag that names the variable is `{{ name }}`; a date may be cut and its separators replaced. */
function isOnlyPrinted(name: string, template: string, isDate: boolean): boolean {
  const tags = [...template.matchAll(/\{\{([\s\S]*?)\}\}|\{%([\s\S]*?)%\}/g)];
  const fits = new RegExp(`^${escapeRegExp(name)}${isDate ? `(?:${filters})*` : ''}$`);
  return tags.every(([, printed, statement]) => {
    const inside = printed ?? statement ?? '';
    if (!new RegExp(`(?<![\\w.])${name}\\b`).test(inside)) return true;
    return printed !== undefined && fits.test(inside.replace(/^[-+]|[-+]$/g, '').trim());
  });
}

function restored(value: Value, spelled: SpelledTexts): Value {
  switch (value.kind) {
    case 'text': {
      const parts = spelled.read(value.parts);
      return { ...value, parts: textOf(parts, value.from).parts };
    }
    case 'scalar':
      return value;
    case 'list':
      return { ...value, items: value.items.map((item) => restored(item, spelled)) };
    case 'map':
      return { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, restored(entry, spelled)])) };
  }
}
