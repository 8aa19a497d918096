import { escapeRegExp } from '../../core/escape-regexp.ts';
import type { Plain } from '../effect.ts';
import { type Accepted, acceptedAt, secretOf } from './accepted.ts';
import { asList, asMap } from './plain-differences.ts';

/** A value of a command line that Argo's container takes from a Secret. */
export interface SecretWord {
  readonly accepted: Accepted;
  readonly secret: string;
}

export interface PlainWords {
  /** The pod as if the values still stood in its command lines. */
  readonly pod: Plain;
  readonly words: readonly SecretWord[];
}

/**
 * Puts back what a rule took out of command lines: a variable that only Argo's container has, from a Secret, is replaced
 * where it is used by what the legacy words say at that place, and taken away. What does not fit then differs.
 */
export function withPlainWords(legacy: Plain, argo: Plain, accepted: readonly Accepted[]): PlainWords {
  const words: SecretWord[] = [];
  const spec = asMap(asMap(argo)['spec']);
  const restored = (list: 'containers' | 'initContainers'): Record<string, Plain> => {
    if (spec[list] === undefined) return {};
    const before = asList(asMap(asMap(legacy)['spec'])[list]).map(asMap);
    return {
      [list]: asList(spec[list]).map((each): Plain => {
        const container = asMap(each);
        const same = before.find((other) => other['name'] === container['name']);
        if (same === undefined) return each;
        return withoutReferences(`${list}[${String(container['name'])}]`, same, container, accepted, words);
      }),
    };
  };
  const containers = { ...restored('containers'), ...restored('initContainers') };
  return words.length === 0
    ? { pod: argo, words }
    : { pod: { ...asMap(argo), spec: { ...spec, ...containers } }, words };
}

type PlainMap = { readonly [key: string]: Plain };

function withoutReferences(
  path: string,
  legacy: PlainMap,
  argo: PlainMap,
  accepted: readonly Accepted[],
  words: SecretWord[],
): Plain {
  const old = new Set(asList(legacy['env']).map((variable) => asMap(variable)['name']));
  let container = argo;
  for (const variable of asList(argo['env']).map(asMap)) {
    const name = String(variable['name']);
    const secret = secretOf(variable['valueFrom']);
    const known = acceptedAt(`spec.${path}.env[${name}]`, accepted);
    if (old.has(name) || secret === undefined || known === undefined) continue;
    const next = withValue(name, legacy, container);
    if (next === undefined) continue;
    const env = asList(next['env']).filter((other) => asMap(other)['name'] !== name);
    container = { ...next, env };
    if (env.length === 0 && legacy['env'] === undefined) {
      const { env: _none, ...rest } = next;
      container = rest;
    }
    words.push({ accepted: known, secret });
  }
  return container;
}

/** The words with what the legacy ones say in place of the variable; undefined where they say nothing there. */
function withValue(name: string, legacy: PlainMap, argo: PlainMap): PlainMap | undefined {
  const reference = new RegExp(`'"\\$\\{${name}\\}"'|"\\$\\{${name}\\}"|\\$\\{${name}\\}|\\$\\(${name}\\)`);
  const said = [...textsOf(legacy['command']), ...textsOf(legacy['args'])];
  let found = false;
  const put = (key: 'command' | 'args'): PlainMap =>
    argo[key] === undefined
      ? {}
      : {
          [key]: asList(argo[key]).map((word) => {
            let text = typeof word === 'string' ? word : '';
            for (let match = reference.exec(text); match !== null; match = reference.exec(text)) {
              const value = valueBetween(text.slice(0, match.index), text.slice(match.index + match[0].length), said);
              if (value === undefined) return word;
              found = true;
              text = text.slice(0, match.index) + value + text.slice(match.index + match[0].length);
            }
            return typeof word === 'string' ? text : word;
          }),
        };
  const changed = { ...argo, ...put('command'), ...put('args') };
  return found ? changed : undefined;
}

function textsOf(value: Plain | undefined): readonly string[] {
  return asList(value ?? []).filter((word) => typeof word === 'string');
}

/** What stands between two texts in one of the words: as a whole, else as far as a shell's word goes. */
function valueBetween(before: string, after: string, said: readonly string[]): string | undefined {
  const whole = said.find(
    (word) => word.startsWith(before) && word.endsWith(after) && word.length > before.length + after.length,
  );
  if (whole !== undefined && !/[$]/.test(after)) return whole.slice(before.length, whole.length - after.length);
  const inside = new RegExp(`${escapeRegExp(before.slice(-24))}['"]?([^\\s'";&|]+)`);
  return said.flatMap((word) => inside.exec(word)?.[1] ?? []).at(0);
}
