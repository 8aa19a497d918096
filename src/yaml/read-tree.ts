import { isAlias, isMap, isNode, isScalar, isSeq, type Node, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticArgs, DiagnosticCode, DiagnosticSink } from '../core/diagnostic.ts';
import type { SourceSpan } from '../core/source.ts';
import { scalarText } from './block-text.ts';
import type { Dialect, ScalarValue } from './dialect.ts';
import { INCLUDE, type ParsedYaml } from './documents.ts';
import { isMergeKey, type KeyedEntry, mergeEntries } from './merge-keys.ts';
import type { YamlEntry, YamlMap, YamlNode } from './node.ts';

/** Values that one document may hold with its aliases written out. */
const LIMIT = 200_000;

/** Leaves a tree that has an error; thrown and caught in this file only. */
class Refused extends Error {}

/** One document as the dialect reads it; undefined (and one diagnostic) where it refuses the document. */
export function readTree(
  contents: Node,
  parsed: ParsedYaml,
  dialect: Dialect,
  sink: DiagnosticSink,
): YamlNode | undefined {
  const reader = new TreeReader(parsed, dialect, sink);
  try {
    return reader.read(contents);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    if (!(error instanceof RangeError)) throw error;
    sink.add(diagnose('YAML_TOO_DEEP', {}, { span: reader.spanOf(contents) }));
    return undefined;
  }
}

const styles: Readonly<Record<string, NonNullable<YamlNode['style']>>> = {
  [Scalar.PLAIN]: 'plain',
  [Scalar.QUOTE_SINGLE]: 'single',
  [Scalar.QUOTE_DOUBLE]: 'double',
  [Scalar.BLOCK_LITERAL]: 'literal',
  [Scalar.BLOCK_FOLDED]: 'folded',
};

class TreeReader {
  readonly #parsed: ParsedYaml;
  readonly #dialect: Dialect;
  readonly #sink: DiagnosticSink;
  readonly #anchors = new Map<string, { readonly node: YamlNode; readonly size: number } | 'open'>();
  #size = 0;
  #includes = 0;

  constructor(parsed: ParsedYaml, dialect: Dialect, sink: DiagnosticSink) {
    this.#parsed = parsed;
    this.#dialect = dialect;
    this.#sink = sink;
  }

  spanOf(node: Node): SourceSpan {
    return this.#parsed.lines.span(node.range?.[0] ?? 0, node.range?.[1] ?? 0);
  }

  /** `key`: the key a mapping or list hangs below, as a comment behind the key is the comment of its value. */
  read(node: Node, key?: SourceSpan): YamlNode {
    const before = this.#size;
    this.#grow(1, node);
    const anchor = isAlias(node) ? undefined : (node as { readonly anchor?: string }).anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    const read = isAlias(node)
      ? this.#alias(node.source, node)
      : isScalar(node)
        ? this.#scalar(node)
        : this.#collection(node, key);
    if (anchor !== undefined) this.#anchors.set(anchor, { node: read, size: this.#size - before });
    return read;
  }

