import { isNode } from 'yaml';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { indexLines, type SourceFile } from '../core/source.ts';
import type { Comments } from './comments.ts';
import type { Dialect } from './dialect.ts';
import { digdagPlain, digdagTagged } from './digdag-scalar.ts';
import { parseYaml } from './documents.ts';
import { javaKey } from './java-key.ts';
import { nameOf } from './merge-keys.ts';
import type { YamlMap, YamlNode } from './node.ts';
import { readTree } from './read-tree.ts';

export const digdagDialect: Dialect = {
  plain: digdagPlain,
  tagged: digdagTagged,
  keyText: javaKey,
  duplicates: 'refused',
  strictness: 'snakeyaml',
  includes: false,
};

export interface DigdagTree {
  readonly root: YamlMap;
  readonly comments: Comments;
}

/** A file without `!include` as Digdag's loader reads it; the root is a mapping. */
export function readDigdagYaml(source: SourceFile, sink: DiagnosticSink): YamlNode | undefined {
  return readDigdagTree(source, digdagDialect, sink)?.root;
}

export function readDigdagTree(source: SourceFile, dialect: Dialect, sink: DiagnosticSink): DigdagTree | undefined {
  const parsed = parseYaml(source, dialect, sink);
  if (parsed === undefined) return undefined;
  const [document, second] = parsed.documents;
  if (second !== undefined) {
    const at = second.range[0];
    sink.add(diagnose('YAML_TWO_DOCUMENTS', {}, { span: parsed.lines.span(at, at) }));
    return undefined;
  }
  const contents = document?.contents;
  if (!isNode(contents)) return refuseRoot('nothing', source, sink);
  const root = readTree(contents, parsed, dialect, sink);
  if (root === undefined) return undefined;
  return root.kind === 'map' ? { root, comments: parsed.comments } : refuseRoot(nameOf(root), source, sink);
}

function refuseRoot(found: string, source: SourceFile, sink: DiagnosticSink): undefined {
  sink.add(diagnose('YAML_NOT_MAPPING', { found }, { span: indexLines(source).span(0, 0) }));
  return undefined;
}
