import { DiagnosticList, diagnose } from '../core/diagnose.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { sortedBy } from '../core/order.ts';
import { repoPath, type SourceSpan, wholeFile } from '../core/source.ts';
import type { OutputFile } from '../emit/types.ts';
import { buildKustomization } from '../kustomize/build.ts';
import type { KMap } from '../kustomize/value.ts';
import { lintDocuments } from './lint-manifests.ts';
import { at, itemsOf, type LintNode, nameOf, textOf } from './node.ts';
import { placed } from './place-objects.ts';
import { readManifest } from './read.ts';

type TreeFile = Pick<OutputFile, 'path' | 'text'>;

/** Folders whose builds are applied; a base alone lacks the values of its parameters. */
const applied = /^(?:(?:cron|workflows)\/[^/]+\/overlays\/[^/]+|templates)\/kustomization\.yaml$/;

/** Every overlay of an output tree as it will be applied, with the shared templates beside it. */
export function lintTree(files: readonly TreeFile[]): readonly Diagnostic[] {
  const tree = new Tree(files);
  const sink = new DiagnosticList();
  const folders = sortedBy(
    files.filter((file) => applied.test(file.path)),
    (file) => file.path,
  ).map((file) => file.path.replace(/\/kustomization\.yaml$/, ''));
  if (folders.length === 0) sink.add(diagnose('LINT_MISSING', { what: 'overlay', where: 'the folder' }));
  const shared = folders.includes('templates') ? tree.build('templates', sink) : [];
  for (const folder of folders) {
    if (folder === 'templates') lintDocuments(tree.place('templates', shared), {}, sink);
    else lintFolder(folder, shared, tree, sink);
  }
  return sink.sorted();
}

function lintFolder(folder: string, shared: readonly KMap[], tree: Tree, sink: DiagnosticList): void {
  const objects = tree.build(folder, sink);
  checkParameterList(folder, tree, sink);
  const nodes = tree.place(folder, objects);
  const namespace = textOf(at(nodes[0], 'metadata', 'namespace'));
  // The shared templates are applied in each namespace that refers to them; their own findings are made once.
  const beside = tree.place(
    'templates',
    shared.map((object) => ({ ...object, metadata: { ...(object['metadata'] as KMap), namespace } })),
  );
  const own = new DiagnosticList();
  const others = new DiagnosticList();
  lintDocuments([...nodes, ...beside], {}, own);
  lintDocuments(beside, {}, others);
  const known = new Set(others.items.map((item) => JSON.stringify(item)));
  for (const item of own.items) if (!known.has(JSON.stringify(item))) sink.add(item);
}

/** kustomize replaces the list, so that each overlay must repeat the base's. */
function checkParameterList(folder: string, tree: Tree, sink: DiagnosticList): void {
  const [overlay] = tree.documents(`${folder}/params.yaml`);
  const [base] = tree.documents(`${folder.replace(/\/overlays\/[^/]+$/, '')}/base/workflow.yaml`);
  const listOf = (node: LintNode | undefined): LintNode | undefined =>
    at(node, 'spec', 'workflowSpec', 'arguments', 'parameters') ?? at(node, 'spec', 'arguments', 'parameters');
  const list = listOf(overlay);
  if (list === undefined) return;
  const names = new Set(itemsOf(list).map(nameOf));
  const missing = itemsOf(listOf(base))
    .map(nameOf)
    .filter((name) => !names.has(name));
  if (missing.length > 0)
    sink.add(
      diagnose(
        'LINT_PARAMETER_LIST',
        { names: missing.join(', '), file: `${folder}/params.yaml` },
        { span: list.span },
      ),
    );
}

class Tree {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #documents = new Map<string, readonly LintNode[]>();

  constructor(files: readonly TreeFile[]) {
    this.#texts = new Map(files.map((file) => [file.path, file.text]));
  }

  build(folder: string, sink: DiagnosticList): readonly KMap[] {
    for (const file of this.#sourcesOf(folder)) this.documents(file, sink);
    const built = buildKustomization(folder, (path) => this.#texts.get(path));
    if (built.kind === 'built') return built.objects;
    const problem = built.kind === 'failed' ? built.error : `${built.why} is not understood here`;
    sink.add(diagnose('LINT_BUILD', { folder, problem }, { span: this.#fileSpan(`${folder}/kustomization.yaml`) }));
    return [];
  }

  place(folder: string, objects: readonly KMap[]): readonly LintNode[] {
    const sources = this.#sourcesOf(folder).flatMap((file) => this.documents(file));
    return objects.map((object) => {
      const { kind, metadata } = object as { kind?: string; metadata?: { name?: string } };
      const own = sources.filter(
        (source) => textOf(at(source, 'kind')) === kind && textOf(at(source, 'metadata', 'name')) === metadata?.name,
      );
      return placed(object, own, own[0]?.span ?? this.#fileSpan(`${folder}/kustomization.yaml`));
    });
  }

  documents(path: string, sink: DiagnosticList = new DiagnosticList()): readonly LintNode[] {
    const known = this.#documents.get(path);
    if (known !== undefined) return known;
    const text = this.#texts.get(path);
    const read = text === undefined ? [] : readManifest({ path: repoPath(path), text }, sink);
    this.#documents.set(path, read);
    return read;
  }

  /** Manifests and merge patches that a folder's objects come from, the overlay's own first. */
  #sourcesOf(folder: string): readonly string[] {
    const base = `${folder.replace(/\/overlays\/[^/]+$/, '')}/base`;
    const below = (place: string): readonly string[] =>
      [...this.#texts.keys()].filter(
        (path) =>
          path.startsWith(`${place}/`) &&
          !path.slice(place.length + 1).includes('/') &&
          path.endsWith('.yaml') &&
          !path.endsWith('/kustomization.yaml'),
      );
    return [
      ...below(folder).filter((path) => !path.endsWith('/patch.yaml')),
      ...(base === `${folder}/base` ? [] : below(base)),
    ];
  }

  #fileSpan(path: string): SourceSpan {
    return wholeFile({ path: repoPath(path), text: this.#texts.get(path) ?? '' });
  }
}
