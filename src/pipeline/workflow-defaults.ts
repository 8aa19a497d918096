import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { BuildFailure, BuildRefusal } from '../kustomize/failure.ts';
import { readDocuments } from '../kustomize/read-yaml.ts';
import { asMap } from '../verify/compare/plain-differences.ts';
import type { Plain } from '../verify/effect.ts';
import type { BuiltOutput } from './built-output.ts';

export interface DefaultsFile {
  readonly path: string;
  readonly text: string;
}

const CONFIG_MAP = 'workflow-controller-configmap';

/**
 * What the controller merges below every Workflow: from a file (the ConfigMap, its `workflowDefaults`, or a Workflow), else
 * from the ConfigMap that the output has for the environment. Undefined where the given file holds nothing of the kind.
 */
export function workflowDefaultsOf(
  environment: string,
  output: BuiltOutput,
  given: DefaultsFile | undefined,
  sink: DiagnosticSink,
): Plain | undefined {
  if (given !== undefined) return defaultsIn(given, sink);
  const built = output.build(`platform/overlays/${environment}`);
  const objects = built.kind === 'built' ? built.objects : [];
  const config = objects.map(asMap).find((object) => asMap(object['metadata'])['name'] === CONFIG_MAP);
  const text = asMap(config?.['data'])['workflowDefaults'];
  return typeof text === 'string' ? defaultsIn({ path: CONFIG_MAP, text }, sink) : null;
}

function defaultsIn({ path, text }: DefaultsFile, sink: DiagnosticSink): Plain | undefined {
  const read = yamlIn(text);
  const outer = typeof read === 'string' ? undefined : asMap(read.value);
  const inner = outer?.['kind'] === 'ConfigMap' ? asMap(outer['data'])['workflowDefaults'] : undefined;
  if (outer?.['kind'] === 'ConfigMap')
    return typeof inner === 'string' ? defaultsIn({ path, text: inner }, sink) : null;
  const problem =
    typeof read === 'string' ? read : asMap(read.value)['spec'] === undefined ? 'it has no spec' : undefined;
  if (problem === undefined) return outer ?? null;
  sink.add(diagnose('VERIFY_DEFAULTS_BROKEN', { path, problem }));
  return undefined;
}

/** The first document, or what is wrong with the text. */
function yamlIn(text: string): { readonly value: Plain | undefined } | string {
  try {
    return { value: readDocuments(text, 'json')[0] as Plain | undefined };
  } catch (error) {
    if (error instanceof BuildFailure || error instanceof BuildRefusal) return error.message;
    throw error;
  }
}
