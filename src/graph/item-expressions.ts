import { escapeRegExp } from '../core/escape-regexp.ts';
import { findExpressions } from '../expr/find.ts';
import type { Loop } from '../ir/graph.ts';
import { loopItems } from '../ir/loop-items.ts';
import type { YamlNode } from '../yaml/node.ts';

/**
 * True where a loop's body does more with a loop variable than put its text somewhere: `${i + 1}`, `${t == 'a'}`. While the
 * item is open nothing is known of its type, so that such a body needs the item itself. Exports from outside count: the
 * body evaluates them anew.
 */
export function computesWithItems(nodes: readonly YamlNode[], loop: Loop): boolean {
  const names = variableNames(loop);
  if (nodes.some((node) => decides(node, names))) return true;
  return nodes
    .flatMap(textsOf)
    .some((text) =>
      findExpressions(text).some((part) => part.kind === 'expression' && computes(part.source, names, onlyTexts(loop))),
    );
}

/** True where an `if>` asks for a loop variable: each item decides for itself. */
function decides(node: YamlNode, names: readonly string[]): boolean {
  if (node.kind === 'list') return node.items.some((item) => decides(item, names));
  if (node.kind !== 'map') return false;
  return node.entries.some((entry) =>
    entry.key === 'if>'
      ? textsOf(entry.value).some((text) => names.some((name) => mentions(text, name)))
      : decides(entry.value, names),
  );
}

function mentions(source: string, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${escapeRegExp(name)}(?![\\w$])`).test(source);
}

function variableNames(loop: Loop): readonly string[] {
  if (loop.kind === 'times') return ['i'];
  if (loop.kind === 'range') return ['range'];
  return loop.lists.kind === 'map' ? [...loop.lists.entries.keys()] : [];
}

function computes(source: string, names: readonly string[], texts: boolean): boolean {
  // Each iteration has a name of its own.
  if (/\btask_name\b/.test(source)) return true;
  if (!names.some((name) => mentions(source, name))) return false;
  const operand = String.raw`(?:[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*|'[^'\\]*'|"[^"\\]*")`;
  // Texts may be joined; of numbers `+` makes a sum.
  const plain = texts ? String.raw`^\s*${operand}(?:\s*\+\s*${operand})*\s*$` : String.raw`^\s*${operand}\s*$`;
  return !new RegExp(plain).test(source);
}

function onlyTexts(loop: Loop): boolean {
  return (loopItems(loop) ?? []).every((item) => [...item.values()].every((value) => value.kind === 'text'));
}

function textsOf(node: YamlNode): readonly string[] {
  if (node.kind === 'string') return [node.value];
  if (node.kind === 'list') return node.items.flatMap(textsOf);
  return node.kind === 'map' ? node.entries.flatMap((entry) => textsOf(entry.value)) : [];
}
