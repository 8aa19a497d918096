import {
  fullContainer,
  fullObject,
  fullPod,
  fullVolumes,
  isMapped,
  type PlainMap,
  unmappedFields,
} from './full-job.ts';
import { type TransformedField, transformedFields } from './transformed-fields.ts';

export interface SampleJob {
  readonly name: string;
  readonly manifest: PlainMap & { readonly spec: PlainMap & { readonly template: PlainMap } };
}

const plain = { name: 'load', image: 'example.test/load:1', command: ['run'] };
const dataVolume = { name: 'data', emptyDir: {} };

function job(
  name: string,
  pod: PlainMap,
  more: { spec?: PlainMap; metadata?: PlainMap; template?: PlainMap } = {},
): SampleJob {
  return {
    name,
    manifest: {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, ...more.metadata },
      spec: {
        backoffLimit: 0,
        ...more.spec,
        template: { ...more.template, spec: { restartPolicy: 'Never', ...pod } },
      },
    },
  };
}

/** Jobs that together hold every field that comes back as a field of the pod, containers in each of their positions. */
export function jobsWithEveryField(mark: string): readonly SampleJob[] {
  const image = `example.test/full:${mark}`;
  const metadata = fullObject('ObjectMeta', 'spec.template.metadata', mark, isMapped);
  return [
    job(
      'every-field',
      { ...fullPod(mark), containers: [fullContainer('load', image, 'main', mark)], volumes: fullVolumes(mark) },
      { template: { metadata } },
    ),
    job('as-sidecar', {
      containers: [plain, fullContainer('envoy', `envoyproxy/envoy:${mark}`, 'sidecar', mark)],
      volumes: [dataVolume],
    }),
    job('beside', { containers: [plain, fullContainer('other', image, 'beside', mark)], volumes: [dataVolume] }),
    job('as-init', {
      containers: [plain],
      initContainers: [fullContainer('prepare', image, 'init', mark)],
      volumes: [dataVolume],
    }),
  ];
}

export interface FormJob extends SampleJob {
  readonly field: TransformedField;
}

/** A Job for each field that is written in another form. */
export function jobsWithFormsOfTheirOwn(): readonly FormJob[] {
  return transformedFields.map((field, at) => ({
    ...job(
      `form-${at + 1}`,
      { containers: [plain], ...field.pod },
      {
        ...(field.job === undefined ? {} : { spec: field.job }),
        ...(field.metadata === undefined ? {} : { metadata: field.metadata }),
      },
    ),
    field,
  }));
}

/** A Job with every field that Argo has no place for. */
export function jobWithoutPlaces(): SampleJob {
  const made = structuredClone(
    job('without-places', { containers: [plain], initContainers: [{ ...plain, name: 'prepare' }] }, { spec: {} })
      .manifest,
  ) as Record<string, unknown>;
  for (const { path, value } of unmappedFields()) set(made, path.split('.'), value);
  return { name: 'without-places', manifest: made as SampleJob['manifest'] };
}

function set(of: Record<string, unknown>, [step = '', ...rest]: readonly string[], value: unknown): void {
  const isList = step.endsWith('[]');
  const key = step.replace(/\[\]$/, '');
  if (rest.length === 0) of[key] = value;
  else if (isList) {
    const items = (of[key] ?? [{}]) as Record<string, unknown>[];
    of[key] = items;
    set(items[0] ?? {}, rest, value);
  } else {
    const inner = (of[key] ?? {}) as Record<string, unknown>;
    of[key] = inner;
    set(inner, rest, value);
  }
}
