import { type Document, isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { indexLines, type LineIndex, type SourceFile, type SourceSpan } from '../core/source.ts';
import { type Config, configSchema, emptyConfig } from './schema.ts';

/** A broken configuration ends the run (exit code 2): guessing on would convert something nobody asked for. */
export function loadConfig(source: SourceFile | undefined, sink: DiagnosticSink): Config | undefined {
  if (source === undefined || source.text.trim() === '') return emptyConfig;
  const lines = indexLines(source);
  const document = parseDocument(hidePlaceholders(source.text), { lineCounter: new LineCounter() });
  for (const error of document.errors)
    sink.add(
      diagnose(
        'CONFIG_SYNTAX',
        { problem: firstLine(error.message) },
        { span: lines.span(error.pos[0], error.pos[1]) },
      ),
    );
  if (document.errors.length > 0) return undefined;
  const parsed = configSchema.safeParse(showPlaceholders(document.toJS({ maxAliasCount: 100 })) ?? {});
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
    sink.add(
      diagnose(
        'CONFIG_INVALID',
        { path: path.join('.'), problem: issue.message },
        { span: spanAt(document, path, lines) },
      ),
    );
  }
  return undefined;
}

/**
 * `vars/{env}.yaml` is meant as text also where YAML's brackets would make a map of `{env}`: the braces of placeholders
 * inside a word are hidden from the parser, one character for one, so that positions stay true.
 */
function hidePlaceholders(text: string): string {
  return text.replaceAll(
    /(?<=[\w/.:=-])\{(\w+)\}|\{(\w+)\}(?=[\w/.=-])/g,
    (_, after?: string, before?: string) => `\uE000${after ?? before ?? ''}\uE001`,
  );
}

function showPlaceholders(data: unknown): unknown {
  if (typeof data === 'string') return data.replaceAll('\uE000', '{').replaceAll('\uE001', '}');
  if (Array.isArray(data)) return data.map(showPlaceholders);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [String(showPlaceholders(key)), showPlaceholders(value)]),
  );
}

/** The span of the key (or item) at a path; of its nearest present parent where it is missing. */
function spanAt(document: Document, path: readonly PropertyKey[], lines: LineIndex): SourceSpan {
  let node: unknown = document.contents;
  let found: Node | undefined;
  for (const step of path) {
    if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (isNode(item)) found = item;
      node = item;
      continue;
    }
    if (!isMap(node)) break;
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
    );
    if (pair === undefined) break;
    if (isScalar(pair.key)) found = pair.key;
    node = pair.value;
  }
  const range = found?.range ?? [0, 0];
  return lines.span(range[0], range[1]);
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
