import type { Host } from '../core/host.ts';
import { compareText } from '../core/order.ts';
import { buildKustomization } from '../kustomize/build.ts';
import type { KMap } from '../kustomize/value.ts';
import type { Plain } from '../verify/effect.ts';
import { plainObjects } from './plain-objects.ts';

/** A job of the output in one environment, as it is applied. */
export interface OutputJob {
  /** `cron/<name>` or `workflows/<name>`. */
  readonly folder: string;
  readonly name: string;
  readonly namespace: string;
  /** The legacy workflows that it stands for, by its title: several that differ in their schedules alone have one CronWorkflow. */
  readonly workflows: readonly string[];
  /** The CronWorkflow or WorkflowTemplate itself. */
  readonly own: Plain;
  /** What its overlay builds to, and the shared templates of its namespace. */
  readonly objects: readonly Plain[];
}

export type OutputJobs =
  | { readonly kind: 'found'; readonly job: OutputJob }
  | { readonly kind: 'absent' }
  /** The job is there, for other environments. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'broken'; readonly folder: string; readonly problem: string };

interface OverlayFolder {
  /** `cron/<name>` or `workflows/<name>`. */
  readonly folder: string;
  readonly name: string;
  readonly environment: string;
}

type Build =
  | { readonly kind: 'built'; readonly objects: readonly Plain[] }
  | { readonly kind: 'broken'; readonly problem: string };

const overlayFile = /^((?:cron|workflows)\/([^/]+))\/overlays\/([^/]+)\/kustomization\.yaml$/;
const TITLE = 'workflows.argoproj.io/title';

/** An output tree as it lies on disk, with whatever people changed in it; each folder is built once. */
export class BuiltOutput {
  readonly #host: Host;
  readonly #overlays: readonly OverlayFolder[];
  readonly #builds = new Map<string, Build>();

  constructor(host: Host) {
    this.#host = host;
    this.#overlays = host.list().flatMap((path) => {
      const match = overlayFile.exec(path);
      return match === null ? [] : [{ folder: match[1] ?? '', name: match[2] ?? '', environment: match[3] ?? '' }];
    });
  }

  /** The job of a legacy workflow: by the title that people know it by, else by its folder. */
  job(workflow: string, environment: string): OutputJobs {
    const folder = this.#folderOf(workflow);
    if (folder === undefined) return { kind: 'absent' };
    const overlay = this.#overlays.find((each) => each.folder === folder && each.environment === environment);
    return overlay === undefined ? { kind: 'elsewhere' } : this.#jobOf(overlay);
  }

  /** All jobs that can be built, in every environment that has them. */
  jobs(): readonly { readonly environment: string; readonly job: OutputJob }[] {
    return this.#overlays.flatMap((overlay) => {
      const found = this.#jobOf(overlay);
      return found.kind === 'found' ? [{ environment: overlay.environment, job: found.job }] : [];
    });
  }

  #jobOf({ folder, name, environment }: OverlayFolder): Extract<OutputJobs, { kind: 'found' | 'broken' }> {
    const place = `${folder}/overlays/${environment}`;
    const built = this.build(place);
    if (built.kind === 'broken') return { kind: 'broken', folder: place, problem: built.problem };
    const own = built.objects.find((object) => runnable.has(text(object, 'kind')) && nameOf(object) === name);
    if (own === undefined) return { kind: 'broken', folder: place, problem: `it has no workflow ${name}` };
    const namespace = text(at(own, 'metadata'), 'namespace');
    const shared = this.build(`environments/${environment}/templates-${namespace}`);
    const objects = [...built.objects, ...(shared.kind === 'built' ? shared.objects : [])];
    const workflows = namesIn(titleOf(own));
    return { kind: 'found', job: { folder, name, namespace, workflows, own, objects } };
  }

  build(folder: string): Build {
    const known = this.#builds.get(folder) ?? this.#buildNew(folder);
    this.#builds.set(folder, known);
    return known;
  }

  read(path: string): string | undefined {
    return this.#host.read(path);
  }

  #buildNew(folder: string): Build {
    const built = buildKustomization(folder, (path) => this.#host.read(path));
    if (built.kind === 'built') return { kind: 'built', objects: plainObjects(built.objects as readonly KMap[]) };
    return { kind: 'broken', problem: built.kind === 'failed' ? built.error : `${built.why} is not understood here` };
  }

  #folderOf(workflow: string): string | undefined {
    const folders = [...new Set(this.#overlays.map((each) => each.folder))].sort(compareText);
    const name = workflow.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    const named = folders.find((folder) => folder.slice(folder.indexOf('/') + 1) === name);
    // Two legacy names can be one in Kubernetes; the title then tells.
    if (named !== undefined && this.#namesIn(named).includes(workflow)) return named;
    return folders.find((folder) => this.#namesIn(folder).includes(workflow)) ?? named;
  }

  /** Of any environment in which the folder can be built. */
  #namesIn(folder: string): readonly string[] {
    for (const { environment } of this.#overlays.filter((each) => each.folder === folder)) {
      const built = this.build(`${folder}/overlays/${environment}`);
      if (built.kind === 'broken') continue;
      const own = built.objects.find((object) => runnable.has(text(object, 'kind')));
      return namesIn(titleOf(own));
    }
    return [];
  }
}

const runnable: ReadonlySet<string> = new Set(['CronWorkflow', 'WorkflowTemplate']);

function titleOf(object: Plain | undefined): string {
  return text(at(at(object, 'metadata'), 'annotations'), TITLE);
}

function namesIn(title: string): readonly string[] {
  return title === '' ? [] : title.split(', ');
}

function nameOf(object: Plain): string {
  return text(at(object, 'metadata'), 'name');
}

function at(value: Plain | undefined, key: string): Plain | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Plain })[key]
    : undefined;
}

function text(value: Plain | undefined, key: string): string {
  const found = at(value, key);
  return typeof found === 'string' ? found : '';
}
