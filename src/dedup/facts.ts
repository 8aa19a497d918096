import { entryOf, itemsOf, staticText } from '../ir/read-value.ts';
import type { MapValue, Value } from '../ir/value.ts';
import { itemKeys } from './item-keys.ts';
import { leafText } from './plain-text.ts';

/** What a body says, leaf by leaf, as `path=value`: the set that similarity counts. */
export function factsOf(body: Value): readonly string[] {
  const facts: string[] = [];
  walk(body, '', (path, value) => facts.push(`${path}=${value}`));
  return facts;
}

/** Which keys and items a body has, whatever their values: equal for bodies that a pattern with holes can both make. */
export function shapeOf(body: Value): string {
  const places: string[] = [];
  walk(body, '', (path, _, kind) => places.push(`${path}:${kind}`));
  return places.sort().join('\n');
}

function walk(value: Value, path: string, leaf: (path: string, value: string, kind: string) => void): void {
  switch (value.kind) {
    case 'text':
    case 'scalar':
      // A quantity is written as a number or as a text.
      leaf(path, leafText(value), 'leaf');
      return;
    case 'list': {
      const keys = itemKeys(value.items);
      if (keys.length === 0) leaf(path, '[]', 'list');
      // The order counts: in arguments always, in an environment because of `$(NAME)`.
      value.items.forEach((item, at) => walk(item, `${path}/${at}[${keys[at]}]`, leaf));
      return;
    }
    case 'map':
      if (value.entries.size === 0) leaf(path, '{}', 'map');
      for (const [key, entry] of value.entries) walk(entry, `${path}/${key}`, leaf);
  }
}

/**
 * Which program a template runs: kind of template, image without tag, command, and the words before the first flag. Templates of
 * different programs, or of different sub-commands of one (`gl build`, `gl check`), are not variants of one job.
 */
export function programOf(body: MapValue): string {
  for (const kind of ['container', 'script'] as const) {
    const container = body.entries.get(kind);
    if (container === undefined) continue;
    const image = staticText(entryOf(container, 'image')) ?? '';
    const words = [entryOf(container, 'command'), entryOf(container, 'args')].flatMap((list) =>
      itemsOf(list).map(leafText),
    );
    const flag = words.findIndex((word) => word.startsWith('-') && !isShell(words[0]));
    const own = isShell(words[0]) ? words.slice(0, 2) : words.slice(0, flag < 0 ? words.length : flag);
    return JSON.stringify([kind, repositoryOf(image), ...own.filter((word) => !word.includes('{{'))]);
  }
  return JSON.stringify([...body.entries.keys()]);
}

function isShell(word: string | undefined): boolean {
  return word !== undefined && /^(?:\/\S*\/)?(?:ba|da|a|z)?sh$/.test(word);
}

/** `registry:5000/team/app:v1` → `registry:5000/team/app`. */
function repositoryOf(image: string): string {
  return image.replace(/@.*$/s, '').replace(/:[^/]*$/s, '');
}
