import type { BlockInfo, Template } from '../analyze.ts';
import type { Value } from '../values/value.ts';
import type { Runtime } from './runtime.ts';

/** One definition of a block in the chain of templates that extend each other. */
export interface BlockLevel {
  readonly info: BlockInfo;
  readonly template: Template;
}

/** The names a template sees: what it set itself, what it was given, the variables, the globals. */
export class Context {
  readonly runtime: Runtime;
  readonly vars = new Map<string, Value>();
  readonly exported = new Set<string>();
  /** Block name → its definitions, the most derived first. */
  readonly blocks: Map<string, BlockLevel[]>;
  readonly #given: ReadonlyMap<string, Value>;
  readonly #seesVariables: boolean;

  constructor(
    runtime: Runtime,
    given: ReadonlyMap<string, Value>,
    seesVariables: boolean,
    blocks: Map<string, BlockLevel[]>,
  ) {
    this.runtime = runtime;
    this.#given = given;
    this.#seesVariables = seesVariables;
    this.blocks = blocks;
  }

  resolve(name: string): Value | undefined {
    const own = this.vars.get(name);
    if (own !== undefined) return own;
    const given = this.#given.get(name);
    if (given !== undefined) return given;
    const variable = this.#seesVariables ? this.runtime.host.variable(name) : undefined;
    return variable === undefined ? this.runtime.host.library.globals.get(name) : variable;
  }

  /** The context of an included or imported template, or of a scoped block: all of this one, and `locals`. */
  derived(locals: ReadonlyMap<string, Value>, blocks: Map<string, BlockLevel[]>): Context {
    return new Context(this.runtime, new Map([...this.#given, ...this.vars, ...locals]), this.#seesVariables, blocks);
  }
}

export function blocksOf(template: Template): Map<string, BlockLevel[]> {
  return new Map([...template.blocks].map(([name, info]) => [name, [{ info, template }]]));
}
