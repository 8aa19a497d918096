import { text, withEntry } from '../../../ir/build-value.ts';
import { entryOf, mapTexts, staticScalar, staticText } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { PodContext } from './context.ts';
import { withCommand } from './images.ts';
import { containerName, type PodParts, sidecarRuleOf } from './pod-parts.ts';

/** Names of Argo's own containers, by the list a user's container would meet them in. */
const reserved = {
  sidecar: new Set(['main', 'wait', 'init', 'supervisor']),
  init: new Set(['init', 'wait', 'main', 'supervisor']),
};

/** The containers that do the pod's work, and those that only serve them. */
export interface WorkingContainers {
  /** T.container: the main container without its name, which is always main. */
  readonly main: MapValue;
  /** Members of T.containerSet beside the main one: the Job was complete when all of them had ended. */
  readonly beside: readonly MapValue[];
  /** T.sidecars: stopped when the others have ended. */
  readonly sidecars: readonly MapValue[];
}

export function workingContainers(parts: PodParts, context: PodContext): WorkingContainers {
  const name = containerName(parts.main);
  const main = withCommand(commonContainer(parts.main, name, name, context), name, context);
  const others = parts.others.map((container) => {
    const own = containerName(container);
    const common = withCommand(commonContainer(container, own, name, context), own, context);
    return { serves: sidecarRuleOf(container, context) !== undefined, container: renamed(common, 'sidecar', context) };
  });
  return {
    main: withEntry(main, 'name', undefined),
    beside: others.flatMap(({ serves, container }) => (serves ? [] : [container])),
    sidecars: others.flatMap(({ serves, container }) => (serves ? [container] : [])),
  };
}

export function initContainers(parts: PodParts, context: PodContext): readonly MapValue[] {
  const main = containerName(parts.main);
  return parts.init.map((container) =>
    renamed(commonContainer(container, containerName(container), main, context), 'init', context),
  );
}

function renamed(container: MapValue, list: 'sidecar' | 'init', context: PodContext): MapValue {
  const name = containerName(container);
  if (!reserved[list].has(name)) return container;
  const becomes = `${name}-${list === 'init' ? 'step' : 'sidecar'}`;
  context.report(
    'POD_NAME_RESERVED',
    { what: list === 'init' ? 'the init container' : 'the container', name, becomes },
    container,
  );
  context.accept(`containers[${name}].name`, context.input.rule, `${name} is a container of Argo's own`);
  return withEntry(container, 'name', text(becomes, context.made(container)));
}

function commonContainer(container: MapValue, name: string, main: string, context: PodContext): MapValue {
  return pointToMain(lastOfEachVariable(withoutEmpty(container), name, context), main);
}

/** An empty command or argument list says the same as none. */
function withoutEmpty(container: MapValue): MapValue {
  const empty = (value: Value): boolean =>
    (value.kind === 'list' && value.items.length === 0) || (value.kind === 'map' && value.entries.size === 0);
  return {
    ...container,
    entries: new Map(
      [...container.entries].filter(
        ([key, value]) =>
          !(
            ['args', 'command', 'env', 'envFrom', 'ports', 'resources', 'volumeMounts', 'securityContext'].includes(
              key,
            ) && empty(value)
          ),
      ),
    ),
  };
}

/** Kubernetes lets the last of several variables of one name hold; Argo's API refuses the second. */
function lastOfEachVariable(container: MapValue, name: string, context: PodContext): MapValue {
  const env = container.entries.get('env');
  if (env?.kind !== 'list') return container;
  const names = env.items.map((item) => staticScalar(entryOf(item, 'name')));
  for (const [at, item] of env.items.entries()) {
    const variable = names[at];
    if (variable !== undefined && names.lastIndexOf(variable) !== at)
      context.report('POD_ENV_DUPLICATE', { container: name, name: variable }, item);
  }
  const items = env.items.filter((_, at) => names[at] === undefined || names.lastIndexOf(names[at]) === at);
  return items.length === env.items.length ? container : withEntry(container, 'env', { ...env, items });
}

/** resourceFieldRef may name the main container, whose name changes. */
function pointToMain(container: MapValue, main: string): MapValue {
  const env = container.entries.get('env');
  if (env === undefined || main === 'main') return container;
  return withEntry(container, 'env', resourceRefsToMain(env, main));
}

/** The value with every `containerName` that names the main container saying main. */
export function resourceRefsToMain(value: Value, main: string): Value {
  switch (value.kind) {
    case 'list':
      return { ...value, items: value.items.map((item) => resourceRefsToMain(item, main)) };
    case 'map': {
      const entries = [...value.entries].map(([key, entry]): readonly [string, Value] => {
        if (key !== 'containerName' || staticText(entry) !== main) return [key, resourceRefsToMain(entry, main)];
        return [key, mapTexts(entry, (old) => text('main', { via: 'rule', rule: 'pod-main', from: [old.from] }))];
      });
      return { ...value, entries: new Map(entries) };
    }
    case 'text':
    case 'scalar':
      return value;
  }
}
