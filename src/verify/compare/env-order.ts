import { compareText } from '../../core/order.ts';
import type { Plain } from '../effect.ts';
import { asList, asMap, isMap } from './plain-differences.ts';

/** A pod whose variables are sorted by name, but where a value takes over another one by `$(NAME)`: there the order counts. */
export function withoutEnvOrder(pod: Plain): Plain {
  const { spec, ...rest } = asMap(pod);
  if (!isMap(spec)) return pod;
  const lists = ['containers', 'initContainers'].flatMap((key) =>
    spec[key] === undefined ? [] : [[key, asList(spec[key]).map(sorted)] as const],
  );
  return { ...rest, spec: { ...spec, ...Object.fromEntries(lists) } };
}

function sorted(container: Plain): Plain {
  const map = asMap(container);
  const env = asList(map['env']).map(asMap);
  if (env.length === 0 || env.some((variable) => /\$\(\w+\)/.test(String(variable['value'] ?? '')))) return container;
  return { ...map, env: [...env].sort((a, b) => compareText(String(a['name']), String(b['name']))) };
}
