import { type Node, parse } from 'acorn';
import type { DigTextPart } from './find.ts';

export type TemplateSource =
  | {
      readonly kind: 'source';
      readonly source: string;
      readonly globals: string;
      /** All names in the source: no other parameter can matter to it. Absent where it can reach parameters by other ways. */
      readonly names?: ReadonlySet<string>;
    }
  | { readonly kind: 'invalid'; readonly message: string };

const known = new Map<string, TemplateSource>();
const MOST = 5000;

/**
 * The JavaScript function body that Digdag makes of a string, checked as ES5.
 * It is built as Digdag's `digdag.js` builds it, since an expression is pasted in as text and may see what surrounds it.
 */
export function templateSource(text: string, parts: readonly DigTextPart[]): TemplateSource {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= MOST) known.clear();
  const made = build(text, parts);
  known.set(text, made);
  return made;
}

function build(text: string, parts: readonly DigTextPart[]): TemplateSource {
  let body = "__p+='";
  for (const part of parts) {
    if (part.kind === 'text') body += quoted(part.text);
    else if (part.source !== '')
      body += `'+\n((__t=(${part.source}))==null?'':(typeof __t=="string"?__t:JSON.stringify(__t)))+\n'`;
  }
  const source = `with(this){\nvar __t,__p='',__j=Array.prototype.join,print=function(){__p+=__j.call(arguments,'');};\n${body}';\nreturn __p;\n\n}\n`;
  let names: ReadonlySet<string> | undefined;
  try {
    names = namesIn(parse(source, { ecmaVersion: 5, allowReturnOutsideFunction: true }), body);
  } catch (error) {
    return {
      kind: 'invalid',
      message: `SyntaxError: ${error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, '') : 'not JavaScript'}`,
    };
  }
  return { kind: 'source', source, globals: leftovers(text, parts), ...(names === undefined ? {} : { names }) };
}

/** Undefined for code that may look at all parameters (`this`) or make new code. */
function namesIn(program: Node, body: string): ReadonlySet<string> | undefined {
  if (/\b(?:this|eval|Function|constructor|valueOf|hasOwnProperty|propertyIsEnumerable|__\w+__)\b|\\u/.test(body))
    return undefined;
  const names = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('type' in value && value.type === 'Identifier' && 'name' in value) names.add(String(value.name));
    for (const part of Object.values(value)) walk(part);
  };
  walk(program);
  return names;
}

/** Digdag's template function leaves its own working variables behind as globals; expressions can see them. */
function leftovers(text: string, parts: readonly DigTextPart[]): string {
  const last = parts.at(-1);
  if (last?.kind !== 'expression') return JSON.stringify({ m: ['', null], all: '', match: null });
  const all = text.slice(last.start);
  return JSON.stringify({ m: [all, all.slice(2)], all, match: all.slice(2) });
}

function quoted(text: string): string {
  return text.replace(
    /\\|'|\r|\n|\u2028|\u2029/g,
    (char) => `\\${({ '\r': 'r', '\n': 'n', '\u2028': 'u2028', '\u2029': 'u2029' } as const)[char] ?? char}`,
  );
}
