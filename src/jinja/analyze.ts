import type { Block, Body, CallBlock, Expression, For, Macro, Parameter, ParsedTemplate, Statement } from './ast.ts';
import { isConstant } from './constant-slices.ts';
import { builtIn, type Library } from './library.ts';
import { type Load, Symbols } from './symbols.ts';
import { PyError } from './values/error.ts';
import { textRepr } from './values/print.ts';
import { childrenOf, findUndeclared, namespaceTargets, partsOf, statementsBelow, targetNames } from './walk.ts';

/** The variables of one frame with where each gets its first value. */
export interface FrameInfo {
  readonly loads: readonly (readonly [string, Load])[];
  readonly stores: ReadonlySet<string>;
}

export interface MacroInfo {
  readonly frame: FrameInfo;
  readonly usesCaller: boolean;
  readonly usesKwargs: boolean;
  readonly usesVarargs: boolean;
  /** An include without context makes a generator of it in Jinja2, whose address is all that a call prints. */
  readonly isGenerator: boolean;
}

export interface LoopInfo {
  readonly body: FrameInfo;
  readonly otherwise: FrameInfo;
  readonly test: FrameInfo;
  /** The body reads `loop`. */
  readonly extended: boolean;
  /** As in a macro, of a recursive loop, which is a function to Jinja2. */
  readonly isGenerator: boolean;
}

export interface BlockInfo {
  readonly node: Block;
  readonly frame: FrameInfo;
  readonly usesSelf: boolean;
  readonly usesSuper: boolean;
}

/** A template ready to run. */
export interface Template {
  readonly name: string;
  readonly parsed: ParsedTemplate;
  readonly root: FrameInfo;
  readonly usesSelf: boolean;
  readonly hasExtends: boolean;
  readonly blocks: ReadonlyMap<string, BlockInfo>;
  readonly frames: ReadonlyMap<Statement, FrameInfo>;
  readonly loops: ReadonlyMap<For, LoopInfo>;
  readonly macros: ReadonlyMap<Macro | CallBlock, MacroInfo>;
  /** `set` of an attribute → the line Python names where its object is no namespace; `extends` → where it is the second. */
  readonly checkLines: ReadonlyMap<Statement, number>;
}

/** Does what Jinja2's compiler does before code runs: frames of names, blocks, and the errors it finds on the way. */
export function analyze(parsed: ParsedTemplate, library: Library = builtIn): Template {
  return new Analyzer(parsed, library).run();
}

/** Statements whose own code follows that of their body. */
const marksBehind: ReadonlySet<Statement['kind']> = new Set(['call-block', 'filter-block', 'set-block']);
/** Statements without code that has a line. */
const marksNothing: ReadonlySet<Statement['kind']> = new Set(['with', 'autoescape', 'output']);

interface Place {
  readonly symbols: Symbols;
  readonly toplevel: boolean;
  /** Below an `if` a filter may be missing until it is used. */
  readonly soft: boolean;
  readonly inLoop: boolean;
}

function frameOf(symbols: Symbols): FrameInfo {
  return { loads: [...symbols.loads], stores: symbols.stores };
}

class Analyzer {
  readonly #parsed: ParsedTemplate;
  readonly #library: Library;
  readonly #frames = new Map<Statement, FrameInfo>();
  readonly #loops = new Map<For, LoopInfo>();
  readonly #macros = new Map<Macro | CallBlock, MacroInfo>();
  readonly #blocks = new Map<string, BlockInfo>();
  readonly #checkLines = new Map<Statement, number>();
  /** The line that Jinja2's generated code stands for where it is written without one of its own. */
  #marked = 1;
  /** Whatever follows at the top is not written: an extends tag that no condition guards came before. */
  #extends = false;

  constructor(parsed: ParsedTemplate, library: Library) {
    this.#parsed = parsed;
    this.#library = library;
  }

  run(): Template {
    const body = this.#parsed.body;
    const blocks: Block[] = [];
    for (const statement of statementsBelow(body)) {
      if (statement.kind !== 'block') continue;
      if (blocks.some((block) => block.name === statement.name))
        throw this.#fail(`block '${statement.name}' defined twice`, statement.line);
      blocks.push(statement);
    }
    const symbols = new Symbols();
    const usesSelf = findUndeclared(body, ['self']).has('self');
    if (usesSelf) symbols.declareParameter('self');
    symbols.visitBody(body);
    this.#body(body, { symbols, toplevel: true, soft: false, inLoop: false });
    for (const block of blocks) this.#block(block);
    return {
      name: this.#parsed.name,
      parsed: this.#parsed,
      root: frameOf(symbols),
      usesSelf,
      hasExtends: [...statementsBelow(body)].some((statement) => statement.kind === 'extends'),
      blocks: this.#blocks,
      frames: this.#frames,
      loops: this.#loops,
      macros: this.#macros,
      checkLines: this.#checkLines,
    };
  }

