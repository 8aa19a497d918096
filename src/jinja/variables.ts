import type { ManifestValues } from '../config/schema.ts';
import { assertNever } from '../core/assert-never.ts';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { repoPath, type SourceFile } from '../core/source.ts';
import { keyOf, type PyNode, type PyScalarNode } from '../yaml/py/node.ts';
import { readPythonJson } from '../yaml/py/read-json.ts';
import { readEnvFile, readIniFile } from '../yaml/py/read-lines.ts';
import { readPythonYaml } from '../yaml/py/read-yaml.ts';
import { PyDict } from './values/dict.ts';
import { str } from './values/print.ts';
import {
  type Leaf,
  noLabels,
  type Plain,
  PyBytes,
  PyDate,
  PyFloat,
  PyList,
  PyTuple,
  Tagged,
  type Value,
} from './values/value.ts';

/** The variables of one environment; every node knows its path and where it was written. */
export interface TaggedContext {
  readonly entries: ReadonlyMap<string, VariableNode>;
}

/** `leaf` of a list or mapping stands for its length or keys. */
export type VariableNode =
  | { readonly kind: 'scalar'; readonly value: Plain; readonly leaf: Leaf }
  | { readonly kind: 'list'; readonly tuple: boolean; readonly items: readonly VariableNode[]; readonly leaf: Leaf }
  | { readonly kind: 'map'; readonly entries: readonly VariableEntry[]; readonly leaf: Leaf };

export interface VariableEntry {
  readonly key: PyScalarNode;
  readonly value: VariableNode;
}

/** Reads variable files in order, each as Python reads its kind (by extension; YAML where in doubt). */
export function loadVariables(
  files: readonly SourceFile[],
  merge: 'shallow' | 'deep',
  sink: DiagnosticSink,
): TaggedContext {
  let merged = new Map<string, VariableEntry>();
  for (const file of files) {
    const root = readFile(file, sink);
    if (root === undefined || root === null) continue;
    if (root.kind !== 'map') {
      sink.add(
        diagnose(
          'JINJA_VARIABLES_NOT_MAPPING',
          { found: root.kind === 'list' ? 'a list' : 'a single value' },
          { span: root.span },
        ),
      );
      continue;
    }
    const node = variableNode(root, '');
    if (node.kind === 'map') merged = mergeEntries(merged, node.entries, merge === 'deep');
  }
  const entries = new Map<string, VariableNode>();
  for (const { key, value } of merged.values()) {
    if (key.kind === 'string') entries.set(key.value, value);
    else
      sink.add(
        diagnose(
          'JINJA_VARIABLES_KEY',
          { problem: `${keyText(key)} is no text, so no template can name it` },
          { span: key.span },
        ),
      );
  }
  return { entries };
}

function readFile(file: SourceFile, sink: DiagnosticSink): PyNode | null | undefined {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  if (name.endsWith('.json')) return readPythonJson(file, sink);
  if (name.endsWith('.env') || name.startsWith('.env')) return readEnvFile(file);
  if (name.endsWith('.ini') || name.endsWith('.cfg')) return readIniFile(file, sink);
  return readPythonYaml(file, sink);
}

/** dict.update, or the same at every level: a key keeps its place, the later value counts. */
function mergeEntries(
  earlier: ReadonlyMap<string, VariableEntry>,
  later: readonly VariableEntry[],
  deep: boolean,
): Map<string, VariableEntry> {
  const merged = new Map(earlier);
  for (const entry of later) {
    const known = merged.get(keyOf(entry.key));
    if (known === undefined) merged.set(keyOf(entry.key), entry);
    else
      merged.set(keyOf(entry.key), {
        key: known.key,
        value: deep ? mergeNodes(known.value, entry.value) : entry.value,
      });
  }
  return merged;
}

function mergeNodes(earlier: VariableNode, later: VariableNode): VariableNode {
  if (earlier.kind !== 'map' || later.kind !== 'map') return later;
  const base = new Map(earlier.entries.map((entry) => [keyOf(entry.key), entry]));
  return { ...later, entries: [...mergeEntries(base, later.entries, true).values()] };
}

/** Values that the configuration gives beside the variable files, as one more of them. */
export function givenFile(values: ManifestValues): SourceFile {
  return { path: repoPath('dig2argo.yaml'), text: JSON.stringify(values) };
}

/** A value read on the way, without places of its own. */
export function fromPyNode(node: PyNode): Value {
  return toValue(variableNode(node, ''), false);
}

function variableNode(node: PyNode, path: string): VariableNode {
  const leaf: Leaf = { path, span: node.span };
  if (node.kind === 'list')
    return {
      kind: 'list',
      tuple: node.tuple === true,
      leaf,
      items: node.items.map((item, at) => variableNode(item, `${path}[${at}]`)),
    };
  if (node.kind !== 'map') {
    const value = plainOf(node);
    return { kind: 'scalar', leaf: { ...leaf, text: str(value) }, value };
  }
  return {
    kind: 'map',
    leaf,
    entries: node.entries.map((entry) => ({ key: entry.key, value: variableNode(entry.value, join(path, entry.key)) })),
  };
}

/** `a.b`; keys that are no plain names stand in brackets: `a['x.y']`. */
function join(path: string, key: PyScalarNode): string {
  const text = keyText(key);
  if (key.kind === 'string' && /^[\p{L}\p{N}_-]+$/u.test(text)) return path === '' ? text : `${path}.${text}`;
  return `${path}[${key.kind === 'string' ? `'${text}'` : text}]`;
}

function keyText(key: PyScalarNode): string {
  return key.kind === 'null' ? 'null' : String(key.value);
}

function plainOf(node: PyScalarNode): Plain {
  switch (node.kind) {
    case 'null':
      return null;
    case 'float':
      return new PyFloat(node.value);
    case 'date':
    case 'datetime':
      return new PyDate(node.kind, node.value);
    case 'bytes':
      return new PyBytes(Buffer.from(node.value, 'base64'));
    case 'string':
    case 'int':
    case 'bool':
      return node.value;
    default:
      return assertNever(node);
  }
}

/** Every scalar, and every empty list or mapping, in order. */
export function leaves(context: TaggedContext): readonly Leaf[] {
  return [...context.entries.values()].flatMap(leavesOf);
}

function leavesOf(node: VariableNode): readonly Leaf[] {
  if (node.kind === 'scalar') return [node.leaf];
  const children = node.kind === 'list' ? node.items : node.entries.map((entry) => entry.value);
  return children.length === 0 ? [node.leaf] : children.flatMap(leavesOf);
}

/** The value as templates see it: made anew for each rendering, as templates may change lists and mappings. */
export function toValue(node: VariableNode, tracking: boolean): Value {
  const labels = tracking ? new Set([node.leaf]) : noLabels;
  switch (node.kind) {
    case 'scalar':
      return tracking ? new Tagged(node.value, labels) : node.value;
    case 'list': {
      const items = node.items.map((item) => toValue(item, tracking));
      return node.tuple ? new PyTuple(items) : new PyList(items, labels);
    }
    case 'map':
      return new PyDict(
        node.entries.map((entry): [Value, Value] => [plainOf(entry.key), toValue(entry.value, tracking)]),
        labels,
      );
    default:
      return assertNever(node);
  }
}
