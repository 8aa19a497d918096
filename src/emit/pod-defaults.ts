import { byRule, map, text } from '../ir/build-value.ts';
import type { MapValue } from '../ir/value.ts';
import type { PodDefaults, WorkflowKind } from '../merge/share/share.ts';
import type { MergedJob } from '../merge/types.ts';
import type { EmitInput } from './emit-input.ts';
import { component } from './kustomization.ts';
import { yamlFile } from './text-file.ts';
import type { OutputFile } from './types.ts';

const RULE = 'emit-pod-defaults';

/** The component that an overlay of the job adds in this environment, as seen from the overlay's folder. */
export function podDefaultsOf(job: MergedJob, environment: string): readonly string[] {
  return job.podDefaults === undefined
    ? []
    : [`../../../../templates/components/${job.podDefaults}/overlays/${environment}`];
}

/** What several jobs say for all their pods, as kustomize components: one for all environments, and one for each on top of it. */
export function podDefaultFiles(input: EmitInput): readonly OutputFile[] {
  return input.podDefaults.flatMap((defaults) => {
    const folder = `templates/components/${defaults.name}`;
    const header = [
      `What the pods of these jobs have in common: ${defaults.jobs.join(', ')}.`,
      'Their overlays add it; `kustomize build` of an overlay shows the whole.',
    ];
    const overlays = [...defaults.overlays].flatMap(([environment, spec]) => [
      yamlFile(
        `${folder}/overlays/${environment}/kustomization.yaml`,
        component({
          components: ['../../base'],
          ...(spec.entries.size === 0 ? {} : { patches: [patchFor(defaults)] }),
        }),
      ),
      ...(spec.entries.size === 0
        ? []
        : [yamlFile(`${folder}/overlays/${environment}/pods.yaml`, patchOf(defaults, spec))]),
    ]);
    return [
      yamlFile(`${folder}/base/kustomization.yaml`, component({ patches: [patchFor(defaults)] })),
      yamlFile(`${folder}/base/pods.yaml`, patchOf(defaults, defaults.base), header),
      ...overlays,
    ];
  });
}

function patchFor({ kind }: PodDefaults): { readonly path: string; readonly target: { readonly kind: WorkflowKind } } {
  return { path: 'pods.yaml', target: { kind } };
}

/** The name is required and stands for no object: the target says which ones are meant. */
function patchOf({ kind, name }: PodDefaults, spec: MapValue): MapValue {
  const from = byRule(RULE);
  return map(
    [
      ['apiVersion', text('argoproj.io/v1alpha1', from)],
      ['kind', text(kind, from)],
      ['metadata', map([['name', text(name, from)]], from)],
      ['spec', kind === 'CronWorkflow' ? map([['workflowSpec', spec]], from) : spec],
    ],
    from,
  );
}
