import { assertNever } from '../core/assert-never.ts';
import type { Body, Expression, Statement, Target } from './ast.ts';
import { childrenOf, namespaceTargets, targetNames } from './walk.ts';

/** Where a variable of a frame gets its first value: an argument, the context, the frame around, or nowhere. */
export type Load = 'parameter' | 'resolve' | 'alias' | 'undefined';

/**
 * Jinja2 decides before rendering in which frame each name lives; what a name means inside loops, blocks and macros
 * follows from this analysis (its idtracking module).
 */
export class Symbols {
  readonly parent: Symbols | undefined;
  readonly loads: Map<string, Load>;
  readonly stores: Set<string>;

  constructor(parent?: Symbols, copyOf?: Symbols) {
    this.parent = parent;
    this.loads = new Map(copyOf?.loads);
    this.stores = new Set(copyOf?.stores);
  }

  knows(name: string): boolean {
    return this.loads.has(name) || this.parent?.knows(name) === true;
  }

  load(name: string): void {
    if (!this.knows(name)) this.loads.set(name, 'resolve');
  }

  store(name: string): void {
    this.stores.add(name);
    if (this.loads.has(name)) return;
    this.loads.set(name, this.parent?.knows(name) === true ? 'alias' : 'undefined');
  }

  declareParameter(name: string): void {
    this.stores.add(name);
    this.loads.set(name, 'parameter');
  }

  /** Takes over what the branches of an `if` did: a name that only some of them set may keep its outer value. */
  #branches(branches: readonly Symbols[]): void {
    const fresh = new Set(branches.flatMap((branch) => [...branch.stores]).filter((name) => !this.stores.has(name)));
    for (const branch of branches) {
      for (const [name, load] of branch.loads) this.loads.set(name, load);
      for (const name of branch.stores) this.stores.add(name);
    }
    for (const name of fresh) this.loads.set(name, this.parent?.knows(name) === true ? 'alias' : 'resolve');
  }

  visitBody(body: Body): void {
    for (const statement of body) this.visit(statement);
  }

  visitExpression(node: Expression): void {
    if (node.kind === 'name') this.load(node.name);
    for (const child of childrenOf(node)) this.visitExpression(child);
  }

  visitTarget(target: Target): void {
    for (const name of targetNames(target)) this.store(name);
    for (const namespace of namespaceTargets(target)) this.load(namespace.name);
  }

  visitParameters(target: Target): void {
    for (const name of targetNames(target)) this.declareParameter(name);
  }

  /** What a statement does to the frame it stands in; the inside of frames of its own is not visited. */
  visit(node: Statement): void {
    switch (node.kind) {
      case 'output':
        for (const item of node.items) if (item.kind === 'print') this.visitExpression(item.value);
        return;
      case 'if':
        this.#visitIf(node.branches, node.otherwise);
        return;
      case 'for':
        this.visitExpression(node.iterable);
        return;
      case 'with':
        for (const value of node.values) this.visitExpression(value);
        return;
      case 'autoescape':
      case 'block':
      case 'break':
      case 'continue':
        return;
      case 'extends':
      case 'include':
        this.visitExpression(node.template);
        return;
      case 'import':
        this.visitExpression(node.template);
        this.store(node.target);
        return;
      case 'from':
        this.visitExpression(node.template);
        for (const [, alias] of node.names) this.store(alias);
        return;
      case 'macro':
        this.store(node.name);
        return;
      case 'call-block':
        this.visitExpression(node.call);
        return;
      case 'filter-block':
        this.visitExpression(node.filter);
        return;
      case 'set':
        this.visitExpression(node.value);
        this.visitTarget(node.target);
        return;
      case 'set-block':
        this.visitTarget(node.target);
        return;
      case 'do':
        this.visitExpression(node.value);
        return;
      default:
        assertNever(node);
    }
  }

  /** An elif is an `if` nested in the second of three branches, as Jinja2's tree has it. */
  #visitIf(branches: readonly { readonly test: Expression; readonly body: Body }[], otherwise: Body): void {
    const [first, ...others] = branches;
    if (first === undefined) return;
    this.visitExpression(first.test);
    const inBody = new Symbols(this.parent, this);
    inBody.visitBody(first.body);
    const inElifs = new Symbols(this.parent, this);
    for (const other of others) inElifs.#visitIf([other], []);
    const inElse = new Symbols(this.parent, this);
    inElse.visitBody(otherwise);
    this.#branches([inBody, inElifs, inElse]);
  }
}
