import { type RepoPath, repoPath, type SourceFile } from '../../core/source.ts';
import { textOf } from '../../ir/build-value.ts';
import { staticText } from '../../ir/read-value.ts';
import type { TextPart, TextValue, Value } from '../../ir/value.ts';

/** Stand in a rendered text for the run-time parts that the launcher gave the template. */
const FIRST_MARK = 0xf8000;

export type JinjaValues =
  | {
      readonly kind: 'values';
      /** The values as a variable file, marks for what is known only at run time. */
      readonly file: SourceFile;
      /** A rendered document with the run-time parts in the place of their marks. */
      readonly restore: (document: Value) => Value;
    }
  | { readonly kind: 'problem'; readonly problem: string };

/** Values that a launcher gives to a Jinja2 template. A value known only at run time may only be printed: what else the template does with it cannot be worked out. */
export function jinjaValues(values: ReadonlyMap<string, TextValue>, template: SourceFile): JinjaValues {
  const runtime = [...values].filter(([, value]) => staticText(value) === undefined).map(([name]) => name);
  const misused = runtime.find((name) => !isOnlyPrinted(name, template.text));
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
  const marks: TextPart[] = [];
  const lines = [...values].map(([name, value]) => {
    const written = value.parts
      .map((part) => (part.kind === 'runtime' ? String.fromCodePoint(FIRST_MARK + marks.push(part) - 1) : part.text))
      .join('');
    return `${JSON.stringify(name)}: ${JSON.stringify(written)}\n`;
  });
  return {
    kind: 'values',
    file: { path: valuesPath(template.path), text: lines.join('') },
    restore: (document) => restored(document, marks),
  };
}

function valuesPath(template: RepoPath): RepoPath {
  return repoPath(`${template}.values`);
}

/** Every tag that names the variable is `{{ name }}`. */
function isOnlyPrinted(name: string, template: string): boolean {
  const tags = [...template.matchAll(/\{\{([\s\S]*?)\}\}|\{%([\s\S]*?)%\}/g)];
  return tags.every(([, printed, statement]) => {
    const inside = printed ?? statement ?? '';
    if (!new RegExp(`(?<![\\w.])${name}\\b`).test(inside)) return true;
    return printed !== undefined && inside.replace(/^[-+]|[-+]$/g, '').trim() === name;
  });
}

function restored(value: Value, marks: readonly TextPart[]): Value {
  switch (value.kind) {
    case 'text': {
      const parts = value.parts.flatMap((part) => (part.kind === 'runtime' ? [part] : unmarked(part, marks)));
      return { ...value, parts: textOf(parts, value.from).parts };
    }
    case 'scalar':
      return value;
    case 'list':
      return { ...value, items: value.items.map((item) => restored(item, marks)) };
    case 'map':
      return { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, restored(entry, marks)])) };
  }
}

function unmarked(part: Exclude<TextPart, { kind: 'runtime' }>, marks: readonly TextPart[]): readonly TextPart[] {
  return part.text.split(/([\u{F8000}-\u{FFFFD}])/u).flatMap((piece): TextPart[] => {
    const mark = marks[(piece.codePointAt(0) ?? 0) - FIRST_MARK];
    if (mark !== undefined) {
      const name = part.kind === 'variable' ? part.variable : undefined;
      return [mark.kind === 'runtime' && name !== undefined ? { ...mark, name } : mark];
    }
    return piece === '' ? [] : [{ ...part, text: piece }];
  });
}
