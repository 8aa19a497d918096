import type { Plain } from '../../../effect.ts';
import type { JobOutcome } from '../world.ts';

/** What `kubectl get job NAME -o json` shows, as far as launchers look. */
export function jobStatus(name: string, namespace: string, outcome: JobOutcome): Plain {
  const start = { metadata: { name, namespace }, kind: 'Job' };
  switch (outcome) {
    case 'complete':
      return { ...start, status: { succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] } };
    case 'failed':
      return {
        ...start,
        status: { failed: 1, conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] },
      };
    case 'running':
      return { ...start, status: { active: 1 } };
  }
}

/** A kubectl JSONPath template; undefined where it uses more than fields, indexes and equality filters. */
export function jsonPath(template: string, data: Plain): string | undefined {
  const whole = template.startsWith('{') || template === '' ? template : `{${template}}`;
  let out = '';
  for (const piece of whole.match(/\{[^{}]*\}|[^{}]+|[{}]/g) ?? []) {
    if (!piece.startsWith('{')) {
      out += piece;
      continue;
    }
    const inside = piece.slice(1, -1).trim();
    const text = /^"((?:[^"\\]|\\[nt])*)"$/.exec(inside)?.[1];
    if (text !== undefined) {
      out += text.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
      continue;
    }
    const found = select(inside, data);
    if (found === undefined) return undefined;
    out += found.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(' ');
  }
  return out;
}

function select(path: string, data: Plain): readonly Plain[] | undefined {
  let rest = path.replace(/^\$/, '');
  let found: readonly Plain[] = [data];
  while (rest !== '') {
    const step = /^(?:\.([\w-]+)|\[(\d+|\*)\]|\[\?\(@\.([\w]+)\s*==\s*["']([^"']*)["']\)\])/.exec(rest);
    if (step === null) return undefined;
    const [whole, field, index, key, wanted] = step;
    rest = rest.slice(whole.length);
    found = found.flatMap((value): readonly Plain[] => {
      if (field !== undefined) return present(fieldOf(value, field));
      const items = Array.isArray(value) ? (value as readonly Plain[]) : [];
      if (index !== undefined) return index === '*' ? items : present(items[Number(index)]);
      return items.filter((item) => fieldOf(item, key ?? '') === wanted);
    });
  }
  return found;
}

function present(value: Plain | undefined): readonly Plain[] {
  return value === undefined ? [] : [value];
}

function fieldOf(value: Plain, name: string): Plain | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Plain })[name]
    : undefined;
}