  #alias(name: string, node: Node): YamlNode {
    const target = this.#anchors.get(name);
    if (target === undefined) return this.#refuse('YAML_ALIAS_UNKNOWN', { name }, this.spanOf(node));
    if (target === 'open') return this.#refuse('YAML_ALIAS_RECURSIVE', { name }, this.spanOf(node));
    this.#grow(target.size, node);
    return target.node;
  }

  #scalar(node: Scalar): YamlNode {
    const style = styles[node.type ?? Scalar.PLAIN] ?? 'plain';
    const span = this.spanOf(node);
    const block = style === 'literal' || style === 'folded';
    const value = this.#resolve(scalarText(node, this.#parsed.text), style, node.tag, span);
    const { comments } = this.#parsed;
    const trailingComment = block
      ? comments.behind(span.start.line, span.start.offset)
      : comments.behind(span.end.line, span.end.offset);
    const source = this.#parsed.source.text.slice(span.start.offset, span.end.offset);
    return { ...value, span, style, source, ...(trailingComment === undefined ? {} : { trailingComment }) };
  }

  #resolve(text: string, style: string, tag: string | undefined, span: SourceSpan): ScalarValue {
    if (style === 'plain' && text.startsWith(INCLUDE)) return this.#include(span);
    const forcesPlain = tag === '!' && this.#dialect.strictness === 'snakeyaml';
    if (tag === undefined || tag === '!') {
      if (!forcesPlain && style !== 'plain') return { kind: 'string', value: text };
      return this.#dialect.plain(text) ?? this.#refuse('YAML_TAG_VALUE', { tag: 'a number', text }, span);
    }
    const value = this.#dialect.tagged(shortTag(tag), text);
    if (value === 'unknown') return this.#refuse('YAML_TAG_UNKNOWN', { tag: shownTag(tag) }, span);
    return value ?? this.#refuse('YAML_TAG_VALUE', { tag: shownTag(tag), text }, span);
  }

  /** As Digdag does it, the tag becomes a text that no other key or value has. */
  #include(span: SourceSpan): ScalarValue {
    if (!this.#dialect.includes) return this.#refuse('YAML_TAG_UNKNOWN', { tag: '!include' }, span);
    this.#includes += 1;
    return { kind: 'string', value: `!include:${this.#includes}` };
  }

  #collection(node: Node, key: SourceSpan | undefined): YamlNode {
    const span = this.spanOf(node);
    const trailingComment = key === undefined ? undefined : this.#parsed.comments.behind(key.end.line, key.end.offset);
    const base = { span, ...(trailingComment === undefined ? {} : { trailingComment }) };
    const tag = node.tag === undefined ? undefined : shortTag(node.tag);
    if (isMap(node)) return this.#tagged(this.#map(node, base), tag, span);
    if (isSeq(node)) return this.#tagged({ kind: 'list', items: this.#items(node), ...base }, tag, span);
    throw new Error('a YAML node of an unknown kind');
  }

  #items(node: YAMLSeq): readonly YamlNode[] {
    // A pair in a flow list (`[a: 1]`) is a mapping of its own.
    return node.items.map((item) =>
      isNode(item)
        ? this.read(item)
        : this.#refuse('YAML_SYNTAX', { problem: 'list item expected' }, this.spanOf(node)),
    );
  }

  #map(node: YAMLMap, base: { readonly span: SourceSpan; readonly trailingComment?: string }): YamlMap {
    const keyed: KeyedEntry[] = [];
    const texts = new Map<string, SourceSpan>();
    for (const pair of node.items) {
      if (!isNode(pair.key)) return this.#refuse('YAML_NULL_KEY', {}, base.span);
      const key = this.read(pair.key);
      if (key.span.start.line !== key.span.end.line && isNode(pair.value) && !this.#isExplicit(key.span))
        return this.#refuse('YAML_SYNTAX', { problem: 'a key must stand on one line' }, key.span);
      this.#checkDuplicate(pair.key, key, texts);
      const value = isNode(pair.value) ? this.read(pair.value, key.span) : this.#emptyValue(key.span);
      const merge = isMergeKey(key) && (pair.key as { readonly tag?: string }).tag === undefined;
      keyed.push({ key, merge, entry: this.#entry(key, value, merge) });
    }
    const problem = mergeEntries(keyed);
    if ('found' in problem) return this.#refuse('YAML_MERGE', { found: problem.found }, problem.span);
    return { kind: 'map', entries: problem.entries, ...base };
  }

  /** A key behind "?". */
  #isExplicit(key: SourceSpan): boolean {
    return /\?\s+(?:[!&]\S+\s+)*$/.test(
      this.#parsed.source.text.slice(Math.max(0, key.start.offset - 200), key.start.offset),
    );
  }

  /** `? key` without a value. */
  #emptyValue(key: SourceSpan): YamlNode {
    return { kind: 'null', span: { file: key.file, start: key.end, end: key.end }, style: 'plain', source: '' };
  }

  #entry(key: YamlNode, value: YamlNode, merge: boolean): YamlEntry {
    const text = merge ? '<<' : this.#dialect.keyText(key);
    if (text === undefined) return this.#refuse('YAML_NULL_KEY', {}, key.span);
    const comment = this.#parsed.comments.above(key.span.start.line);
    return { key: text, keySpan: key.span, value, ...(comment === undefined ? {} : { comment }) };
  }

  /** Duplicates are found by the text of scalar keys, as `StrictSafeConstructor` does: `1` and `"1"` are equal, `1` and `01` are not. */
  #checkDuplicate(node: Node, key: YamlNode, texts: Map<string, SourceSpan>): void {
    const scalar = isAlias(node) ? undefined : node;
    if (isScalar(scalar) && scalar.source === INCLUDE) return;
    const text = isScalar(scalar) ? (scalar.source ?? '') : key.kind === 'string' ? key.value : undefined;
    if (text === undefined) return;
    const first = texts.get(text);
    texts.set(text, key.span);
    if (first === undefined) return;
    const details = { span: key.span, related: [{ span: first, note: 'first written here' }] };
    if (this.#dialect.duplicates === 'last-wins')
      this.#sink.add(diagnose('YAML_DUPLICATE_IGNORED', { key: text }, details));
    else {
      this.#sink.add(diagnose('YAML_DUPLICATE_KEY', { key: text }, details));
      throw new Refused();
    }
  }

  #tagged(node: YamlNode, tag: string | undefined, span: SourceSpan): YamlNode {
    if (tag === undefined || tag === node.kind || tag === '!' || (tag === 'seq' && node.kind === 'list')) return node;
    const base = { span };
    if (tag === 'set' && node.kind === 'map')
      return {
        kind: 'list',
        items: node.entries.map((entry) => ({ kind: 'string', value: entry.key, span: entry.keySpan })),
        ...base,
      };
    const pairs =
      node.kind === 'list'
        ? node.items.map((item) => (item.kind === 'map' && item.entries.length === 1 ? item.entries[0] : undefined))
        : [];
    const entries = pairs.filter((entry) => entry !== undefined);
    if (node.kind === 'list' && entries.length === pairs.length) {
      if (tag === 'omap') return { kind: 'map', entries, ...base };
      if (tag === 'pairs')
        return {
          kind: 'list',
          items: entries.map((entry) => ({
            kind: 'list',
            items: [{ kind: 'string', value: entry.key, span: entry.keySpan }, entry.value],
            span: entry.keySpan,
          })),
          ...base,
        };
    }
    if (this.#dialect.strictness === 'libyaml') return node;
    return this.#refuse('YAML_TAG_UNKNOWN', { tag: shownTag(tag) }, span);
  }

  #grow(by: number, node: Node): void {
    this.#size += by;
    if (this.#size > LIMIT) this.#refuse('YAML_TOO_LARGE', { limit: LIMIT }, this.spanOf(node));
  }

  #refuse<C extends DiagnosticCode>(code: C, args: DiagnosticArgs[C], span: SourceSpan): never {
    this.#sink.add(diagnose(code, args, { span }));
    throw new Refused();
  }
}

const STANDARD = 'tag:yaml.org,2002:';

function shortTag(tag: string): string {
  return tag.startsWith(STANDARD) ? tag.slice(STANDARD.length) : tag;
}

function shownTag(tag: string): string {
  const short = shortTag(tag);
  return short === tag ? tag : `!!${short}`;
}
