import { DiagnosticList, diagnose } from '../core/diagnose.ts';
import type { Diagnostic, DiagnosticSink } from '../core/diagnostic.ts';
import { messageOf } from '../core/messages.ts';
import { indexLines, type RepoPath, type SourceFile } from '../core/source.ts';
import { unknownNames } from './custom.ts';
import type { JinjaEnvironment } from './environment.ts';
import { builtIn, joinLibraries } from './library.ts';
import { type Rendered, renderTemplate, withDates } from './render.ts';
import { compareWithFile, type LineDifference } from './rendered-file.ts';
import type { TaggedContext } from './variables.ts';

const maxUnknown = 50;

/**
 * Renders a template whose rendered file lies in the legacy tree, and gives the text of that file: it is what the
 * platform has. Where both agree, provenance is the template's; where they do not, or where the template needs a filter
 * nobody described, the line is the file's, and a diagnostic says so.
 */
export function renderBeside(
  template: RepoPath,
  context: TaggedContext,
  environment: JinjaEnvironment,
  file: SourceFile,
  sink: DiagnosticSink,
): Rendered {
  const unknown: { what: string; name: string }[] = [];
  for (;;) {
    const library = joinLibraries(environment.library ?? builtIn, unknownNames(unknown));
    const findings = new DiagnosticList();
    const ours = renderTemplate(template, context, { ...environment, library }, findings);
    const failure = findings.items.find((diagnostic) => diagnostic.severity === 'error');
    if (ours !== undefined) {
      for (const finding of findings.items) sink.add(finding);
      return settled(ours, template, file, sink);
    }
    const missing = failure?.code === 'JINJA_NAME_UNKNOWN' ? failure.args : undefined;
    const goesOn = missing?.what === 'filter' && unknown.length < maxUnknown;
    if (failure !== undefined) sink.add(used(failure, template, file));
    if (missing === undefined || !goesOn) return onlyFile(file);
    unknown.push(missing);
  }
}

function used(failure: Diagnostic, template: RepoPath, file: SourceFile): Diagnostic {
  return diagnose(
    'JINJA_RENDERED_USED',
    { template, rendered: file.path, problem: messageOf(failure) },
    failure.span === undefined ? {} : { span: failure.span },
  );
}

function settled(ours: Rendered, template: RepoPath, file: SourceFile, sink: DiagnosticSink): Rendered {
  const { rendered, differences } = compareWithFile(ours, file);
  const shown = (text: string): string => withDates(text, ours.dates, ({ command }) => `$(${command})`);
  const known = differences.filter((difference) => !difference.unknown);
  const [first] = known;
  if (first !== undefined) sink.add(differs({ ...first, ours: shown(first.ours) }, known.length, template, file));
  return rendered;
}

function differs(first: LineDifference, lines: number, template: RepoPath, file: SourceFile): Diagnostic {
  const end = first.offset + first.theirs.length;
  return diagnose(
    'JINJA_RENDERED_DIFFERS',
    { template, rendered: file.path, ours: first.ours.trim(), theirs: first.theirs.trim(), lines },
    { span: indexLines(file).span(first.offset, end) },
  );
}

/** The file alone: none of it is known to come from a variable. */
function onlyFile(file: SourceFile): Rendered {
  const span = indexLines(file).span(0, file.text.length);
  const run = { start: 0, end: file.text.length, span, data: [], control: [] };
  return { text: file.text, runs: file.text === '' ? [] : [run], dates: [], used: { templates: [], leaves: [] } };
}