  #fail(message: string, line: number): PyError {
    return new PyError('TemplateAssertionError', message, { line, template: this.#parsed.name });
  }

  #block(node: Block): void {
    const symbols = new Symbols();
    const undeclared = findUndeclared(node.body, ['self', 'super']);
    for (const name of ['self', 'super']) if (undeclared.has(name)) symbols.declareParameter(name);
    symbols.visitBody(node.body);
    this.#marked = node.line;
    this.#blocks.set(node.name, {
      node,
      frame: frameOf(symbols),
      usesSelf: undeclared.has('self'),
      usesSuper: undeclared.has('super'),
    });
    this.#body(node.body, { symbols, toplevel: false, soft: false, inLoop: false });
  }

  #body(body: Body, place: Place): void {
    for (const statement of body) {
      const skipped = place.toplevel && this.#extends && (statement.kind === 'output' || statement.kind === 'block');
      if (statement.kind === 'extends' || (statement.kind === 'set' && namespaceTargets(statement.target).length > 0))
        this.#checkLines.set(statement, this.#marked);
      if (!skipped && !marksNothing.has(statement.kind) && !marksBehind.has(statement.kind))
        this.#marked = statement.line;
      this.#statement(statement, place);
      if (statement.kind === 'output' && !skipped) this.#markPrints(statement.items);
      else if (marksBehind.has(statement.kind) || (statement.kind === 'for' && statement.recursive))
        this.#marked = statement.line;
      if (statement.kind === 'extends' && !place.soft) this.#extends = true;
    }
  }

  #markPrints(items: Extract<Statement, { kind: 'output' }>['items']): void {
    for (const item of items) if (item.kind === 'print' && !isConstant(item.value)) this.#marked = item.line;
  }

  #statement(node: Statement, place: Place): void {
    switch (node.kind) {
      case 'if':
        for (const branch of node.branches) {
          this.#marked = branch.line;
          this.#expression(branch.test, true);
          this.#body(branch.body, { ...place, soft: true });
        }
        this.#body(node.otherwise, { ...place, soft: true });
        return;
      case 'for':
        this.#for(node, place);
        return;
      case 'macro':
      case 'call-block':
        this.#macro(node, place);
        return;
      case 'block':
        return;
      case 'extends':
        if (!place.toplevel) throw this.#fail('cannot use extend from a non top-level scope', node.line);
        this.#expression(node.template, place.soft);
        return;
      case 'with':
      case 'autoescape':
      case 'filter-block':
      case 'set-block':
        this.#inner(node, place);
        return;
      case 'break':
      case 'continue':
        if (!place.inLoop)
          throw new PyError('SyntaxError', `'${node.kind}' outside loop`, {
            line: node.line,
            template: this.#parsed.name,
          });
        return;
      default:
        for (const part of partsOf(node)) if (part.kind === 'expression') this.#expression(part.node, place.soft);
    }
  }

  #inner(node: Extract<Statement, { kind: 'with' | 'autoescape' | 'filter-block' | 'set-block' }>, place: Place): void {
    const symbols = new Symbols(place.symbols);
    if (node.kind === 'with') for (const target of node.targets) symbols.visitParameters(target);
    if (node.kind === 'autoescape') symbols.visitExpression(node.value);
    symbols.visitBody(node.body);
    if (node.kind === 'filter-block') symbols.visitExpression(node.filter);
    if (node.kind === 'set-block' && node.filter !== undefined) symbols.visitExpression(node.filter);
    this.#frames.set(node, frameOf(symbols));
    for (const part of partsOf(node)) if (part.kind === 'expression') this.#expression(part.node, false);
    this.#body(node.body, { symbols, toplevel: false, soft: false, inLoop: place.inLoop && node.kind !== 'set-block' });
  }

  #for(node: For, place: Place): void {
    const body = new Symbols(place.symbols);
    const otherwise = new Symbols(place.symbols);
    const test = new Symbols(place.symbols);
    const below = [...statementsBelow(node.body)];
    const extended =
      node.recursive ||
      findUndeclared(node.body, ['loop']).has('loop') ||
      below.some((statement) => statement.kind === 'block' && statement.scoped);
    if (extended) body.declareParameter('loop');
    body.visitParameters(node.target);
    body.visitBody(node.body);
    otherwise.visitBody(node.otherwise);
    test.visitParameters(node.target);
    if (node.test !== undefined) {
      test.visitExpression(node.test);
      this.#expression(node.test, false);
    }
    this.#refuseLoopTarget(node, below);
    this.#loops.set(node, {
      body: frameOf(body),
      otherwise: frameOf(otherwise),
      test: frameOf(test),
      extended,
      isGenerator: node.recursive && (includesDirectly(node.body) || includesDirectly(node.otherwise)),
    });
    this.#expression(node.iterable, place.soft);
    this.#body(node.body, { symbols: body, toplevel: false, soft: false, inLoop: true });
    this.#body(node.otherwise, { symbols: otherwise, toplevel: false, soft: false, inLoop: place.inLoop });
  }

  #refuseLoopTarget(node: For, below: readonly Statement[]): void {
    for (const statement of [node, ...below]) {
      for (const part of partsOf(statement)) {
        if (part.kind === 'target' && targetNames(part.node).includes('loop'))
          throw this.#fail("Can't assign to special loop variable in for-loop target", part.node.line);
      }
    }
  }

  #macro(node: Macro | CallBlock, place: Place): void {
    const symbols = new Symbols(place.symbols);
    const names = node.parameters.map((parameter) => parameter.name);
    const undeclared = findUndeclared(node.body, ['caller', 'kwargs', 'varargs']);
    if (new Set(names).size < names.length) throw this.#duplicateArgument(node.line);
    const visit = (): void => {
      for (const parameter of node.parameters) symbols.declareParameter(parameter.name);
      for (const parameter of node.parameters)
        if (parameter.fallback !== undefined) symbols.visitExpression(parameter.fallback);
      symbols.visitBody(node.body);
    };
    visit();
    const caller = node.parameters.find((parameter: Parameter) => parameter.name === 'caller');
    if (undeclared.has('caller')) {
      if (caller === undefined) symbols.declareParameter('caller');
      else if (caller.fallback === undefined) {
        throw this.#fail(
          'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
          node.line,
        );
      }
    }
    const usesKwargs = undeclared.has('kwargs') && !names.includes('kwargs');
    const usesVarargs = undeclared.has('varargs') && !names.includes('varargs');
    if (usesKwargs) symbols.declareParameter('kwargs');
    if (usesVarargs) symbols.declareParameter('varargs');
    this.#macros.set(node, {
      frame: frameOf(symbols),
      usesCaller: undeclared.has('caller'),
      usesKwargs,
      usesVarargs,
      isGenerator: includesDirectly(node.body),
    });
    for (const part of partsOf(node)) if (part.kind === 'expression') this.#expression(part.node, false);
    this.#body(node.body, { symbols, toplevel: false, soft: false, inLoop: false });
  }

  #duplicateArgument(line: number): PyError {
    return new PyError('SyntaxError', 'duplicate argument in function definition', {
      line,
      template: this.#parsed.name,
    });
  }

  /** Filters and tests that do not exist fail here, unless a condition may keep them from running. */
  #expression(node: Expression, soft: boolean): void {
    if (!soft && (node.kind === 'filter' || node.kind === 'test')) {
      const known = node.kind === 'filter' ? this.#library.filters : this.#library.tests;
      if (!known.has(node.name)) throw this.#fail(`No ${node.kind} named ${textRepr(node.name)}.`, node.line);
    }
    if (isConstant(node)) return;
    const below = soft || node.kind === 'condition';
    for (const child of childrenOf(node)) this.#expression(child, below);
  }
}

function includesDirectly(body: Body): boolean {
  return body.some((statement) => {
    if (statement.kind === 'macro' || statement.kind === 'call-block') return false;
    if (statement.kind === 'for' && statement.recursive) return false;
    if (statement.kind === 'include') return !statement.withContext;
    return partsOf(statement).some((part) => part.kind === 'body' && includesDirectly(part.body));
  });
}

/** Names the template reads from the context, as Python's meta.find_undeclared_variables gives them. */
export function namesFromContext(template: Template): ReadonlySet<string> {
  const names = new Set<string>();
  const frames = [
    template.root,
    ...[...template.blocks.values()].map((block) => block.frame),
    ...template.frames.values(),
    ...[...template.loops.values()].flatMap((loop) => [loop.body, loop.otherwise, loop.test]),
    ...[...template.macros.values()].map((macro) => macro.frame),
  ];
  for (const frame of frames) for (const [name, load] of frame.loads) if (load === 'resolve') names.add(name);
  return names;
}
