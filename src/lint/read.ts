import { type Document, isMap, isScalar, isSeq, type Node, type Pair, parseAllDocuments, Scalar } from 'yaml';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { indexLines, type LineIndex, type SourceFile } from '../core/source.ts';
import { plainScalar } from '../kustomize/read-yaml.ts';
import { YamlAnchors } from '../kustomize/yaml-anchors.ts';
import { repairIndents, unrepaired } from '../yaml/indent-repair.ts';
import type { LintEntry, LintMap, LintNode } from './node.ts';

/** The documents of a manifest as kubectl and Argo's linter read them: YAML 1.1 words, no key twice. */
export function readManifest(source: SourceFile, sink: DiagnosticSink): readonly LintNode[] {
  const written = source.text.replace(/^\ufeff/, '');
  const { text, padded } = asGoContinues(written);
  const lines = unrepaired(indexLines({ ...source, text: written }), padded);
  const documents = parseAllDocuments(text, {
    version: '1.2',
    schema: 'failsafe',
    uniqueKeys: true,
    logLevel: 'silent',
  });
  if (!Array.isArray(documents)) return [];
  return (documents as readonly Document.Parsed[]).flatMap((document) => {
    for (const error of document.errors) {
      const [start = 0, end = start + 1] = error.pos;
      sink.add(
        diagnose(
          'LINT_YAML',
          { problem: error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? '' },
          { span: lines.span(start, end) },
        ),
      );
    }
    if (document.errors.length > 0) return [];
    const node = new Reader(lines, sink).node(document.contents);
    return node === undefined ? [] : [node];
  });
}

/** Go's parser does not care how continued brackets and quotes are indented; a mark of documents ends them. */
function asGoContinues(written: string): { readonly text: string; readonly padded: readonly number[] } {
  const repaired = repairIndents(written);
  const overMark = repaired.padded.some((at) => /^(?:---|\.\.\.)/.test(written.slice(at, at + 3)));
  return overMark ? { text: written, padded: [] } : repaired;
}

class Reader {
  readonly #lines: LineIndex;
  readonly #sink: DiagnosticSink;
  readonly #anchors = new YamlAnchors();

  constructor(lines: LineIndex, sink: DiagnosticSink) {
    this.#lines = lines;
    this.#sink = sink;
  }

  node(node: Node | null | undefined): LintNode | undefined {
    if (node === null || node === undefined) return undefined;
    const [start = 0, end = start] = node.range ?? [];
    const span = this.#lines.span(start, end);
    const read = this.#anchors.follow(node, (target) => this.#read(target, span));
    if (read === undefined)
      this.#sink.add(diagnose('LINT_YAML', { problem: 'an alias of nothing, or of what it stands in' }, { span }));
    return read;
  }

  /** `span` is where the value stands, which for an alias is not where it is written. */
  #read(node: Node, span: LintMap['span']): LintNode {
    if (isSeq(node)) {
      const items = node.items.map((item) => this.node(item as Node) ?? { kind: 'null' as const, value: null, span });
      return { kind: 'list', items, span };
    }
    if (isMap(node)) return this.#map(node.items as readonly Pair<Node, Node | null>[], span);
    if (!isScalar(node)) return { kind: 'null', value: null, span };
    const text = typeof node.value === 'string' ? node.value : String(node.source ?? '');
    const value = node.type === Scalar.PLAIN && node.tag === undefined ? plainScalar(text, 'json') : text;
    if (value === null) return { kind: 'null', value, span };
    if (typeof value === 'string') return { kind: 'string', value, span };
    return typeof value === 'boolean'
      ? { kind: 'bool', value, span }
      : { kind: 'number', value: typeof value === 'bigint' ? value : Number(value), span };
  }

  #map(pairs: readonly Pair<Node, Node | null>[], span: LintMap['span']): LintMap {
    const entries = new Map<string, LintEntry>();
    for (const pair of pairs) {
      const keyNode = this.node(pair.key);
      const keySpan = keyNode?.span ?? span;
      const key = isScalar(pair.key) ? String(pair.key.value ?? pair.key.source ?? '') : '';
      const value = this.node(pair.value) ?? { kind: 'null', value: null, span: keySpan };
      if (key === '<<' && value.kind === 'map') for (const [name, entry] of value.entries) entries.set(name, entry);
      else entries.set(key, { keySpan, value });
    }
    return { kind: 'map', entries, span };
  }
}
