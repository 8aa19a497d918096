import type { DiagnosticSink } from '../core/diagnostic.ts';
import { entriesOf, staticScalar, staticText } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import type { EffectConverter, RequiredWorkflow } from '../rules/builtin/flow/types.ts';
import type { ReadWorkflow } from './read-graphs.ts';

/** The workflows of an environment as `require>` finds them: by name, in the same project. */
export class RequiredWorkflows {
  readonly #read: readonly ReadWorkflow[];
  readonly #effects: (read: ReadWorkflow, sink: DiagnosticSink) => EffectConverter;
  readonly #names: ReadonlyMap<string, string>;

  constructor(
    read: readonly ReadWorkflow[],
    effects: (read: ReadWorkflow, sink: DiagnosticSink) => EffectConverter,
    names: ReadonlyMap<string, string>,
  ) {
    this.#read = read;
    this.#effects = effects;
    this.#names = names;
  }

  /** Undefined where there is none, or where its parameters are known only at run time. */
  find(
    workflow: string,
    params: Value | undefined,
    environment: string,
    sink: DiagnosticSink,
  ): RequiredWorkflow | undefined {
    const read = this.#read.find((each) => each.graph.job === workflow && each.environment === environment);
    const given = params === undefined ? new Map<string, string>() : fixed(params);
    if (read === undefined || given === undefined) return undefined;
    return {
      name: this.#names.get(workflow) ?? workflow,
      graph: given.size === 0 ? read.graph : read.graphWith(given),
      convertEffect: this.#effects(read, sink),
    };
  }

  /** True where another workflow of the environment requires this one. */
  isRequired(read: ReadWorkflow): boolean {
    return this.#read.some(
      (other) =>
        other.environment === read.environment &&
        [...other.graph.tasks.values()].some(
          (task) =>
            task.kind === 'require' && task.elsewhere === undefined && staticText(task.workflow) === read.graph.job,
        ),
    );
  }
}

function fixed(params: Value): ReadonlyMap<string, string> | undefined {
  const given = new Map<string, string>();
  for (const [name, value] of entriesOf(params)) {
    const written = staticScalar(value);
    if (written === undefined) return undefined;
    given.set(name, written);
  }
  return given;
}
