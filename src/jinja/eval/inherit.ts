import type { Template } from '../analyze.ts';
import { printsAddress, textRepr } from '../values/print.ts';
import { Special, type Value } from '../values/value.ts';
import { type BlockLevel, blocksOf, Context } from './context.ts';
import type { Frame } from './frame.ts';
import { Output, type Runtime } from './runtime.ts';
import { Scope } from './scope.ts';
import { runBody } from './statement.ts';

/** Renders a template into `out`; where it extends another, that one writes. */
export function runTemplate(template: Template, context: Context, out: Output): void {
  const runtime = context.runtime;
  runtime.enter(template.name, 1, () => {
    const scope = new Scope(template.root, (name) => context.resolve(name));
    if (template.usesSelf) scope.vars.set('self', new TemplateReference(template.name, context));
    const inheritance = { parent: undefined };
    const frame: Frame = {
      runtime,
      template,
      context,
      scope,
      out,
      direct: out,
      toplevel: true,
      inheritance,
      checksOutput: template.hasExtends,
      loop: undefined,
      filterInput: undefined,
    };
    runBody(template.parsed.body, frame);
    const parent: Template | undefined = frame.inheritance.parent;
    if (parent !== undefined) runTemplate(parent, context, out);
  });
}

/** The context of a template rendered on its own. */
export function rootContext(runtime: Runtime, template: Template, seesVariables: boolean): Context {
  return new Context(runtime, new Map(), seesVariables, blocksOf(template));
}

export function runBlock(name: string, level: number, context: Context, out: Output): void {
  const definitions = context.blocks.get(name) ?? [];
  const definition = definitions[level];
  if (definition === undefined) return;
  const { info, template } = definition;
  const runtime = context.runtime;
  runtime.enter(template.name, info.node.line, () => {
    const scope = new Scope(info.frame, (variable) => context.resolve(variable));
    if (info.usesSelf) scope.vars.set('self', new TemplateReference(template.name, context));
    if (info.usesSuper) scope.vars.set('super', superOf(name, level, context));
    const frame: Frame = {
      runtime,
      template,
      context,
      scope,
      out,
      direct: out,
      toplevel: false,
      inheritance: { parent: undefined },
      checksOutput: false,
      loop: undefined,
      filterInput: undefined,
    };
    runBody(info.node.body, frame);
  });
}

function superOf(name: string, level: number, context: Context): Value {
  const definitions: readonly BlockLevel[] = context.blocks.get(name) ?? [];
  if (level + 1 >= definitions.length)
    return context.runtime.undefined({ hint: `there is no parent block called ${textRepr(name)}.`, name: 'super' });
  return new BlockReference(name, level + 1, context);
}

/** `super` and `self.name`. */
class BlockReference extends Special {
  readonly type = 'BlockReference';
  readonly #name: string;
  readonly #level: number;
  readonly #context: Context;
  constructor(name: string, level: number, context: Context) {
    super();
    this.#name = name;
    this.#level = level;
    this.#context = context;
  }
  override attribute(name: string): Value | undefined {
    if (name === 'super') return superOf(this.#name, this.#level, this.#context);
    return name === 'name' ? this.#name : undefined;
  }
  override call(): Value {
    const out = new Output(this.#context.runtime);
    runBlock(this.#name, this.#level, this.#context, out);
    return out.captured();
  }
  repr(): string {
    return printsAddress('BlockReference');
  }
}

/** `self`. */
class TemplateReference extends Special {
  readonly type = 'TemplateReference';
  readonly #template: string;
  readonly #context: Context;
  constructor(template: string, context: Context) {
    super();
    this.#template = template;
    this.#context = context;
  }
  override get module(): string {
    return 'jinja2.runtime';
  }
  override attribute(name: string): Value | undefined {
    const block = name.startsWith('[') ? name.slice(1, -1) : name;
    return this.#context.blocks.has(block) ? new BlockReference(block, 0, this.#context) : undefined;
  }
  repr(): string {
    return `<TemplateReference ${textRepr(this.#template)}>`;
  }
}
