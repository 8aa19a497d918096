import { type Document, isMap, isPair, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { compareText } from '../core/order.ts';
import { indexLines, type LineIndex, type SourceFile, type SourceSpan } from '../core/source.ts';
import type { Loaded, Replacement, RuleSet } from './rule-set.ts';
import { type Rule, type RuleKind, type RuleOf, ruleKinds, ruleSchema } from './schema.ts';

/** Rules in the order of their layers: those of the package, of the project, of `--rules`. A later file replaces a rule of the same id. */
export function loadRules(files: readonly SourceFile[], sink: DiagnosticSink): RuleSet {
  const byId = new Map<string, { rule: Loaded; layer: number }>();
  const replacements: Replacement[] = [];
  for (const [layer, file] of files.entries()) {
    const rule = loadRule(file, sink);
    if (rule === undefined) continue;
    const known = byId.get(rule.id)?.rule;
    if (known !== undefined) {
      replacements.push({ id: rule.id, by: rule.at.file, replaced: known.at.file });
      sink.add(
        diagnose(
          'RULE_REPLACED',
          { id: rule.id, by: rule.at.file, replaced: known.at.file },
          { span: rule.at, related: [{ span: known.at, note: 'the replaced rule' }] },
        ),
      );
    }
    byId.set(rule.id, { rule, layer });
  }
  const rules = [...byId.values()]
    .sort((a, b) => precedence(b, files) - precedence(a, files) || compareText(a.rule.id, b.rule.id))
    .map((entry) => entry.rule);
  return { byKind: groupByKind(rules), byId: new Map(rules.map((rule) => [rule.id, rule])), replacements };
}

/** Rules of one folder are of one layer: their ids decide, not the order in which files were listed. */
function precedence(entry: { rule: Loaded; layer: number }, files: readonly SourceFile[]): number {
  const root = rootOf(entry.rule.at.file);
  return files.findIndex((file) => rootOf(file.path) === root);
}

function rootOf(path: string): string {
  return path.split('/').slice(0, -2).join('/');
}

/** One rule file, checked strictly; undefined where a diagnostic was added. */
function loadRule(file: SourceFile, sink: DiagnosticSink): Loaded | undefined {
  const lines = indexLines(file);
  const document = parseDocument(file.text);
  for (const error of document.errors)
    sink.add(
      diagnose(
        'RULE_SYNTAX',
        { problem: error.message.split('\n')[0] ?? '' },
        { span: lines.span(error.pos[0], error.pos[1]) },
      ),
    );
  if (document.errors.length > 0) return undefined;
  const parsed = ruleSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!parsed.success) {
    for (const issue of parsed.error.issues.flatMap((found) => innermost(found, []))) {
      sink.add(
        diagnose(
          'RULE_INVALID',
          { path: issue.path.join('.'), problem: issue.message },
          { span: spanAt(document, issue.path, lines) },
        ),
      );
    }
    return undefined;
  }
  const at = spanAt(document, ['id'], lines);
  const expected = `${parsed.data.kind}-${(file.path.split('/').at(-1) ?? '').replace(/\.ya?ml$/, '')}`;
  if (parsed.data.id !== expected) {
    sink.add(diagnose('RULE_NAME', { id: parsed.data.id, expected }, { span: at }));
    return undefined;
  }
  return { ...parsed.data, at };
}

interface FlatIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of a union's branches the one that got furthest says what is wrong. */
function innermost(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): readonly FlatIssue[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: 'unknown key' }));
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, message: issue.message }];
  const branches = issue.errors.map((errors) => errors.flatMap((inner) => innermost(inner, path)));
  const depth = (branch: readonly FlatIssue[]): number => Math.max(...branch.map((inner) => inner.path.length));
  const best = branches.reduce((a, b) =>
    depth(b) > depth(a) || (depth(b) === depth(a) && b.length < a.length) ? b : a,
  );
  return depth(best) > path.length ? best : [{ path, message: issue.message }];
}

/** The span of the key (or item) at a path; of its nearest present parent where it is missing. */
function spanAt(document: Document, path: readonly PropertyKey[], lines: LineIndex): SourceSpan {
  let node: unknown = document.contents;
  let found: Node | undefined;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
      );
      if (pair === undefined) break;
      if (isScalar(pair.key)) found = pair.key;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      if (isScalar(node) || isMap(node) || isSeq(node)) found = node;
    } else break;
  }
  const range = found?.range ?? [0, 0];
  return lines.span(range[0], range[1]);
}

function groupByKind(rules: readonly Loaded[]): RuleSet['byKind'] {
  const of = <K extends RuleKind>(kind: K): readonly Loaded<RuleOf<K>>[] =>
    rules.filter((rule: Rule): rule is Loaded<RuleOf<K>> => rule.kind === kind);
  // One entry per kind, each typed by its own key; the compiler cannot follow that through Object.fromEntries.
  return Object.fromEntries(ruleKinds.map((kind) => [kind, of(kind)])) as RuleSet['byKind'];
}
