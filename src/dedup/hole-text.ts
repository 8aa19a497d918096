import { pathText } from './clash-text.ts';
import type { Hole, PathStep } from './types.ts';

/** What an input is, for its `description` in the template: where its value goes, in words. */
export function describeHole(hole: Hole): string {
  const places = [...new Set(hole.places.map(placeText))];
  const shown = places.slice(0, 3).join(', ');
  return places.length > 3 ? `${shown} and ${places.length - 3} more` : shown;
}

function placeText(path: readonly PathStep[]): string {
  const keys = path.map((step) => step.key);
  const after = (key: string): string | undefined => (keys.includes(key) ? keys[keys.indexOf(key) + 1] : undefined);
  const variable = after('env');
  if (variable !== undefined && keys.includes('valueFrom')) return `source of ${variable}${ofContainer(path)}`;
  if (variable !== undefined) return `variable ${variable}${ofContainer(path)}`;
  if (keys.includes('resources'))
    return `${keys.at(-1)} ${after('resources') === 'limits' ? 'limit' : 'request'}${ofContainer(path)}`;
  const argument = after('args') ?? after('command');
  if (argument !== undefined)
    return `${argument.startsWith('-') ? argument : `argument ${Number(argument) + 1}`}${ofContainer(path)}`;
  if (keys.at(-1) === 'image') return `image${ofContainer(path)}`;
  for (const kind of ['labels', 'annotations', 'nodeSelector'] as const) {
    const key = after(kind);
    if (key !== undefined)
      return `${{ labels: 'label', annotations: 'annotation', nodeSelector: 'node selector' }[kind]} ${key}`;
  }
  const given = after('parameters');
  if (given !== undefined && keys.includes('arguments')) return `argument ${given} of a step`;
  return pathText(path);
}

function ofContainer(path: readonly PathStep[]): string {
  const [first, second] = path;
  if (first?.key !== 'sidecars' && first?.key !== 'initContainers') return '';
  return ` of ${second?.key ?? first.key}`;
}
