import { list, text, withEntry } from '../../../ir/build-value.ts';
import { entryOf, itemsOf, partsOf } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { Loaded } from '../../rule-set.ts';
import type { ImageRule } from '../../schema.ts';
import type { PodContext } from './context.ts';

/** An image reference without tag and digest. */
export function imageName(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
}

function imageTag(image: string): string {
  return /:([^:/]*)$/.exec(image.replace(/@.*$/, ''))?.[1] ?? 'latest';
}

/** The image as written, for a person to read; what is known only at run time shows as its name in braces. */
export function imageText(container: Value): string {
  const image = entryOf(container, 'image');
  return image === undefined
    ? ''
    : partsOf(image)
        .map((part) => (part.kind === 'runtime' ? `{${part.name ?? 'run time'}}` : part.text))
        .join('');
}

export function imageRuleOf(container: Value, rules: readonly Loaded<ImageRule>[]): Loaded<ImageRule> | undefined {
  const image = imageText(container);
  const [name, tag] = [imageName(image), imageTag(image)];
  return rules.find(
    (rule) =>
      [rule.image].flat().some((pattern) => new RegExp(pattern, 'u').test(name)) &&
      (rule.tag === undefined || new RegExp(rule.tag, 'u').test(tag)),
  );
}

/** The container with its command: its own, or the entry point that an image rule gives; neither is reported. */
export function withCommand(container: MapValue, name: string, context: PodContext): MapValue {
  if (itemsOf(container.entries.get('command')).length > 0 || imageText(container) === '') return container;
  const rule = imageRuleOf(container, context.input.rules.byKind.image);
  if (rule === undefined) {
    context.report('POD_NO_COMMAND', { container: name, image: imageText(container) }, container);
    return container;
  }
  const from = { via: 'rule', rule: rule.id, from: [container.from] } as const;
  const words = (written: readonly string[]): Value =>
    list(
      written.map((word) => text(word, from)),
      from,
    );
  context.accept(
    `containers[${name}].command`,
    rule.id,
    `the entry point of ${imageName(imageText(container))} is written out`,
  );
  if (rule.command.length === 0) return withoutEntryPoint(container, words(rule.args ?? []));
  const commanded = placeAfterImage(container, 'command', words(rule.command));
  if (itemsOf(container.entries.get('args')).length > 0 || rule.args === undefined) return commanded;
  return withEntry(commanded, 'args', words(rule.args));
}

/** The arguments of an image without an entry point are the command; where the manifest gives none, they are the image's own. */
function withoutEntryPoint(container: MapValue, own: Value): MapValue {
  const args = container.entries.get('args');
  const given = args !== undefined && itemsOf(args).length > 0 ? args : own;
  return placeAfterImage(withEntry(container, 'args', undefined), 'command', given);
}

/** Sets an entry behind `image` (and `command`), where readers look for it. */
export function placeAfterImage(container: MapValue, key: 'command' | 'args', value: Value): MapValue {
  if (container.entries.has(key)) return withEntry(container, key, value);
  const before = key === 'args' && container.entries.has('command') ? 'command' : 'image';
  const entries = [...container.entries].flatMap(([name, entry]): (readonly [string, Value])[] =>
    name === before
      ? [
          [name, entry],
          [key, value],
        ]
      : [[name, entry]],
  );
  return container.entries.has(before) ? { ...container, entries: new Map(entries) } : withEntry(container, key, value);
}
