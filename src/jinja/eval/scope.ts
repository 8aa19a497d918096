import type { FrameInfo } from '../analyze.ts';
import type { Value } from '../values/value.ts';

/** A local variable without a value yet. */
export const missing = Symbol('missing');
export type Slot = Value | typeof missing;

/** None is a value: only undefined means that there is none. */
function orMissing(value: Value | undefined): Slot {
  return value === undefined ? missing : value;
}

/** The local variables of one frame while it runs. */
export class Scope {
  readonly vars = new Map<string, Slot>();
  readonly parent: Scope | undefined;
  readonly stores: ReadonlySet<string>;

  constructor(frame: FrameInfo, resolve: (name: string) => Value | undefined, parent?: Scope) {
    this.parent = parent;
    this.stores = frame.stores;
    for (const [name, load] of frame.loads) {
      if (load === 'resolve') this.vars.set(name, orMissing(resolve(name)));
      else if (load === 'alias') this.vars.set(name, parent === undefined ? missing : parent.get(name));
      else this.vars.set(name, missing);
    }
  }

  get(name: string): Slot {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const slot = scope.vars.get(name);
      if (slot !== undefined) return slot;
    }
    return missing;
  }

  /** Assigns in the frame that holds the name. */
  set(name: string, value: Slot): void {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      if (scope.vars.has(name)) {
        scope.vars.set(name, value);
        return;
      }
    }
    this.vars.set(name, value);
  }

  /** What the frames around have assigned, the innermost first: what includes and scoped blocks get to see. */
  assigned(): Map<string, Value> {
    const found = new Map<string, Value>();
    const seen = new Set<string>();
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      for (const name of scope.stores) {
        if (seen.has(name)) continue;
        seen.add(name);
        const slot = this.get(name);
        if (slot !== missing) found.set(name, slot);
      }
    }
    return found;
  }
}
