import type { MacroInfo } from '../analyze.ts';
import type { CallBlock, Macro } from '../ast.ts';
import { PyDict } from '../values/dict.ts';
import { PyError, typeError } from '../values/error.ts';
import { textRepr } from '../values/print.ts';
import { type CallArgs, PyIterator, PyTuple, Special, type Value } from '../values/value.ts';
import { evaluate } from './expression.ts';
import type { Frame } from './frame.ts';
import { Output } from './runtime.ts';
import { missing, Scope } from './scope.ts';
import { runBody } from './statement.ts';

/** A macro, or the body of a call block, bound to the frame it was defined in. */
export class MacroFunction extends Special {
  readonly type = 'Macro';
  readonly #node: Macro | CallBlock;
  readonly #info: MacroInfo;
  readonly #frame: Frame;

  constructor(node: Macro | CallBlock, info: MacroInfo, frame: Frame) {
    super();
    this.#node = node;
    this.#info = info;
    this.#frame = frame;
  }

  override get module(): string {
    return 'jinja2.runtime';
  }

  get #name(): string | null {
    return this.#node.kind === 'macro' ? this.#node.name : null;
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case 'name':
        return this.#name;
      case 'arguments':
        return new PyTuple(this.#node.parameters.map((parameter) => parameter.name));
      case 'caller':
        return this.#info.usesCaller;
      case 'catch_kwargs':
        return this.#info.usesKwargs;
      case 'catch_varargs':
        return this.#info.usesVarargs;
      default:
        return undefined;
    }
  }

  repr(): string {
    const name = this.#name;
    return `<Macro ${name === null ? 'anonymous' : textRepr(name)}>`;
  }

  override call(given: CallArgs): Value {
    const { runtime, template } = this.#frame;
    const { bound, caller, kwargs } = this.#bind(given);
    if (this.#info.isGenerator) return new PyIterator('generator', notRun);
    return runtime.enter(template.name, this.#node.line, () => {
      const scope = new Scope(this.#info.frame, (name) => this.#frame.context.resolve(name), this.#frame.scope);
      const out = new Output(runtime);
      const frame: Frame = {
        ...this.#frame,
        scope,
        out,
        direct: undefined,
        toplevel: false,
        checksOutput: false,
        loop: undefined,
      };
      for (const [name, value] of bound) scope.vars.set(name, value === undefined ? missing : value);
      if (caller !== undefined) scope.vars.set('caller', caller);
      if (this.#info.usesKwargs) scope.vars.set('kwargs', kwargs);
      if (this.#info.usesVarargs)
        scope.vars.set('varargs', new PyTuple(given.args.slice(this.#node.parameters.length)));
      for (const parameter of this.#node.parameters) {
        if (scope.vars.get(parameter.name) !== missing) continue;
        const fallback =
          parameter.fallback === undefined
            ? runtime.undefined({
                hint: `parameter ${textRepr(parameter.name)} was not provided`,
                name: parameter.name,
              })
            : evaluate(parameter.fallback, frame);
        scope.vars.set(parameter.name, fallback);
      }
      runBody(this.#node.body, frame);
      return out.captured();
    });
  }

  #bind(given: CallArgs): {
    readonly bound: readonly (readonly [string, Value | undefined])[];
    readonly caller: Value | undefined;
    readonly kwargs: PyDict;
  } {
    const names = this.#node.parameters.map((parameter) => parameter.name);
    const rest = new Map(given.kwargs);
    const bound = names.map((name, at): readonly [string, Value | undefined] => {
      const positional = given.args[at];
      if (positional !== undefined) return [name, positional];
      const named = rest.get(name);
      rest.delete(name);
      return [name, named];
    });
    let caller: Value | undefined;
    if (this.#info.usesCaller && !names.includes('caller')) {
      const passed = rest.get('caller');
      rest.delete('caller');
      caller =
        passed === undefined || passed === null
          ? this.#frame.runtime.undefined({ hint: 'No caller defined', name: 'caller' })
          : passed;
    }
    const shown = textRepr(this.#name ?? 'None');
    const [unknown] = rest.keys();
    if (!this.#info.usesKwargs && unknown !== undefined) {
      if (rest.has('caller'))
        throw typeError(
          `macro ${shown} was invoked with two values for the special caller argument. This is most likely a bug.`,
        );
      throw typeError(`macro ${shown} takes no keyword argument ${textRepr(unknown)}`);
    }
    if (!this.#info.usesVarargs && given.args.length > names.length)
      throw typeError(`macro ${shown} takes not more than ${names.length} argument(s)`);
    return { bound, caller, kwargs: new PyDict([...rest]) };
  }
}

/** The body of a macro that Jinja2 makes a generator of: it runs only where a template loops over the call. */
const notRun: Iterator<Value> = {
  next: () => {
    throw new PyError('UnsupportedError', 'include without context inside a macro');
  },
};
