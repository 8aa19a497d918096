import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticArgs, DiagnosticCode, DiagnosticSink } from '../core/diagnostic.ts';
import { folderOf, type RepoPath, resolveRepoPath, type SourceSpan } from '../core/source.ts';
import { digdagDialect, readDigdagTree } from '../yaml/digdag.ts';
import { javaDouble } from '../yaml/java-number.ts';
import { commentedSchedule, headComment } from './comments.ts';
import { mergeInclude } from './include-merge.ts';
import type { IncludeUse, LoadedDig, LoadedPart, YamlEntry, YamlMap, YamlNode } from './types.ts';

const dialect = { ...digdagDialect, includes: true };
const MARK = '!include:';

/** Leaves a load that has an error; thrown and caught in this file only. */
class Refused extends Error {}

/**
 * A file with all its includes, as Digdag's `loadParameterizedFile` makes it; undefined (and a diagnostic) where that fails.
 * `read` takes legacy paths; it answers undefined for what is no file.
 */
export function loadDig(
  path: RepoPath,
  read: (path: RepoPath) => string | undefined,
  sink: DiagnosticSink,
): LoadedDig | undefined {
  const loader = new Loader(read, sink);
  try {
    const root = loader.load(path, undefined);
    return {
      file: path,
      root,
      files: [...new Set(loader.parts.map((part) => part.file))],
      parts: loader.parts,
      replaced: loader.replaced,
    };
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

class Loader {
  readonly parts: LoadedPart[] = [];
  readonly replaced: YamlEntry[] = [];
  readonly #read: (path: RepoPath) => string | undefined;
  readonly #sink: DiagnosticSink;
  readonly #open: RepoPath[] = [];

  constructor(read: (path: RepoPath) => string | undefined, sink: DiagnosticSink) {
    this.#read = read;
    this.#sink = sink;
  }

  load(path: RepoPath, from: SourceSpan | undefined): YamlMap {
    const text = this.#read(path);
    if (text === undefined) {
      if (from === undefined) this.#sink.add(diagnose('PROJECT_FILE_UNREADABLE', { path }));
      else this.#sink.add(diagnose('DIG_INCLUDE_MISSING', { path }, { span: from }));
      throw new Refused();
    }
    const source = { path, text };
    const tree = readDigdagTree(source, dialect, this.#sink);
    if (tree === undefined) throw new Refused();
    const includes: IncludeUse[] = [];
    const at = this.parts.length;
    const head = headComment(tree);
    const schedule = commentedSchedule(source, tree);
    const part: LoadedPart = {
      file: path,
      root: tree.root,
      includes,
      ...(head === undefined ? {} : { headComment: head }),
      ...(schedule === undefined ? {} : { commentedSchedule: schedule }),
    };
    this.parts.push(part);
    this.#open.push(path);
    const root = this.#resolveMap(tree.root, path, includes);
    this.#open.pop();
    // A file included twice is read twice by Digdag; for us it is one part.
    if (this.parts.findIndex((other) => other.file === path) < at) this.parts.splice(at, 1);
    return root;
  }

  #resolve(node: YamlNode, file: RepoPath, includes: IncludeUse[]): YamlNode {
    if (node.kind === 'map') return this.#resolveMap(node, file, includes);
    if (node.kind === 'list') return { ...node, items: node.items.map((item) => this.#resolve(item, file, includes)) };
    if (node.kind !== 'string' || !node.value.startsWith(MARK)) return node;
    // Digdag takes such a text for the name of the file; behind the tag it is a random one, which no file has.
    if (/^!include:\d+$/.test(node.value)) return this.#refuse('DIG_INCLUDE_VALUE', {}, node.span);
    return this.#include(node.value, node.span, file, includes);
  }

  #resolveMap(map: YamlMap, file: RepoPath, includes: IncludeUse[]): YamlMap {
    let entries: readonly YamlEntry[] = [];
    for (const entry of map.entries) {
      const { key, value } = entry;
      if (value.kind === 'map' || value.kind === 'list' || !key.startsWith(MARK)) {
        const resolved = { ...entry, value: this.#resolve(value, file, includes) };
        const before = entries.findIndex((other) => other.key === key);
        if (before < 0) entries = [...entries, resolved];
        else {
          // A key behind an include replaces what the include brought, at the first one's place.
          this.replaced.push(...entries.slice(before, before + 1));
          entries = entries.with(before, resolved);
        }
        continue;
      }
      const included = this.#include(textOf(value), value.span, file, includes);
      entries = mergeInclude(entries, included.entries, this.replaced);
    }
    return { ...map, entries };
  }

  #include(written: string, span: SourceSpan, from: RepoPath, includes: IncludeUse[]): YamlMap {
    const folder = folderOf(from);
    const path = resolveRepoPath(folder, written);
    // Digdag compares the paths as texts, so `../w2/x` counts as below `w`.
    if (path === undefined || !path.startsWith(folder))
      return this.#refuse('DIG_INCLUDE_OUTSIDE', { path: written }, span);
    if (this.#open.includes(path)) return this.#refuse('DIG_INCLUDE_CYCLE', { path }, span);
    includes.push({ written, file: path, span });
    return this.load(path, span);
  }

  #refuse<C extends DiagnosticCode>(code: C, args: DiagnosticArgs[C], span: SourceSpan): never {
    this.#sink.add(diagnose(code, args, { span }));
    throw new Refused();
  }
}

function textOf(node: YamlNode): string {
  if (node.kind === 'float') return javaDouble(node.value);
  if (node.kind === 'null') return 'null';
  return node.kind === 'map' || node.kind === 'list' ? '' : String(node.value);
}
