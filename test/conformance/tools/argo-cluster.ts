import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { type Program, runOrThrow } from '../run-program.ts';
import { buildGoPrograms, go } from './go-program.ts';

const argoModule = 'github.com/argoproj/argo-workflows/v4';
/** k8s.io/kubernetes takes its version from the linker; with none, its own checks of versions fail. */
const kubernetesVersion = ['gitVersion=v1.35.4', 'gitMajor=1', 'gitMinor=35'];

/** What a cluster without nodes consists of. */
export interface ClusterPrograms {
  readonly apiserver: Program;
  readonly controller: Program;
  /** File with a JSON list of Argo's custom resource definitions. */
  readonly definitions: string;
}

const definitionsName = 'definitions.json';

/** Builds a kube-apiserver with etcd inside, and Argo's workflow-controller; returns the former. */
export async function buildArgoCluster(folder: string): Promise<Program> {
  const version = kubernetesVersion.map((entry) => `-X k8s.io/component-base/version.${entry}`);
  const flags = ['-ldflags', ['-s -w', ...version].join(' ')];
  const built = await buildGoPrograms('argo-cluster', folder, ['apiserver', 'controller'], flags, (target) =>
    writeDefinitions(folder, join(target, definitionsName)),
  );
  return { file: join(built, 'apiserver'), args: [] };
}

/** What was built beside the API server. */
export function clusterPrograms(apiserver: Program): ClusterPrograms {
  const built = dirname(apiserver.file);
  return {
    apiserver,
    controller: { file: join(built, 'controller'), args: [] },
    definitions: join(built, definitionsName),
  };
}

/** Argo's definitions without descriptions, which are most of their 9 MB. */
async function writeDefinitions(folder: string, file: string): Promise<void> {
  const { stdout } = await runOrThrow(go, ['list', '-m', '-f', '{{.Dir}}', argoModule], { cwd: folder });
  const source = join(stdout.trim(), 'manifests', 'base', 'crds', 'full');
  const names = (await readdir(source)).filter((name) => name.startsWith('argoproj.io_')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(source, name), 'utf8')));
  await writeFile(file, JSON.stringify(texts.map((text) => withoutDescriptions(parse(text)))));
}

/** A property may itself be called `description`; then its value is no text. */
function withoutDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDescriptions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => key !== 'description' || typeof item !== 'string')
      .map(([key, item]) => [key, withoutDescriptions(item)]),
  );
}
