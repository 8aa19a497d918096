import { floatRepr } from '../../../src/jinja/values/number.ts';
import type { PyNode } from '../../../src/yaml/py/node.ts';

export type Typed = null | boolean | string | readonly Typed[] | { readonly [key: string]: Typed };

/** A node in the form in which `yaml_oracle.py` writes values. */
export function typedNode(node: PyNode): Typed {
  switch (node.kind) {
    case 'null':
      return null;
    case 'bool':
    case 'string':
      return node.value;
    case 'int':
      return { $i: String(node.value) };
    case 'float':
      return { $f: Number.isNaN(node.value) ? 'nan' : floatRepr(node.value) };
    case 'date':
      return { $date: node.value };
    case 'datetime':
      return { $datetime: node.value };
    case 'bytes':
      return { $b: node.value };
    case 'list': {
      const items = node.items.map(typedNode);
      return node.tuple === true ? { $t: items } : items;
    }
    case 'map':
      return { $d: node.entries.map(({ key, value }) => [typedNode(key), typedNode(value)]) };
  }
}
