import { pointerTo } from '../core/json-pointer.ts';
import { entryOf, spanOf } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import { chainOf } from './chain.ts';
import type { Origin } from './types.ts';
import { scalarOf, scalarText } from './yaml-scalar.ts';

/** Flow style ends here; what is wider is written in block style. */
const WIDTH = 100;

/** A patch is read operation by operation, and a pointer into a template is long: one on a leaf is a line. */
const OPERATION_WIDTH = 160;

/** A map of more entries is easier to read and to compare one below the other. */
const MAX_FACTS = 3;

/** Lists whose items are one small fact each, `{name: X, value: Y}`. All other maps in lists are blocks. */
const factLists: ReadonlySet<string> = new Set([
  'env',
  'envFrom',
  'parameters',
  'volumeMounts',
  'volumeDevices',
  'volumes',
  'ports',
  'tolerations',
  'imagePullSecrets',
  'hostAliases',
  'items',
  'matchExpressions',
  'operations',
  'withItems',
]);

/** Maps of at most three scalars that people write in one line. All other maps are blocks. */
const factMaps: ReadonlySet<string> = new Set([
  'limits',
  'requests',
  'nodeSelector',
  'labels',
  'annotations',
  'securityContext',
  'emptyDir',
  'capabilities',
  'secretKeyRef',
  'configMapKeyRef',
  'fieldRef',
  'httpGet',
  'tcpSocket',
  'backoff',
  'templateRef',
  'target',
  'remoteRef',
]);

/** Lists of scalars that people write in one line. */
const shortLists: ReadonlySet<string> = new Set(['command', 'args', 'values', 'drop', 'add', 'verbs', 'apiGroups']);

export interface Printed {
  readonly text: string;
  /** JSON pointer → where the value came from. */
  readonly origins: ReadonlyMap<string, Origin>;
}

/** The one printer of all emitted YAML: key order as given, two spaces, lists indented below their key. */
export function printYaml(value: Value, header: readonly string[] = []): Printed {
  const printer = new Printer();
  printer.block(value, 0, '', value.kind === 'list' ? 'operations' : undefined);
  const head = header.map((line) => `# ${line}\n`).join('');
  return { text: `${head + printer.lines.join('\n')}\n`, origins: printer.origins };
}

class Printer {
  readonly lines: string[] = [];
  readonly origins = new Map<string, Origin>();

  /** Prints a map or list in block style, starting on a new line. */
  block(value: Value, indent: number, pointer: string, key: string | undefined): void {
    this.#note(pointer, value);
    if (value.kind === 'map') for (const [name, entry] of value.entries) this.#entry(name, entry, indent, pointer);
    else if (value.kind === 'list')
      value.items.forEach((item, index) => this.#item(item, indent, `${pointer}/${index}`, key));
    else this.lines.push(`${' '.repeat(indent)}${scalarText(scalarOf(value) ?? null, 'block')}`);
  }

  #entry(name: string, value: Value, indent: number, parent: string, lead = ' '.repeat(indent)): void {
    const pointer = pointerTo(parent, name);
    this.#comment(value, indent);
    const label = `${lead}${scalarText(name, 'block')}:`;
    const inline = this.#inline(value, label.length + 1, name);
    if (inline !== undefined) {
      this.#noteAll(pointer, value);
      this.lines.push(`${label} ${inline}`);
      return;
    }
    const text = multilineOf(value);
    if (text !== undefined) {
      this.#note(pointer, value);
      this.#literalBlock(label, text, indent);
      return;
    }
    this.lines.push(label);
    this.block(value, indent + 2, pointer, name);
  }

