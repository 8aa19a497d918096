import { list, textOf } from '../../../ir/build-value.ts';
import { entryOf, itemsOf, staticText } from '../../../ir/read-value.ts';
import type { MapValue, Provenance, TextPart, TextValue, Value } from '../../../ir/value.ts';
import { placeAfterImage } from './images.ts';

export type TextLanguage = 'shell' | 'python' | 'ruby' | 'node' | 'perl' | 'php';

/** The program text that a container runs by `sh -c`, `python -c` and the like. */
export interface InlineProgram {
  readonly language: TextLanguage;
  readonly text: TextValue;
  readonly list: 'command' | 'args';
  readonly index: number;
  /** True where nothing but the text decides what runs: no positional arguments, no login shell, no trace. */
  readonly bare: boolean;
}

const interpreters: readonly (readonly [RegExp, TextLanguage, RegExp])[] = [
  [/^(?:\S*\/)?(?:sh|bash|dash|ash|zsh)$/, 'shell', /^-[a-z]*c$/],
  [/^(?:\/\S*\/)?python[\d.]*$/, 'python', /^-[A-Za-z]*c$/],
  [/^(?:\/\S*\/)?ruby$/, 'ruby', /^-e$/],
  [/^(?:\/\S*\/)?perl$/, 'perl', /^-[A-Za-z]*[eE]$/],
  [/^(?:\/\S*\/)?php[\d.]*$/, 'php', /^-r$/],
  [/^(?:\/\S*\/)?node(?:js)?$/, 'node', /^(?:-e|-p|-pe|--eval|--print)$/],
];

/** The language of a text that an interpreter is given. */
export function interpreterLanguage(program: string): TextLanguage | undefined {
  return interpreters.find(([name]) => name.test(program))?.[1];
}

export function inlineProgram(container: MapValue): InlineProgram | undefined {
  const command = itemsOf(container.entries.get('command'));
  const all = [...command, ...itemsOf(container.entries.get('args'))];
  const [first] = all;
  const [, language, flag] = interpreters.find(([name]) => name.test(staticText(first) ?? '')) ?? [];
  if (language === undefined || flag === undefined) return undefined;
  const at = all.findIndex((word, index) => index > 0 && flag.test(staticText(word) ?? ''));
  const options = all.slice(1, at).map((word) => staticText(word) ?? '');
  const text = all[at + 1];
  if (at < 0 || text?.kind !== 'text' || !options.every((option) => /^-|^pipefail$/.test(option))) return undefined;
  const index = at + 1;
  const bare =
    all.length === at + 2 &&
    /^-[eu]*c$/.test(staticText(all[at]) ?? '') &&
    options.every((option) => /^(?:-[eu]+|-[eu]*o|pipefail)$/.test(option));
  return {
    language,
    text,
    list: index < command.length ? 'command' : 'args',
    index: index < command.length ? index : index - command.length,
    bare,
  };
}

/** Names of the variables that a container's `env` sets. */
export function variableNames(container: MapValue): ReadonlySet<string> {
  return new Set(itemsOf(container.entries.get('env')).map((item) => staticText(entryOf(item, 'name')) ?? ''));
}

/** The container with another program text. */
export function withProgramText(
  container: MapValue,
  program: InlineProgram,
  parts: readonly TextPart[],
  from: Provenance,
): MapValue {
  const items = itemsOf(container.entries.get(program.list)).map(
    (item, at): Value => (at === program.index ? { ...textOf(parts, from), control: item.control } : item),
  );
  return placeAfterImage(container, program.list, list(items, from));
}

/** The container running a program without a shell. */
export function withWords(container: MapValue, words: readonly (readonly TextPart[])[], from: Provenance): MapValue {
  const texts = ['command', 'args'].flatMap((key) => itemsOf(container.entries.get(key)));
  const control = [...new Set(texts.flatMap((text) => text.control))];
  const [program, ...rest] = words.map((word): Value => ({ ...textOf(word, from), control }));
  const withoutBoth: MapValue = {
    ...container,
    entries: new Map([...container.entries].filter(([key]) => key !== 'args')),
  };
  const commanded = placeAfterImage(withoutBoth, 'command', list(program === undefined ? [] : [program], from));
  return rest.length === 0 ? commanded : placeAfterImage(commanded, 'args', list(rest, from));
}
