import { textOf } from '../../ir/build-value.ts';
import { staticText } from '../../ir/read-value.ts';
import type { Value } from '../../ir/value.ts';
import { type Edit, type EditListener, editText } from '../macros/edit.ts';
import { typedText } from './typed-fields.ts';

/** The manifest after the launcher's edits: every text, and keys whose new text is known. */
export function applyEdits(document: Value, edits: readonly Edit[], listener: EditListener): Value {
  return edits.length === 0 ? document : edited(document, undefined);

  function edited(value: Value, key: string | undefined): Value {
    switch (value.kind) {
      case 'text': {
        const text = edits.reduce((at, edit) => editText(at, edit, listener), value);
        return text === value ? value : typedText(key, text);
      }
      case 'scalar':
        return value;
      case 'list':
        return { ...value, items: value.items.map((item) => edited(item, undefined)) };
      case 'map':
        return {
          ...value,
          entries: new Map([...value.entries].map(([name, entry]) => [keyAfter(name, value), edited(entry, name)])),
        };
    }
  }

  function keyAfter(name: string, owner: Value): string {
    const text = edits.reduce(
      (at, edit) => editText(at, edit, listener),
      textOf([{ kind: 'literal', text: name, from: owner.from }], owner.from),
    );
    return staticText(text) ?? name;
  }
}
