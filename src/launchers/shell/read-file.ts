import { diagnose } from '../../core/diagnose.ts';
import { indexLines, resolveRepoPath, type SourceSpan } from '../../core/source.ts';
import { staticText } from '../../ir/read-value.ts';
import type { TextValue, Value } from '../../ir/value.ts';
import { readManifestText } from '../manifest/read-text.ts';
import { findManifest, type ManifestReference } from '../manifest/reference.ts';
import type { Content } from './content.ts';
import type { Shell } from './shell.ts';
import { literalText, readableText } from './text-value.ts';

/** A file the script wrote or fetched, a manifest the configuration knows by its path, or a file of the legacy tree. */
export function readFile(shell: Shell, path: TextValue, span: SourceSpan): Content {
  const absolute = shell.absolute(path);
  const known = shell.files.get(absolute);
  if (known !== undefined) return known;
  const tree = shell.treePath(absolute);
  const written = staticText(path);
  const reference =
    written === undefined
      ? undefined
      : manifestNamed(shell, [written, absolute, ...(tree === undefined ? [] : [tree])]);
  if (reference !== undefined) return fetched(shell, reference, written ?? '', span);
  const file = tree === undefined ? undefined : shell.context.read(tree);
  if (file !== undefined) {
    shell.facts.files.add(file.path);
    return {
      kind: 'text',
      text: literalText(file.text, { via: 'literal', span: indexLines(file).span(0, file.text.length) }),
      file: file.path,
    };
  }
  if (written === undefined) shell.facts.undecided.push(path);
  return { kind: 'unknown', why: `the file ${readableText(path)}`, named: tree ?? readableText(path) };
}

/** What a URL gives: the manifest that the configuration says is there. */
export function download(shell: Shell, url: TextValue, span: SourceSpan): Content {
  const written = staticText(url);
  if (written === undefined) shell.facts.undecided.push(url);
  const reference = written === undefined ? undefined : manifestNamed(shell, [written]);
  if (reference === undefined)
    return { kind: 'unknown', why: `the download of ${readableText(url)}`, named: readableText(url) };
  return fetched(shell, reference, written ?? '', span);
}

function manifestNamed(shell: Shell, names: readonly string[]): ManifestReference | undefined {
  for (const name of names) {
    const reference = findManifest(shell.context.config.manifests, name, shell.step.environment);
    if (reference !== undefined) return reference;
  }
  return undefined;
}

function fetched(shell: Shell, reference: ManifestReference, named: string, span: SourceSpan): Content {
  const source = reference.template ?? reference.rendered ?? named;
  const path = resolveRepoPath('', source);
  const file = path === undefined ? undefined : shell.context.read(path);
  if (path === undefined || file === undefined) {
    shell.facts.diagnostics.push(
      diagnose('LAUNCHER_MANIFEST_MISSING', { manifest: source, named }, { span, rule: shell.rule }),
    );
    return { kind: 'unknown', why: `the manifest ${source}`, reported: true };
  }
  shell.facts.files.add(path);
  const rendered = reference.rendered === undefined ? undefined : resolveRepoPath('', reference.rendered);
  const documents =
    reference.template === undefined
      ? renderedDocuments(shell, file, named)
      : shell.context.renderManifest({
          template: path,
          variables: reference.variables.flatMap((name) => resolveRepoPath('', name) ?? []),
          given: reference.values,
          environment: reference.environment,
          ...(rendered === undefined ? {} : { rendered }),
        });
  return documents === undefined
    ? { kind: 'unknown', why: `the manifest ${source}`, reported: true }
    : { kind: 'manifest', named, source, documents, edits: [] };
}

function renderedDocuments(
  shell: Shell,
  file: { readonly path: Parameters<Shell['context']['read']>[0]; readonly text: string },
  named: string,
): readonly Value[] | undefined {
  const span = indexLines(file).span(0, file.text.length);
  const read = readManifestText(literalText(file.text, { via: 'literal', span }), span);
  if (read.kind === 'documents') return read.documents;
  shell.facts.diagnostics.push(
    diagnose('LAUNCHER_MANIFEST_INVALID', { manifest: named, problem: read.problem }, { span, rule: shell.rule }),
  );
  return undefined;
}