  #item(item: Value, indent: number, pointer: string, key: string | undefined): void {
    this.#comment(item, indent);
    const dash = `${' '.repeat(indent)}- `;
    const fact = item.kind === 'map' && factLists.has(key ?? '');
    const width = key === 'operations' && isLeafOperation(item) ? OPERATION_WIDTH : WIDTH;
    const inline = this.#inline(item, dash.length, undefined, fact, width);
    if (inline !== undefined) {
      this.#noteAll(pointer, item);
      this.lines.push(`${dash}${inline}`);
      return;
    }
    const text = multilineOf(item);
    if (text !== undefined) {
      this.#note(pointer, item);
      this.#literalBlock(dash.trimEnd(), text, indent);
      return;
    }
    const from = this.lines.length;
    this.block(item, indent + 2, pointer, undefined);
    this.#joinDash(from, indent);
  }

  /** The first line of a nested block goes behind the dash; comments above it stay above. */
  #joinDash(from: number, indent: number): void {
    let at = from;
    for (; this.lines[at]?.trimStart().startsWith('#') === true; at++)
      this.lines[at] = `${' '.repeat(indent)}${(this.lines[at] ?? '').trimStart()}`;
    const first = this.lines[at] ?? '';
    this.lines[at] = `${' '.repeat(indent)}- ${first.slice(indent + 2)}`;
  }

  #literalBlock(label: string, text: string, indent: number): void {
    const chomp = text.endsWith('\n') ? (text.endsWith('\n\n') ? '+' : '') : '-';
    const body = text.endsWith('\n') ? text.slice(0, -1) : text;
    const indicator = /^\s/.test(body) ? '2' : '';
    this.lines.push(`${label} |${indicator}${chomp}`);
    for (const line of body.split('\n')) this.lines.push(line === '' ? '' : `${' '.repeat(indent + 2)}${line}`);
  }

  /** The value on one line, where house style and width allow it; `fact` says that a map may be. */
  #inline(value: Value, column: number, key: string | undefined, fact = false, width = WIDTH): string | undefined {
    if (value.kind === 'text' && multilineOf(value) !== undefined) return undefined;
    const scalar = scalarOf(value);
    if (scalar !== undefined) return scalarText(scalar, 'block');
    if (isEmpty(value)) return value.kind === 'map' ? '{}' : '[]';
    if (!mayFlow(value, key, fact) || hasComment(value)) return undefined;
    const flow = flowText(value);
    return flow !== undefined && column + flow.length <= width ? flow : undefined;
  }

  #comment(value: Value, indent: number): void {
    if (value.comment === undefined) return;
    for (const line of value.comment.split('\n'))
      this.lines.push(`${' '.repeat(indent)}#${line === '' ? '' : ` ${line}`}`);
  }

  #note(pointer: string, value: Value): void {
    const { from } = value;
    const span = spanOf(from);
    this.origins.set(pointer, {
      ...(span === undefined ? {} : { span }),
      ...(from.via === 'rule' ? { rule: from.rule } : {}),
      chain: chainOf(value),
    });
  }

  #noteAll(pointer: string, value: Value): void {
    this.#note(pointer, value);
    if (value.kind === 'map') for (const [key, entry] of value.entries) this.#noteAll(pointerTo(pointer, key), entry);
    if (value.kind === 'list') value.items.forEach((item, index) => this.#noteAll(`${pointer}/${index}`, item));
  }
}

/** A fact of a single key gains nothing from braces: `- name: date`. */
function mayFlow(value: Value, key: string | undefined, fact: boolean): boolean {
  if (value.kind === 'list') return isShortList(value, key);
  if (value.kind !== 'map') return true;
  return fact ? value.entries.size > 1 : isFactMap(value, key);
}

function isFactMap(value: Extract<Value, { kind: 'map' }>, key: string | undefined): boolean {
  return factMaps.has(key ?? '') && value.entries.size <= MAX_FACTS && [...value.entries.values()].every(isLeaf);
}

function isLeafOperation(operation: Value): boolean {
  const value = entryOf(operation, 'value');
  return value === undefined || isLeaf(value);
}

/** A scalar, or a list of scalars as in `drop: [ALL]`. */
function isLeaf(value: Value): boolean {
  return scalarOf(value) !== undefined || (value.kind === 'list' && isShortList(value, 'values'));
}

function isEmpty(value: Value): boolean {
  return (value.kind === 'map' && value.entries.size === 0) || (value.kind === 'list' && value.items.length === 0);
}

/** Plain scalars, such as a command; a list with tags is read better item by item. */
function isShortList(value: Extract<Value, { kind: 'list' }>, key: string | undefined): boolean {
  if (!shortLists.has(key ?? '')) return false;
  return value.items.every((item) => {
    const scalar = scalarOf(item);
    return scalar !== undefined && !String(scalar).includes('{{') && String(scalar).length <= 40;
  });
}

function hasComment(value: Value): boolean {
  if (value.kind === 'map')
    return [...value.entries.values()].some((entry) => entry.comment !== undefined || hasComment(entry));
  return value.kind === 'list' && value.items.some((item) => item.comment !== undefined || hasComment(item));
}

/** Flow style; undefined where a text has several lines. */
function flowText(value: Value): string | undefined {
  const scalar = scalarOf(value);
  if (scalar !== undefined)
    return typeof scalar === 'string' && scalar.includes('\n') ? undefined : scalarText(scalar, 'flow');
  const parts: string[] = [];
  if (value.kind === 'map') {
    for (const [key, entry] of value.entries) {
      const text = flowText(entry);
      if (text === undefined) return undefined;
      parts.push(`${scalarText(key, 'flow')}: ${text}`);
    }
    return `{${parts.join(', ')}}`;
  }
  if (value.kind !== 'list') return undefined;
  for (const item of value.items) {
    const text = flowText(item);
    if (text === undefined) return undefined;
    parts.push(text);
  }
  return `[${parts.join(', ')}]`;
}

/** Text of several lines that a literal block can hold unchanged. */
function multilineOf(value: Value): string | undefined {
  const scalar = value.kind === 'text' ? scalarOf(value) : undefined;
  if (typeof scalar !== 'string' || !scalar.includes('\n')) return undefined;
  // Control characters and lines with trailing blanks only survive in quotes.
  return /[\u0000-\u0008\u000b-\u001f\u007f\u0085\u2028\u2029\ufeff]|[ \t]\n|^\n|^[ \t]/.test(scalar)
    ? undefined
    : scalar;
}
