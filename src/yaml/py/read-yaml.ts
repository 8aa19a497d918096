import { isAlias, isMap, isNode, isScalar, isSeq, type Node, Scalar, type YAMLMap } from 'yaml';
import { diagnose } from '../../core/diagnose.ts';
import type { DiagnosticArgs, DiagnosticCode, DiagnosticSink } from '../../core/diagnostic.ts';
import type { SourceFile, SourceSpan } from '../../core/source.ts';
import { scalarText } from '../block-text.ts';
import type { Dialect } from '../dialect.ts';
import { type ParsedYaml, parseYaml } from '../documents.ts';
import { keyOf, type PyEntry, type PyMapNode, type PyNode, type PyScalarNode } from './node.ts';
import { pythonPlain, pythonTagged } from './scalar.ts';

/** Only what decides about syntax; values are made here, as Python keeps the types of keys. */
const syntax: Dialect = {
  plain: (text) => ({ kind: 'string', value: text }),
  tagged: (_, text) => ({ kind: 'string', value: text }),
  keyText: () => undefined,
  duplicates: 'last-wins',
  strictness: 'pyyaml',
  includes: false,
};

/** What yaml.safe_load of PyYAML makes of a file; null for an empty one, undefined (and a diagnostic) for a broken one. */
export function readPythonYaml(source: SourceFile, sink: DiagnosticSink): PyNode | null | undefined {
  const parsed = parseYaml(source, syntax, sink);
  if (parsed === undefined) return undefined;
  const [document, second] = parsed.documents.filter((one) => one.contents !== null || parsed.documents.length > 1);
  if (second !== undefined) {
    const start = second.range[0];
    sink.add(diagnose('YAML_TWO_DOCUMENTS', {}, { span: parsed.lines.span(start, start + 1) }));
    return undefined;
  }
  const end = /^(?:[ \t]*(?:#.*)?\r?\n)*\.\.\./.exec(parsed.text);
  if (end !== null) {
    const problem = 'the document ends before it begins';
    sink.add(diagnose('YAML_SYNTAX', { problem }, { span: parsed.lines.span(end[0].length - 3, end[0].length) }));
    return undefined;
  }
  if (document === undefined || !isNode(document.contents)) return null;
  try {
    return new Reader(parsed, sink).read(document.contents);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

/** Values that one file may hold with its aliases written out. */
const limit = 200_000;

/** Leaves a tree that has an error; thrown and caught in this file only. */
class Refused extends Error {}

class Reader {
  readonly #parsed: ParsedYaml;
  readonly #sink: DiagnosticSink;
  readonly #anchors = new Map<string, PyNode | 'open'>();
  #size = 0;

  constructor(parsed: ParsedYaml, sink: DiagnosticSink) {
    this.#parsed = parsed;
    this.#sink = sink;
  }

  #span(node: Node): SourceSpan {
    return this.#parsed.lines.span(node.range?.[0] ?? 0, node.range?.[1] ?? 0);
  }

  #refuse<C extends DiagnosticCode>(code: C, args: DiagnosticArgs[C], span: SourceSpan): never {
    this.#sink.add(diagnose(code, args, { span }));
    throw new Refused();
  }

  read(node: Node): PyNode {
    this.#size += 1;
    if (this.#size > limit) this.#refuse('YAML_TOO_LARGE', { limit }, this.#span(node));
    if (isAlias(node)) return this.#alias(node.source, this.#span(node));
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) {
      if (this.#anchors.has(anchor)) this.#refuse('YAML_ANCHOR_TWICE', { name: anchor }, this.#span(node));
      this.#anchors.set(anchor, 'open');
    }
    const value = this.#value(node);
    if (anchor !== undefined) this.#anchors.set(anchor, value);
    return value;
  }

  #alias(name: string, span: SourceSpan): PyNode {
    const target = this.#anchors.get(name);
    if (target === undefined) return this.#refuse('YAML_ALIAS_UNKNOWN', { name }, span);
    if (target === 'open') return this.#refuse('YAML_ALIAS_RECURSIVE', { name }, span);
    this.#size += sizeOf(target);
    if (this.#size > limit) this.#refuse('YAML_TOO_LARGE', { limit }, span);
    return target;
  }

  #value(node: Node): PyNode {
    if (isScalar(node)) return this.#scalar(node);
    const span = this.#span(node);
    const tag = shortTag(node.tag);
    if (isSeq(node)) {
      const items = node.items.map((item) =>
        isNode(item) ? this.read(item) : this.#refuse('YAML_SYNTAX', { problem: 'list item expected' }, span),
      );
      if (tag === 'omap' || tag === 'pairs')
        return { kind: 'list', span, items: items.map((item) => this.#pair(item)) };
      if (tag !== undefined && tag !== 'seq') this.#refuse('YAML_TAG_UNKNOWN', { tag: `!!${tag}` }, span);
      return { kind: 'list', span, items };
    }
    if (!isMap(node)) return this.#refuse('YAML_SYNTAX', { problem: 'value expected' }, span);
    if (tag !== undefined && tag !== 'map') this.#refuse('YAML_TAG_UNKNOWN', { tag: `!!${tag}` }, span);
    return this.#map(node, span);
  }

  /** An entry of `!!omap` and `!!pairs`: a mapping with one key becomes a tuple. */
  #pair(node: PyNode): PyNode {
    const [entry, second] = node.kind === 'map' ? node.entries : [];
    if (entry === undefined || second !== undefined)
      return this.#refuse('YAML_SYNTAX', { problem: 'a mapping with one key expected' }, node.span);
    return { kind: 'list', tuple: true, span: node.span, items: [entry.key, entry.value] };
  }

  #scalar(node: Scalar): PyScalarNode {
    const span = this.#span(node);
    const text = scalarText(node, this.#parsed.text);
    const tag = shortTag(node.tag);
    if (tag === undefined || tag === '!') {
      if (node.type !== Scalar.PLAIN && node.type !== undefined && node.type !== null)
        return { kind: 'string', value: text, span };
      const value = pythonPlain(text);
      return value === undefined
        ? this.#refuse('YAML_TAG_VALUE', { tag: 'a number or a date', text }, span)
        : { ...value, span };
    }
    const value = pythonTagged(tag, text);
    if (value === 'unknown') return this.#refuse('YAML_TAG_UNKNOWN', { tag: node.tag ?? tag }, span);
    return value === undefined ? this.#refuse('YAML_TAG_VALUE', { tag, text }, span) : { ...value, span };
  }

  /** Merged entries come first, own ones override them in place; of equal keys the last value counts, at the first one's place. */
  #map(node: YAMLMap, span: SourceSpan): PyMapNode {
    const merged: PyEntry[] = [];
    const own: PyEntry[] = [];
    for (const pair of node.items) {
      if (!isNode(pair.key)) this.#refuse('YAML_NULL_KEY', {}, span);
      const key = isValueKey(pair.key)
        ? { kind: 'string' as const, value: '=', span: this.#span(pair.key) }
        : this.read(pair.key);
      const value: PyNode = isNode(pair.value) ? this.read(pair.value) : { kind: 'null', span: key.span };
      if (isMergeKey(pair.key)) {
        merged.push(...this.#mergeSource(value));
        continue;
      }
      if (key.kind === 'list' || key.kind === 'map')
        this.#refuse('JINJA_VARIABLES_KEY', { problem: 'a list or mapping cannot be a key' }, key.span);
      own.push({ key, value });
    }
    const entries = new Map<string, PyEntry>();
    for (const entry of [...merged, ...own]) {
      const first = entries.get(keyOf(entry.key));
      entries.set(keyOf(entry.key), first === undefined ? entry : { key: first.key, value: entry.value });
    }
    return { kind: 'map', span, entries: [...entries.values()] };
  }

  #mergeSource(value: PyNode): readonly PyEntry[] {
    if (value.kind === 'map') return value.entries;
    if (value.kind === 'list' && value.items.every((item) => item.kind === 'map')) {
      return [...value.items].reverse().flatMap((item) => (item.kind === 'map' ? item.entries : []));
    }
    return this.#refuse(
      'YAML_MERGE',
      { found: value.kind === 'list' ? 'a list with other values' : 'a scalar' },
      value.span,
    );
  }
}

function isMergeKey(key: Node): boolean {
  return (
    isScalar(key) &&
    key.source === '<<' &&
    (key.type === undefined || key.type === Scalar.PLAIN) &&
    key.tag === undefined
  );
}

/** `=` stands for a default value in YAML 1.1; SafeLoader takes it as key only. */
function isValueKey(key: Node): boolean {
  return isScalar(key) && key.source === '=' && key.tag === undefined;
}

function shortTag(tag: string | undefined): string | undefined {
  return tag?.replace(/^tag:yaml\.org,2002:/, '').replace(/^!!/, '');
}

function sizeOf(node: PyNode): number {
  if (node.kind === 'list') return node.items.reduce((sum, item) => sum + sizeOf(item), 1);
  if (node.kind === 'map') return node.entries.reduce((sum, entry) => sum + 1 + sizeOf(entry.value), 1);
  return 1;
}
