import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { indexLines, type RepoPath, repoPath } from '../core/source.ts';

/** The files of the legacy folder by what they are; those of dig2argo itself are left out. */
export interface Classified {
  readonly dig: readonly RepoPath[];
  readonly templates: readonly RepoPath[];
  readonly rendered: readonly RepoPath[];
  readonly scripts: readonly RepoPath[];
  readonly other: readonly RepoPath[];
}

type Part = keyof Classified;

const ownFiles: ReadonlySet<string> = new Set(['dig2argo.yaml', 'dig2argo.review.yaml']);

export function classify(host: Host, sink: DiagnosticSink): Classified {
  const found: Record<Part, RepoPath[]> = { dig: [], templates: [], rendered: [], scripts: [], other: [] };
  for (const path of host.list()) if (!ownFiles.has(path)) found[partOf(path, host, sink)].push(repoPath(path));
  return found;
}

function partOf(path: string, host: Host, sink: DiagnosticSink): Part {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.endsWith('.dig')) return digPart(path, host, sink);
  if (/\.(?:j2|jinja|jinja2)$/.test(name)) return 'templates';
  const text = host.read(path);
  if (text === undefined) return 'other';
  if (/\.(?:sh|bash)$/.test(name) || /^#!.*\b(?:sh|bash|dash|ksh|zsh)\b/.test(text)) return 'scripts';
  if (!/\.(?:ya?ml|json)$/.test(name) || !isJobManifest(text)) return 'other';
  return /(?<!\{)\{%[-+]?\s*[a-z]/.test(text) ? 'templates' : 'rendered';
}

function digPart(path: string, host: Host, sink: DiagnosticSink): Part {
  // Digdag itself passes over dot-files.
  if (path.slice(path.lastIndexOf('/') + 1).startsWith('.')) return 'other';
  const text = host.read(path);
  if (text === undefined) {
    sink.add(
      diagnose('PROJECT_FILE_UNREADABLE', { path }, { job: path.slice(path.lastIndexOf('/') + 1, -'.dig'.length) }),
    );
    return 'other';
  }
  const what = foreignContent(text);
  if (what === undefined) return 'dig';
  sink.add(
    diagnose('PROJECT_NOT_DIGDAG', { path, what }, { span: indexLines({ path: repoPath(path), text }).span(0, 0) }),
  );
  return 'other';
}

/** The file ending `.dig` is shared with an editor of logic circuits, whose files are XML. */
function foreignContent(text: string): string | undefined {
  const start = text
    .slice(0, 200)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^<(?:\?xml|[A-Za-z])/.test(start)) return 'an XML document';
  if (start.startsWith('version https://git-lfs')) return 'a Git LFS pointer';
  return text.slice(0, 2000).includes('\u0000') ? 'a binary file' : undefined;
}

export function isJobManifest(text: string): boolean {
  return /^[ \t]*"?kind"?:[ \t]*['"]?(?:Job|CronJob)\b/m.test(text);
}
