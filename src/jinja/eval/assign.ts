import { assertNever } from '../../core/assert-never.ts';
import type { Target } from '../ast.ts';
import { bare, tag } from '../tags/tracker.ts';
import { PyError } from '../values/error.ts';
import { Namespace } from '../values/namespace.ts';
import { unpack } from '../values/unpack.ts';
import type { Value } from '../values/value.ts';
import type { Frame } from './frame.ts';
import { missing } from './scope.ts';

/** `{% set target = value %}`; at the top of a template the context learns the name too. */
export function assignNames(target: Target, value: Value, frame: Frame): void {
  switch (target.kind) {
    case 'name':
      assign(target.name, value, frame, true);
      return;
    case 'namespace': {
      const slot = frame.scope.get(target.name);
      const namespace = slot === missing ? undefined : bare(slot);
      if (!(namespace instanceof Namespace))
        throw new PyError('TemplateRuntimeError', 'cannot assign attribute on non-namespace object');
      namespace.attributes.set(
        target.attribute,
        frame.runtime.tracking ? tag(value, frame.runtime.controlLabels()) : value,
      );
      return;
    }
    case 'tuple': {
      const items = unpack(value, target.items.length);
      target.items.forEach((item, at) => assignNames(item, items[at] ?? null, frame));
      return;
    }
    default:
      assertNever(target);
  }
}

export function assign(name: string, value: Value, frame: Frame, exported: boolean): void {
  frame.scope.set(name, value);
  if (!frame.toplevel) return;
  frame.context.vars.set(name, value);
  if (name.startsWith('_')) return;
  if (exported) frame.context.exported.add(name);
  else frame.context.exported.delete(name);
}
