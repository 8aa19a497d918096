import { dirname, join } from 'node:path';
import { type Program, runOrThrow } from './run-program.ts';
import { buildArgoCluster } from './tools/argo-cluster.ts';
import { describeChromium, findChromium } from './tools/chromium.ts';
import { buildGoProgram } from './tools/go-program.ts';
import { describeKustomize, findKustomize } from './tools/kustomize.ts';
import { describePython, findPython } from './tools/python.ts';
import { describeRuby, findRuby } from './tools/ruby.ts';

export type ToolName =
  | 'kubernetes'
  | 'kustomize'
  | 'argo 4.0.7'
  | 'argo 3.7.17'
  | 'python'
  | 'ruby'
  | 'bash'
  | 'argo cluster'
  | 'chromium';

type Tool =
  | { readonly kind: 'found'; readonly name: ToolName; readonly program: Program; readonly description: string }
  | { readonly kind: 'missing'; readonly name: ToolName; readonly reason: string };

/** Finds, builds or installs tools; each is looked for once. */
export interface Tools {
  find(name: ToolName): Promise<Tool>;
  /** As `find`, for a check that cannot do without: throws where the tool is missing. */
  program(name: ToolName): Promise<Program>;
}

interface Source {
  locate(): Promise<Program>;
  describe(program: Program): Promise<string>;
}

export function createTools(folder: string): Tools {
  const sources: Readonly<Record<ToolName, Source>> = {
    kubernetes: kubernetesSource(folder),
    kustomize: { locate: findKustomize, describe: describeKustomize },
    'argo 4.0.7': argoSource(folder, 'argo', 'v4.0.7'),
    'argo 3.7.17': argoSource(folder, 'argo37', 'v3.7.17'),
    'argo cluster': {
      locate: () => buildArgoCluster(join(folder, 'cluster', 'programs')),
      describe: async ({ file }) => `kube-apiserver 1.35.4, workflow-controller 4.0.7 (${dirname(file)})`,
    },
    python: { locate: findPython, describe: describePython },
    ruby: { locate: findRuby, describe: describeRuby },
    chromium: { locate: findChromium, describe: describeChromium },
    bash: { locate: async () => ({ file: 'bash', args: [] }), describe: describeBash },
  };
  const found = new Map<ToolName, Promise<Tool>>();
  const find = (name: ToolName): Promise<Tool> => {
    const known = found.get(name) ?? findOne(name, sources[name]);
    found.set(name, known);
    return known;
  };
  return {
    find,
    async program(name) {
      const tool = await find(name);
      if (tool.kind === 'missing') throw new Error(`${name} is missing: ${tool.reason}`);
      return tool.program;
    },
  };
}

async function findOne(name: ToolName, source: Source): Promise<Tool> {
  try {
    const program = await source.locate();
    return { kind: 'found', name, program, description: await source.describe(program) };
  } catch (error) {
    return { kind: 'missing', name, reason: error instanceof Error ? error.message : String(error) };
  }
}

function argoSource(folder: string, module: string, version: string): Source {
  return {
    locate: () =>
      buildGoProgram(
        `argo-oracle-${version}`,
        join(folder, module),
        ['deep', 'fields'].map((also) => join(folder, also)),
      ),
    describe: async (program) => `Argo Workflows ${version} (${program.file})`,
  };
}

/** The Go types of the current Kubernetes release. */
function kubernetesSource(folder: string): Source {
  return {
    locate: () => buildGoProgram('kubernetes-fields', join(folder, 'kubernetes'), [join(folder, 'fields')]),
    describe: async (program) => `batch/v1 and core/v1 of k8s.io/api (${program.file})`,
  };
}

async function describeBash(program: Program): Promise<string> {
  const { stdout } = await runOrThrow(program, ['--version']);
  return stdout.split('\n')[0] ?? 'bash';
}
