import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { pointerTo } from '../core/json-pointer.ts';
import type { Difference, TemplateName } from '../verify/effect.ts';
import type { BuiltOutput, OutputJob } from './built-output.ts';
import { type MapOrigin, outputMap } from './output-maps.ts';

/** Where a differing value of a pod stands in the output, where in the legacy tree it comes from, and the rule that made it. */
export class DifferenceSources {
  readonly #output: BuiltOutput;
  readonly #job: OutputJob;
  readonly #environment: string;

  constructor(output: BuiltOutput, job: OutputJob, environment: string) {
    this.#output = output;
    this.#job = job;
    this.#environment = environment;
  }

  add(difference: Difference): Difference {
    const { template } = difference;
    const steps = podSteps(difference.path);
    if (template === undefined || steps === undefined) return difference;
    const file = template.owner === undefined ? this.#workflowFile() : `templates/${template.owner}.yaml`;
    const found = this.#find(file, template.name, steps);
    if (found === undefined) return difference;
    const { source, rule } = nearest(outputMap(file, this.#output).origins, found.pointer);
    return {
      ...difference,
      argoSource: `${file}:${found.line}:${found.col}`,
      ...(source === undefined ? {} : { legacySource: source }),
      ...(rule === undefined ? {} : { rule }),
    };
  }

  ruleOf(template: TemplateName): string | undefined {
    return this.add({ path: 'manifest.spec', legacy: '', argo: '', template }).rule;
  }

  #workflowFile(): string {
    const own = `${this.#job.folder}/overlays/${this.#environment}/workflow.yaml`;
    return this.#output.read(own) === undefined ? `${this.#job.folder}/base/workflow.yaml` : own;
  }

  /** The deepest place of the path that the file has. */
  #find(file: string, template: string, steps: readonly Step[]): Place | undefined {
    const text = this.#output.read(file);
    if (text === undefined) return undefined;
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    const path = ['spec', 'workflowSpec', 'templates'];
    const at = document.hasIn(path) ? path : ['spec', 'templates'];
    const list = document.getIn(at);
    if (!isSeq(list)) return undefined;
    const index = list.items.findIndex((item) => isMap(item) && item.get('name') === template);
    if (index < 0) return undefined;
    let node = list.items[index] as Node;
    let pointer = `/${at.join('/')}/${index}`;
    for (const step of steps) {
      const next = child(node, step);
      if (next === undefined) break;
      node = next.node;
      pointer = pointerTo(pointer, next.key);
    }
    const { line, col } = lines.linePos(node.range?.[0] ?? 0);
    return { pointer, line, col };
  }
}

interface Place {
  readonly pointer: string;
  readonly line: number;
  readonly col: number;
}

/** A key, the item of a name, or the item at a position; of several keys, the first that is there. */
type Step = readonly string[] | { readonly name: string } | { readonly index: number };

/** `…manifest.spec.containers[main].args[0]` in a template: `container`, `args`, 0. */
function podSteps(path: string): readonly Step[] | undefined {
  const inPod = /manifest\.(\S+)/.exec(path)?.[1];
  if (inPod === undefined) return undefined;
  const words = [...inPod.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)].map(([, key, item]) => ({ key, item }));
  const steps: Step[] = [];
  for (let at = words[0]?.key === 'spec' ? 1 : 0; at < words.length; at += 1) {
    const { key, item } = words[at] ?? {};
    if (key === 'containers' && words[at + 1]?.item === 'main') {
      steps.push(['container', 'script']);
      at += 1;
    } else if (key !== undefined) steps.push([key === 'containers' ? 'sidecars' : key]);
    else if (item !== undefined) steps.push(/^\d+$/.test(item) ? { index: Number(item) } : { name: item });
  }
  return steps;
}

function child(node: Node, step: Step): { readonly node: Node; readonly key: string } | undefined {
  if (Array.isArray(step)) {
    if (!isMap(node)) return undefined;
    const pair = (node as YAMLMap).items.find(({ key }) => isScalar(key) && step.includes(String(key.value)));
    if (pair?.value === null || pair?.value === undefined || !isScalar(pair.key)) return undefined;
    return { node: pair.value as Node, key: String(pair.key.value) };
  }
  if (!isSeq(node)) return undefined;
  const wanted = step as Exclude<Step, readonly string[]>;
  const index =
    'index' in wanted ? wanted.index : node.items.findIndex((item) => isMap(item) && item.get('name') === wanted.name);
  const found = node.items[index];
  return found === undefined ? undefined : { node: found as Node, key: String(index) };
}

/** What is noted for the place, or for what is around it. */
function nearest(origins: ReadonlyMap<string, MapOrigin>, pointer: string): Partial<MapOrigin> {
  let source: string | undefined;
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const origin = origins.get(at);
    source ??= origin?.source;
    if (origin?.rule !== undefined) return { rule: origin.rule, ...(source === undefined ? {} : { source }) };
  }
  return source === undefined ? {} : { source };
}
