import { compareText } from '../core/order.ts';
import type { Brand } from '../core/source.ts';

/** RFC 1123 label: lower case letters, digits and `-`, beginning and ending with a letter or digit. */
export type K8sName = Brand<string, 'K8sName'>;

/** The longest name of a CronWorkflow: Argo appends `-<unix seconds>` to it for its Workflows. */
export const MAX_CRON_WORKFLOW_NAME = 52;

export function isK8sName(text: string, max = 63): text is K8sName {
  return text.length <= max && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);
}

/**
 * The text as a name: lower case, words of camel case and everything foreign separated by `-`. What is too long keeps its head and
 * ends in a hash of the whole text, so that two long texts with one head stay two names.
 */
export function k8sName(text: string, max = 63): K8sName {
  const clean = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (clean === '') return `x${hash(text)}` as K8sName;
  if (clean.length <= max) return clean as K8sName;
  return withSuffix(clean, hash(text), max);
}

/**
 * A name for each text, all different. A text that is a name already keeps it; of several texts that clean to one name, each
 * but the one spelt most like it gets a hash of its own text. The result does not depend on the order of the texts.
 */
export function k8sNames(
  texts: Iterable<string>,
  max = 63,
  taken: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, K8sName> {
  const groups = new Map<string, string[]>();
  for (const text of [...new Set(texts)].sort(compareText)) {
    const name = k8sName(text, max);
    groups.set(name, [...(groups.get(name) ?? []), text]);
  }
  const names = new Map<string, K8sName>();
  const used = new Set<string>(taken);
  for (const [name, group] of groups) {
    const [first] = [...group].sort((a, b) => distance(a, name) - distance(b, name) || compareText(a, b));
    if (first !== undefined && !used.has(name)) names.set(first, name as K8sName);
    used.add(name);
  }
  for (const group of groups.values())
    for (const text of group) {
      if (names.has(text)) continue;
      let salt = text;
      let name = withSuffix(k8sName(text, max), hash(salt), max);
      while (used.has(name)) {
        salt = `${salt}\u0000`;
        name = withSuffix(k8sName(text, max), hash(salt), max);
      }
      used.add(name);
      names.set(text, name);
    }
  return names;
}

/**
 * Names as {@link k8sNames} gives them, but a text that was given a name before keeps it, and no other text gets that name.
 * A given name that is none, or that two texts claim, is given anew.
 */
export function keptNames(
  texts: Iterable<string>,
  given: Readonly<Record<string, string>>,
  max = 63,
): ReadonlyMap<string, K8sName> {
  const all = [...new Set(texts)];
  const claims = new Map<string, number>();
  for (const name of Object.values(given)) claims.set(name, (claims.get(name) ?? 0) + 1);
  const kept = all.flatMap((text): [string, K8sName][] => {
    const name = Object.hasOwn(given, text) ? (given[text] ?? '') : '';
    return isK8sName(name, max) && claims.get(name) === 1 ? [[text, name]] : [];
  });
  const known = new Set(kept.map(([text]) => text));
  const others = all.filter((text) => !known.has(text));
  return new Map([...kept, ...k8sNames(others, max, new Set(claims.keys()))]);
}

/** How many characters cleaning changed, as far as the order of preference needs it. */
function distance(text: string, name: string): number {
  if (text === name) return 0;
  if (text.length !== name.length) return name.length + Math.abs(text.length - name.length);
  return [...text].filter((char, at) => char !== name[at]).length;
}

function withSuffix(name: string, suffix: string, max: number): K8sName {
  return `${name.slice(0, max - suffix.length - 1).replace(/-+$/, '')}-${suffix}` as K8sName;
}

/** 32-bit FNV-1a in base 36, six characters. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return (value % 36 ** 6).toString(36).padStart(6, '0');
}
