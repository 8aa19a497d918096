import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { type JinjaEnvironment, type JinjaOptions, jinjaPresets } from '../../../src/jinja/environment.ts';
import { type Rendered, renderTemplate } from '../../../src/jinja/render.ts';
import { loadVariables } from '../../../src/jinja/variables.ts';

export function environmentFor(
  files: Readonly<Record<string, string>>,
  options: Partial<JinjaOptions> = {},
): JinjaEnvironment {
  return {
    options: { ...jinjaPresets.library, ...options },
    load: (path) => (Object.hasOwn(files, path) ? { path, text: files[path] ?? '' } : undefined),
    searchPath: [],
  };
}

/** Renders `main` of a project of templates with the variables of one YAML text. */
export function renderProject(
  files: Readonly<Record<string, string>>,
  variables: string,
  options: Partial<JinjaOptions> = {},
): { readonly rendered: Rendered | undefined; readonly sink: DiagnosticList } {
  const sink = new DiagnosticList();
  const context = loadVariables([{ path: repoPath('vars.yaml'), text: variables }], 'shallow', sink);
  return { rendered: renderTemplate(repoPath('main'), context, environmentFor(files, options), sink), sink };
}

/** Findings as `CODE line:col`. */
export function findings(sink: DiagnosticList): readonly string[] {
  return sink
    .sorted()
    .map(
      (diagnostic) =>
        `${diagnostic.code} ${diagnostic.span?.file}:${diagnostic.span?.start.line}:${diagnostic.span?.start.col}`,
    );
}
