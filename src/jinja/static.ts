import type { Unit } from '../core/accounting.ts';
import { indexLines, type RepoPath, type SourceFile } from '../core/source.ts';
import { analyze, namesFromContext } from './analyze.ts';
import type { ParsedTemplate, TemplateTag } from './ast.ts';
import { defaultDelimiters, type JinjaEnvironment, type JinjaOptions, jinjaPresets } from './environment.ts';
import { loadTemplate } from './interpret.ts';
import { makeLexer } from './lexer.ts';
import { parseTemplate } from './parse-statement.ts';
import { PyError } from './values/error.ts';
import { expressionsBelow, statementsBelow } from './walk.ts';

/** Names a template takes from its context, sorted; empty where it does not parse. Python: meta.find_undeclared_variables. */
export function undeclaredVariables(path: RepoPath, environment: JinjaEnvironment): readonly string[] {
  const template = attempt(() => loadTemplate(path, environment));
  return template === undefined ? [] : [...namesFromContext(template)].sort();
}

/** Templates that include, import and extends tags name literally. Python: meta.find_referenced_templates. */
export function referencedTemplates(path: RepoPath, environment: JinjaEnvironment): readonly string[] {
  const template = attempt(() => loadTemplate(path, environment));
  const names = new Set<string>();
  for (const statement of statementsBelow(template?.parsed.body ?? [])) {
    if (
      statement.kind !== 'include' &&
      statement.kind !== 'import' &&
      statement.kind !== 'from' &&
      statement.kind !== 'extends'
    )
      continue;
    for (const node of expressionsBelow([{ ...statement, kind: 'include', ignoreMissing: false, withContext: false }]))
      if (node.kind === 'const' && typeof node.value === 'string') names.add(node.value);
  }
  return [...names];
}

/** The units of a template: every tag, and every line with literal text that is no comment. A broken template has none but its lines. */
export function templateUnits(source: SourceFile, options: JinjaOptions = jinjaPresets.library): readonly Unit[] {
  const lexer = makeLexer(options, options.delimiters ?? defaultDelimiters);
  const parsed = attempt((): ParsedTemplate => parseTemplate(source.text, source.path, lexer, options));
  const tags = parsed?.tags ?? [];
  const index = indexLines(source);
  const tagUnits = tags.map(
    (tag): Unit => ({ kind: 'template-tag', span: index.span(tag.origin.start, tag.origin.end), label: tag.label }),
  );
  return [...tagUnits, ...leafUnits(source, tags, options)];
}

function leafUnits(source: SourceFile, tags: readonly TemplateTag[], options: JinjaOptions): readonly Unit[] {
  const index = indexLines(source);
  const literal = blankTags(source.text, tags, options);
  const units: Unit[] = [];
  for (const match of source.text.matchAll(/[^\n]+/g)) {
    const rest = literal.slice(match.index, match.index + match[0].length).trim();
    if (rest === '' || rest.startsWith('#') || rest === '---' || rest === '...') continue;
    const text = match[0].trim();
    const start = match.index + match[0].indexOf(text);
    units.push({ kind: 'template-leaf', span: index.span(start, start + text.length), label: text });
  }
  return units;
}

/** The template with tags and template comments blanked, offsets kept; a print tag counts as text. */
function blankTags(text: string, tags: readonly TemplateTag[], options: JinjaOptions): string {
  const { commentStart, commentEnd } = options.delimiters ?? defaultDelimiters;
  const pieces = text.split('');
  const blank = (start: number, end: number, by: string): void => {
    for (let at = start; at < end; at += 1) if (pieces[at] !== '\n') pieces[at] = by;
  };
  for (let start = text.indexOf(commentStart); start >= 0; ) {
    const end = text.indexOf(commentEnd, start + commentStart.length);
    if (end < 0) break;
    blank(start, end + commentEnd.length, ' ');
    start = text.indexOf(commentStart, end + commentEnd.length);
  }
  for (const tag of tags) blank(tag.origin.start, tag.origin.end, tag.kind === 'print' ? 'x' : ' ');
  return pieces.join('');
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof PyError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Parses and analyses a template only to see its syntax errors. */
export function checkSyntax(
  source: SourceFile,
  options: JinjaOptions,
): { readonly line: number; readonly problem: string } | undefined {
  try {
    analyze(
      parseTemplate(source.text, source.path, makeLexer(options, options.delimiters ?? defaultDelimiters), options),
    );
    return undefined;
  } catch (error) {
    if (error instanceof PyError) return { line: error.line ?? 1, problem: error.message };
    throw error;
  }
}
