import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Scalar,
} from 'yaml';
import type { SourceSpan } from '../../core/source.ts';
import { list, map, scalar, textOf } from '../../ir/build-value.ts';
import { staticText } from '../../ir/read-value.ts';
import type { Provenance, TextPart, TextValue, Value } from '../../ir/value.ts';
import type { ScalarValue } from '../../yaml/dialect.ts';
import { goPlain, goTagged } from '../../yaml/go-scalar.ts';
import { HOLE, slice, type TextWithHoles, withHoles } from '../shell/text-with-holes.ts';

export type ManifestText =
  | { readonly kind: 'documents'; readonly documents: readonly Value[] }
  | { readonly kind: 'problem'; readonly problem: string };

/** Reads a YAML text whose parts come from several places (a here-document, a file with `${…}`) as kubectl reads it. */
export function readManifestText(value: TextValue, fallback: SourceSpan): ManifestText {
  const source = withHoles(value, fallback, (part) => part.kind === 'variable' && changesYaml(part.text));
  const documents = parseAllDocuments(source.text, {
    schema: 'failsafe',
    merge: true,
    // kubectl lets the last of several equal keys hold.
    uniqueKeys: false,
    lineCounter: new LineCounter(),
  });
  if (!Array.isArray(documents)) return { kind: 'documents', documents: [] };
  const error = documents.flatMap((document) => document.errors)[0];
  if (error !== undefined) return { kind: 'problem', problem: error.message.split('\n')[0] ?? '' };
  return {
    kind: 'documents',
    documents: documents.flatMap((document) =>
      isEmpty(document) ? [] : [new Reader(source, document).value(document.contents)],
    ),
  };
}

function isEmpty(document: Document): boolean {
  return document.contents === null || (isScalar(document.contents) && document.contents.source === '');
}

/** What kubectl makes of a scalar; undefined where it is a text or is refused. */
function plainValue(node: Scalar, written: string): ScalarValue | undefined {
  const tag = node.tag?.replace(/^tag:yaml\.org,2002:/, '');
  if (tag !== undefined) {
    const tagged = goTagged(tag, written);
    return tagged === 'unknown' ? undefined : tagged;
  }
  return node.type === 'PLAIN' ? goPlain(written) : undefined;
}

/** True for a value that is more than a word inside a YAML scalar. */
function changesYaml(text: string): boolean {
  return /\n|: | #|["'\\]/.test(text);
}

class Reader {
  readonly #source: TextWithHoles;
  readonly #document: Document;

  constructor(source: TextWithHoles, document: Document) {
    this.#source = source;
    this.#document = document;
  }

  value(node: unknown): Value {
    if (isAlias(node)) return this.value(node.resolve(this.#document));
    if (isMap(node)) {
      const entries = node.items.map((item) => [this.#key(item.key), this.value(item.value)] as const);
      return map(entries, this.#from(node));
    }
    if (isSeq(node))
      return list(
        node.items.map((item) => this.value(item)),
        this.#from(node),
      );
    if (isScalar(node)) return this.#scalar(node);
    return scalar(null, { via: 'default', reason: 'no value written' });
  }

  #key(node: unknown): string {
    if (!isScalar(node)) return '';
    return staticText(this.#text(node)) ?? String(node.value);
  }

  #scalar(node: Scalar): Value {
    const text = this.#text(node);
    const written = staticText(text);
    const read = written === undefined ? undefined : plainValue(node, written);
    if (read === undefined || read.kind === 'string') return text;
    const [only] = text.parts;
    return scalar(
      read.kind === 'null' ? null : read.value,
      text.parts.length === 1 && only !== undefined ? only.from : text.from,
    );
  }

  /** Folding and escapes keep the order of characters, so the n-th hole of the value is the n-th of the source. */
  #text(node: Scalar): TextValue {
    const [start, end] = this.#range(node);
    const holes = slice(this.#source, start, end).filter((part) => part.kind !== 'literal');
    const from = this.#from(node);
    const pieces = String(node.value ?? '').split(HOLE);
    const parts = pieces.flatMap((piece, at): TextPart[] => {
      const hole = at > 0 ? holes[at - 1] : undefined;
      return [...(hole === undefined ? [] : [hole]), { kind: 'literal', text: piece, from }];
    });
    return textOf(parts, from);
  }

  #from(node: Node): Provenance {
    return this.#source.from(...this.#range(node));
  }

  #range(node: Node): readonly [number, number] {
    return [node.range?.[0] ?? 0, node.range?.[1] ?? 0];
  }
}
