import { DiagnosticList } from '../core/diagnose.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { SourceFile } from '../core/source.ts';
import { checkObject } from './check-workflow.ts';
import type { LintNode } from './node.ts';
import { argoObjects } from './objects.ts';
import { readManifest } from './read.ts';

export interface LintResult {
  readonly diagnostics: readonly Diagnostic[];
  /** How many objects of Argo were looked at. */
  readonly linted: number;
}

export interface LintOptions {
  /** Where objects without a namespace are applied to. */
  readonly defaultNamespace?: string;
}

/** Manifests that are applied together, as their texts stand. */
export function lintManifests(files: readonly SourceFile[], options: LintOptions = {}): LintResult {
  const sink = new DiagnosticList();
  return lintDocuments(
    files.flatMap((file) => readManifest(file, sink)),
    options,
    sink,
  );
}

export function lintDocuments(documents: readonly LintNode[], options: LintOptions, sink: DiagnosticList): LintResult {
  const objects = argoObjects(documents, sink);
  for (const object of objects) checkObject(object, objects, options.defaultNamespace ?? '', sink);
  return { diagnostics: sink.sorted(), linted: objects.length };
}
