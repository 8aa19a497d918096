import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type LintAnswer, lintManifests } from '../argo-oracle.ts';
import { type Check, type Context, tally } from '../check.ts';
import { type KubernetesObject, parseObjects } from '../kubernetes-object.ts';
import { outputTrees } from '../output-trees.ts';
import { templatePool, withReferredTemplates } from '../referred-templates.ts';
import { type Program, runProgram } from '../run-program.ts';
import { buildArguments } from '../tools/kustomize.ts';

interface Build {
  /** The built folder, relative to the repository. */
  readonly folder: string;
  readonly objects: readonly KubernetesObject[];
}

const argoKinds = new Set(['Workflow', 'CronWorkflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate']);

/** Every committed output tree builds with the real kustomize and passes the real linters, and no field gets lost. */
export const samplesKustomizeLint: Check = {
  name: 'samples-kustomize-lint',
  needs: ['kustomize', 'argo 4.0.7', 'argo 3.7.17'],
  async run(context) {
    const cases = tally();
    const builds: Build[] = [];
    const kustomize = await context.tools.program('kustomize');
    for (const tree of await outputTrees(context.root)) {
      if (!existsSync(join(context.root, tree))) cases.fail(`${tree}: no output is committed`);
      else builds.push(...(await buildTree(context, kustomize, tree, cases)));
    }
    const manifests = builds.map(({ objects }, i) => ({ manifest: withPool(builds, i, objects), namespace: '' }));
    const unchecked = new Set<string>();
    for (const tool of ['argo 4.0.7', 'argo 3.7.17'] as const) {
      const answers = await lintManifests(await context.tools.program(tool), manifests);
      for (const [i, build] of builds.entries()) judge(build, tool, answers[i]!, cases);
      for (const kind of answers.flatMap((answer) => answer.unchecked)) unchecked.add(kind);
    }
    const kinds = unchecked.size > 0 ? `; kinds without a Go type here: ${[...unchecked].sort().join(', ')}` : '';
    return cases.result(`${builds.length} kustomizations built and linted by 4.0.7 and 3.7.17${kinds}`);
  },
};

async function buildTree(
  { root }: Context,
  kustomize: Program,
  tree: string,
  cases: ReturnType<typeof tally>,
): Promise<readonly Build[]> {
  const builds: Build[] = [];
  for (const folder of await kustomizations(root, join(root, tree))) {
    const { code, stdout, stderr } = await runProgram(kustomize, buildArguments(kustomize, join(root, folder)));
    if (code !== 0) cases.fail(`${folder}: kustomize build\n${stderr.trim().replaceAll(root, '.')}`);
    // kustomize warns on stderr, e.g. of deprecated fields: what we emit should give it no reason to.
    else if (stderr.trim() !== '') cases.fail(`${folder}: kustomize warns\n${stderr.trim().replaceAll(root, '.')}`);
    else cases.pass();
    if (code === 0) builds.push({ folder, objects: parseObjects(stdout) });
  }
  if (builds.length === 0) cases.fail(`${tree}: no kustomization found`);
  else if (tree.startsWith('reports') && !builds.some(({ folder }) => /[/\\]environments[/\\]/.test(folder))) {
    cases.fail(`${tree}: no environments/<env> was built`);
  }
  return builds;
}

/** Folders with a kustomization, relative to the root. A base is no deployable object: its values come from overlays. */
async function kustomizations(root: string, tree: string): Promise<readonly string[]> {
  const entries = await readdir(tree, { recursive: true, withFileTypes: true });
  return entries
    .filter(
      ({ name, parentPath }) => name === 'kustomization.yaml' && !/[/\\](base|components[/\\].*)$/.test(parentPath),
    )
    .map(({ parentPath }) => relative(root, parentPath))
    .sort();
}

function withPool(builds: readonly Build[], index: number, objects: readonly KubernetesObject[]): string {
  const pool = templatePool(builds, builds[index]!.folder);
  return withReferredTemplates(objects, pool)
    .map(({ text }) => text)
    .join('\n---\n');
}

function judge(build: Build, tool: string, answer: LintAnswer, cases: ReturnType<typeof tally>): void {
  if (build.objects.some(({ kind }) => argoKinds.has(kind))) {
    if (answer.ok) cases.pass();
    else cases.fail(`${build.folder}: ${tool} lint\n${answer.errors.join('\n') || 'nothing was linted'}`);
  }
  if (answer.deep.length === 0) cases.pass();
  else {
    const lost = answer.deep.map(({ kind, name, path, reason }) => `${kind} ${name} ${path}: ${reason}`);
    cases.fail(`${build.folder}: lost by ${tool}\n${lost.join('\n')}`);
  }
}
