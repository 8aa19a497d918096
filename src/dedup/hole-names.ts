import { parameterName } from '../ir/parameter-name.ts';
import type { PathStep } from './types.ts';

/** Names for the hole at a place, lower rank is better: Jinja2 variable, flag, environment variable, field. */
export function wishedNames(
  path: readonly PathStep[],
  variable: string | undefined,
  before: string | undefined,
): readonly { readonly name: string; readonly rank: number }[] {
  const wishes: { name: string; rank: number }[] = [];
  const wish = (text: string | undefined, rank: number): void => {
    const name = parameterName(text ?? '');
    if (name !== '') wishes.push({ name, rank });
  };
  const keys = path.map((step) => step.key);
  const last = path.at(-1);
  wish(/--?([A-Za-z][\w-]*)=$/.exec(before ?? '')?.[1], 0);
  if (last?.item === true) wish(/^--?([A-Za-z][\w-]*)$/.exec(last.key)?.[1], 0);
  wish(variable, -1);
  const env = path.findIndex((step) => step.key === 'env' && !step.item);
  if (env >= 0) wish(path[env + 1]?.key, keys.includes('secretKeyRef') ? 5 : 2);
  const resources = keys.indexOf('resources');
  if (resources >= 0) wish(keys[resources + 2], 0);
  if (keys.includes('labels') || keys.includes('annotations')) wish(last?.key.replace(/^.*\//, ''), 4);
  else if (keys.includes('secretKeyRef') || keys.includes('secretRef') || keys.includes('secret')) wish('secret', 3);
  else if (keys.includes('image')) wish('image_tag', 2);
  else if (keys.includes('args') || keys.includes('command')) wish('argument', 7);
  else if (keys.includes('arguments') && last?.key === 'value') wish(keys.at(-2), 3);
  // Of a variable of the environment its name says all.
  else if (env >= 0) return wishes;
  else if (keys.includes('script') && last?.key === 'source') wish('text', 6);
  else wish(last?.item === true ? path.at(-2)?.key : last?.key, 6);
  return wishes;
}
