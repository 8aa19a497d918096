import { isNode } from 'yaml';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { indexLines, type SourceFile } from '../core/source.ts';
import type { Dialect } from './dialect.ts';
import { parseYaml } from './documents.ts';
import { goPlain, goTagged } from './go-scalar.ts';
import type { YamlNode } from './node.ts';
import { readPlainManifest } from './plain-manifest.ts';
import { readTree } from './read-tree.ts';

const kubectlDialect: Dialect = {
  plain: goPlain,
  tagged: goTagged,
  keyText: goKey,
  duplicates: 'last-wins',
  strictness: 'libyaml',
  includes: false,
};

/** The documents of a manifest as `kubectl apply` sees them; empty documents are left out, broken ones give a diagnostic. */
export function readManifest(source: SourceFile, sink: DiagnosticSink): readonly YamlNode[] {
  return splitDocuments(source, sink).flatMap((text) => {
    const part = { path: source.path, text };
    const plain = readPlainManifest(part);
    const node = plain.kind === 'document' ? plain.node : readCompletely(part, sink);
    return node === undefined || node.kind === 'null' ? [] : [node];
  });
}

/** One document by way of the complete parser. */
export function readCompletely(part: SourceFile, sink: DiagnosticSink): YamlNode | undefined {
  const parsed = parseYaml(part, kubectlDialect, sink);
  // kubectl reads the first document of each part; its own splitting leaves no second one but after "...".
  const contents = parsed?.documents[0]?.contents;
  return parsed !== undefined && isNode(contents) ? readTree(contents, parsed, kubectlDialect, sink) : undefined;
}

/** kubectl splits at lines that begin with "---" before it parses. Other documents are blanked, so that offsets and lines stay. */
function splitDocuments(source: SourceFile, sink: DiagnosticSink): readonly string[] {
  const bounds: { start: number; end: number }[] = [];
  let start = 0;
  for (const separator of source.text.matchAll(/^---(.*)$/gm)) {
    const rest = (separator[1] ?? '').trim();
    if (rest !== '' && !rest.startsWith('#')) {
      const span = indexLines(source).span(separator.index, separator.index + separator[0].length);
      sink.add(diagnose('YAML_SEPARATOR', { line: separator[0].trimEnd() }, { span }));
      return [];
    }
    bounds.push({ start, end: separator.index });
    start = separator.index + separator[0].length;
  }
  bounds.push({ start, end: source.text.length });
  return bounds.map(({ start: from, end }) => blank(source.text.slice(0, from)) + source.text.slice(from, end));
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}

function goKey(key: YamlNode): string | undefined {
  switch (key.kind) {
    case 'string':
      return key.value;
    case 'int':
    case 'bool':
    case 'float':
      return String(key.value);
    default:
      return undefined;
  }
}
