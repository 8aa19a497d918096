import { bare } from '../tags/tracker.ts';
import { PyDict } from './dict.ts';
import { repr } from './print.ts';
import { isText, textOf } from './types.ts';
import { Special, type Value } from './value.ts';

/** `namespace(…)`: the one object whose attributes a template may assign. */
export class Namespace extends Special {
  readonly type = 'Namespace';
  readonly attributes: Map<string, Value>;
  constructor(from: PyDict) {
    super();
    this.attributes = new Map();
    for (const [key, value] of from.pairs()) {
      const name = bare(key);
      if (isText(name)) this.attributes.set(textOf(name), value);
    }
  }
  override get module(): string {
    return 'jinja2.utils';
  }
  override attribute(name: string): Value | undefined {
    return this.attributes.get(name);
  }
  repr(): string {
    return `<Namespace ${repr(new PyDict([...this.attributes]))}>`;
  }
}
