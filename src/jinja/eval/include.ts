import type { Template } from '../analyze.ts';
import type { Expression, Statement } from '../ast.ts';
import { beginOperation, endOperation, peek, tag } from '../tags/tracker.ts';
import { PyError } from '../values/error.ts';
import { listOf } from '../values/iterate.ts';
import { str, textRepr } from '../values/print.ts';
import { failUndefined, isText } from '../values/types.ts';
import { type Control, Special, Undefined, type Value } from '../values/value.ts';
import { blocksOf, Context } from './context.ts';
import { evaluate } from './expression.ts';
import type { Frame } from './frame.ts';
import { runTemplate } from './inherit.ts';
import { Output } from './runtime.ts';

/** The template a tag names, and the control that its choice exercises. */
export function loadNamed(
  node: Expression,
  frame: Frame,
  origin: Control['origin'],
  select: boolean,
): { readonly template: Template; readonly control: Control } {
  const outer = beginOperation();
  const named = evaluate(node, frame);
  const plain = peek(named);
  if (plain instanceof Undefined) failUndefined(plain);
  const names = isText(plain) || !select ? [str(plain)] : listOf(plain).map((name) => str(name));
  const labels = endOperation(outer);
  for (const name of names) {
    const template = frame.runtime.host.template(name);
    if (template !== undefined) return { template, control: { origin, labels } };
  }
  if (isText(plain) || !select) throw new PyError('TemplateNotFound', names[0] ?? '');
  const shown = names.map((name) => textRepr(name)).join(', ');
  throw new PyError(
    'TemplatesNotFound',
    names.length === 0
      ? 'Tried to select from an empty list of templates.'
      : `none of the templates given were found: ${shown}`,
  );
}

export function runInclude(node: Extract<Statement, { kind: 'include' }>, frame: Frame): void {
  const direct = node.withContext ? frame.out : frame.direct;
  // Jinja2 makes a generator of the function around, whose address would be printed.
  if (direct === undefined) throw new PyError('UnsupportedError', 'include without context inside a recursive loop');
  let found: ReturnType<typeof loadNamed>;
  try {
    found = loadNamed(node.template, frame, node.origin, true);
  } catch (error) {
    if (
      node.ignoreMissing &&
      error instanceof PyError &&
      (error.kind === 'TemplateNotFound' || error.kind === 'TemplatesNotFound')
    )
      return;
    throw error;
  }
  const { template, control } = found;
  frame.runtime.under(control, () => {
    if (!node.withContext) {
      direct.print(moduleOf(template, frame).body, node.origin);
      return;
    }
    const context = frame.context.derived(frame.scope.assigned(), blocksOf(template));
    runTemplate(template, context, frame.out);
  });
}

/** The text of a template as a value. It sees the variables and what is given, nothing that the asking template has set. */
export function renderedText(name: string, frame: Frame, given: ReadonlyMap<string, Value>): Value {
  const { runtime } = frame;
  const template = runtime.host.template(name) ?? runtime.host.template(`templates/${name}`);
  if (template === undefined) throw new PyError('TemplateNotFound', name);
  const out = new Output(runtime);
  runTemplate(template, new Context(runtime, given, true, blocksOf(template)), out);
  return out.value();
}

/** What `import` binds: the names a template exports. */
export class TemplateModule extends Special {
  readonly type = 'TemplateModule';
  readonly name: string;
  readonly body: Value;
  readonly exports: ReadonlyMap<string, Value>;
  constructor(name: string, body: Value, exports: ReadonlyMap<string, Value>) {
    super();
    this.name = name;
    this.body = body;
    this.exports = exports;
  }
  override get module(): string {
    return 'jinja2.environment';
  }
  override attribute(name: string): Value | undefined {
    return name === '__name__' ? this.name : this.exports.get(name);
  }
  override str(): Value {
    return this.body;
  }
  repr(): string {
    return `<TemplateModule ${textRepr(this.name)}>`;
  }
}

function runModule(template: Template, context: Context): TemplateModule {
  const out = new Output(context.runtime);
  runTemplate(template, context, out);
  const exports = new Map<string, Value>();
  for (const name of context.exported) {
    const value = context.vars.get(name);
    if (value !== undefined) exports.set(name, value);
  }
  return new TemplateModule(template.name, out.value(), exports);
}

/** The module without context, which all that import it share. */
function moduleOf(template: Template, frame: Frame): TemplateModule {
  const known = frame.runtime.modules.get(template.name);
  if (known instanceof TemplateModule) return known;
  const made = runModule(template, new Context(frame.runtime, new Map(), false, blocksOf(template)));
  frame.runtime.modules.set(template.name, made);
  return made;
}

export function importModule(
  node: Extract<Statement, { kind: 'import' | 'from' }>,
  frame: Frame,
): { readonly module: TemplateModule; readonly control: Control } {
  const { template, control } = loadNamed(node.template, frame, node.origin, false);
  if (!node.withContext) return { module: moduleOf(template, frame), control };
  const context = frame.context.derived(frame.scope.assigned(), blocksOf(template));
  return { module: runModule(template, context), control };
}

/** A name of an imported module; unknown names are undefined when used, with Jinja2's hint. */
export function exportedValue(
  module: TemplateModule,
  control: Control,
  name: string,
  node: Statement,
  frame: Frame,
): Value {
  const value = module.exports.get(name);
  if (value !== undefined) return tag(value, control.labels);
  const position = `line ${node.line} in ${textRepr(frame.template.name)}`;
  const hint = `the template ${textRepr(module.name)} (imported on ${position}) does not export the requested name ${textRepr(name)}`;
  return frame.runtime.undefined({ hint, name });
}
