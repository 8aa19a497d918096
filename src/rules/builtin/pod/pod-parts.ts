import { entryOf, itemsOf, partsOf, staticScalar, staticText } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { Loaded } from '../../rule-set.ts';
import type { SidecarRule } from '../../schema.ts';
import type { PodContext } from './context.ts';
import { imageName } from './images.ts';
import { partText } from './part-text.ts';
import { oneLine } from './polling.ts';
import { inlineProgram } from './shell-of.ts';

/** A pod's containers by role. */
export interface PodParts {
  readonly main: MapValue;
  /** The other containers, in order. */
  readonly others: readonly MapValue[];
  readonly init: readonly MapValue[];
  /** The pod spec without its containers. */
  readonly spec: MapValue;
}

export function containerName(container: Value): string {
  return staticScalar(entryOf(container, 'name')) ?? '';
}

/** Splits a pod spec; undefined where it has no container. The main one is named main or like the Job, else the first that is no known sidecar. */
export function podParts(manifest: MapValue, spec: MapValue, context: PodContext): PodParts | undefined {
  const containers = maps(entryOf(spec, 'containers'));
  const main = chooseMain(containers, jobName(manifest), context);
  if (main === undefined) return undefined;
  const rest = new Map([...spec.entries].filter(([key]) => key !== 'containers' && key !== 'initContainers'));
  return {
    main,
    others: containers.filter((container) => container !== main),
    init: maps(entryOf(spec, 'initContainers')),
    spec: { ...spec, entries: rest },
  };
}

function maps(value: Value | undefined): readonly MapValue[] {
  return itemsOf(value).filter((item): item is MapValue => item.kind === 'map');
}

function chooseMain(containers: readonly MapValue[], job: string, context: PodContext): MapValue | undefined {
  const named = (name: string): MapValue | undefined =>
    containers.find((container) => containerName(container) === name);
  const likely = containers.filter((container) => sidecarRuleOf(container, context) === undefined);
  return named('main') ?? (job === '' ? undefined : named(job)) ?? likely[0] ?? containers[0];
}

/** The Job's name without the suffix that makes it unique. */
function jobName(manifest: MapValue): string {
  const name = entryOf(manifest, 'metadata', 'name') ?? entryOf(manifest, 'metadata', 'generateName');
  const fixed =
    staticText(name) ?? (name?.kind === 'text' && name.parts[0]?.kind === 'literal' ? name.parts[0].text : '');
  return fixed.replace(/-+$/, '');
}

export function sidecarRuleOf(container: Value, context: PodContext): Loaded<SidecarRule> | undefined {
  const image = staticText(entryOf(container, 'image'));
  const name = image === undefined ? undefined : imageName(image);
  const line = programLine(container);
  const found = (patterns: readonly string[], text: string): boolean =>
    patterns.some((pattern) => new RegExp(pattern, 'u').test(text));
  const rules = context.input.rules.byKind.sidecar;
  return (
    (name === undefined ? undefined : rules.find((rule) => found(rule.images, name))) ??
    rules.find((rule) => found(rule.programs, line))
  );
}

/** What a container runs, on one line: its shell text, or else its command with its arguments. */
export function programLine(container: Value): string {
  const program = container.kind === 'map' ? inlineProgram(container) : undefined;
  if (program !== undefined) return oneLine(partText(program.text.parts).text).text;
  const words = [...itemsOf(entryOf(container, 'command')), ...itemsOf(entryOf(container, 'args'))];
  return words.map((word) => partText(partsOf(word)).text).join(' ');
}
