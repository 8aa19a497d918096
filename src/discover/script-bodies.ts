import type { Config } from '../config/schema.ts';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { escapeRegExp } from '../core/escape-regexp.ts';
import type { Host } from '../core/host.ts';
import { formatPosition, indexLines, type RepoPath, type SourceSpan } from '../core/source.ts';
import type { BuildScript } from './build-script.ts';
import type { NameKind, ScriptName } from './script-names.ts';

/** The names of the build script for which the configuration has no body. */
export function missingBodies(script: BuildScript, jinja: Config['jinja']): readonly ScriptName[] {
  const isGiven = (what: NameKind, name: string): boolean =>
    Object.hasOwn(jinja[`${what}s`] ?? {}, name) || (what === 'global' && Object.hasOwn(jinja.clocks ?? {}, name));
  return script.names.filter(({ what, name }) => !isGiven(what, name));
}

/** A name that a template uses and whose Python cannot be taken over: where, and what to write. */
export function reportUnread(
  names: readonly ScriptName[],
  templates: readonly RepoPath[],
  host: Host,
  sink: DiagnosticSink,
): void {
  for (const { what, name, span, body } of names) {
    if (body.kind !== 'unread') continue;
    const use = firstUse(what, name, templates, host);
    if (use !== undefined)
      sink.add(
        diagnose('JINJA_BODY_MISSING', { what, name, defined: formatPosition(span), why: body.why }, { span: use }),
      );
  }
}

function firstUse(what: NameKind, name: string, templates: readonly RepoPath[], host: Host): SourceSpan | undefined {
  const before = {
    filter: '(?:\\|\\s*|\\bfilter\\s+|\\bmap\\(\\s*[\'"])',
    test: '\\bis\\s+(?:not\\s+)?',
    global: '(?<![\\w.\'"|])',
  }[what];
  const pattern = new RegExp(`(${before})${escapeRegExp(name)}(?!\\w)`);
  for (const path of templates) {
    const text = host.read(path) ?? '';
    const found = pattern.exec(text);
    if (found === null) continue;
    const start = found.index + (found[1] ?? '').length;
    return indexLines({ path, text }).span(start, start + name.length);
  }
  return undefined;
}
