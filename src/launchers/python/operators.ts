import { textOf } from '../../ir/build-value.ts';
import { staticText } from '../../ir/read-value.ts';
import type { Provenance, TextPart, TextValue } from '../../ir/value.ts';
import { literalText } from '../shell/text-value.ts';
import { type PyValue, unknown } from './value.ts';

/** An operator of Python, where both sides are known well enough. */
export function binary(op: string, left: PyValue, right: PyValue, from: Provenance): PyValue {
  if (op === '+' && left.kind === 'list' && right.kind === 'list')
    return { kind: 'list', items: [...left.items, ...right.items] };
  if (op === 'or')
    return truth(left) === true ? left : truth(left) === false ? right : unknown('a choice known only at run time');
  if (op === 'and')
    return truth(left) === false ? left : truth(left) === true ? right : unknown('a choice known only at run time');
  const [a, b] = [asText(left, from), asText(right, from)];
  if (op === '+' && left.kind === 'text' && a !== undefined && b !== undefined)
    return { kind: 'text', text: textOf([...a.parts, ...b.parts], from) };
  if (op === '/' && left.kind === 'text' && a !== undefined && b !== undefined)
    return { kind: 'text', text: textOf([...a.parts, { kind: 'literal', text: '/', from }, ...b.parts], from) };
  if (op === '%' && left.kind === 'text') return percent(left.text, right, from);
  if (
    left.kind === 'scalar' &&
    right.kind === 'scalar' &&
    typeof left.value === 'number' &&
    typeof right.value === 'number'
  ) {
    const results: Readonly<Record<string, number>> = {
      '+': left.value + right.value,
      '-': left.value - right.value,
      '*': left.value * right.value,
    };
    const result = results[op];
    if (result !== undefined) return { kind: 'scalar', value: result };
  }
  return compared(op, left, right);
}

function compared(op: string, left: PyValue, right: PyValue): PyValue {
  const [a, b] = [plain(left), plain(right)];
  if (op === 'in' || op === 'not in') {
    const keys =
      right.kind === 'dict' ? [...right.entries.keys()] : right.kind === 'list' ? right.items.map(plain) : undefined;
    if (a === undefined || keys === undefined || keys.includes(undefined))
      return unknown('a test known only at run time');
    return { kind: 'scalar', value: keys.includes(a) === (op === 'in') };
  }
  if (a === undefined || b === undefined) return unknown('a test known only at run time');
  switch (op) {
    case '==':
    case 'is':
      return { kind: 'scalar', value: a === b };
    case '!=':
    case 'is not':
      return { kind: 'scalar', value: a !== b };
    default:
      return unknown('a comparison that is not worked out');
  }
}

function plain(value: PyValue): string | number | boolean | null | undefined {
  if (value.kind === 'text') return staticText(value.text);
  return value.kind === 'scalar' ? value.value : undefined;
}

export function truth(value: PyValue): boolean | undefined {
  switch (value.kind) {
    case 'scalar':
      return Boolean(value.value);
    case 'text': {
      const written = staticText(value.text);
      return written === undefined
        ? value.text.parts.some((part) => part.kind !== 'runtime' || part.expr.kind !== 'opaque')
          ? true
          : undefined
        : written !== '';
    }
    case 'list':
      return value.items.length > 0;
    case 'dict':
      return value.entries.size > 0;
    case 'unknown':
    case 'method':
      return undefined;
    default:
      return true;
  }
}

/** What `str()` gives. */
export function asText(value: PyValue, from: Provenance): TextValue | undefined {
  if (value.kind === 'text') return value.text;
  if (value.kind !== 'scalar') return undefined;
  const written =
    value.value === null
      ? 'None'
      : typeof value.value === 'boolean'
        ? value.value
          ? 'True'
          : 'False'
        : String(value.value);
  return literalText(written, from);
}

/** `'…%s…' % value`. */
function percent(format: TextValue, right: PyValue, from: Provenance): PyValue {
  const written = staticText(format);
  if (written === undefined) return unknown('a format known only at run time');
  const values = right.kind === 'list' ? [...right.items] : [right];
  const parts: TextPart[] = [];
  for (const piece of written.split(/(%\(\w+\)s|%[sd]|%%)/)) {
    const name = /^%\((\w+)\)s$/.exec(piece)?.[1];
    if (piece === '%%') parts.push({ kind: 'literal', text: '%', from });
    else if (name !== undefined || piece === '%s' || piece === '%d') {
      const value = name === undefined ? values.shift() : right.kind === 'dict' ? right.entries.get(name) : undefined;
      const text = value === undefined ? undefined : asText(value, from);
      if (text === undefined) return unknown('a value of a format');
      parts.push(...text.parts);
    } else parts.push({ kind: 'literal', text: piece, from });
  }
  return { kind: 'text', text: textOf(parts, from) };
}

/** `restart_policy` → `restartPolicy`, as the Kubernetes client has it. */
export function camelCase(name: string): string {
  const special: Readonly<Record<string, string>> = {
    _exec: 'exec',
    _from: 'from',
    host_ip: 'hostIP',
    host_ipc: 'hostIPC',
    host_pid: 'hostPID',
    cluster_ip: 'clusterIP',
    external_i_ps: 'externalIPs',
  };
  return special[name] ?? name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
