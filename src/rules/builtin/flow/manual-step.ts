import { byRule, textOf } from '../../../ir/build-value.ts';
import { type OperatorTask, type Task, type TaskId, taskId } from '../../../ir/graph.ts';
import { partsOf } from '../../../ir/read-value.ts';
import type { TextPart, TextValue, Value } from '../../../ir/value.ts';
import { extractInputs } from './inputs.ts';
import { shortName } from './place.ts';
import { withStoreOutput } from './store-output.ts';
import type { FlowContext, Step } from './types.ts';

/** A step that a person has to write, because Argo cannot compute what the flow needs; until then it fails. */
export interface ManualStep {
  readonly step: Step;
  /** The task that stands for it as the producer of what it stores. */
  readonly producer: TaskId;
}

/** The step before `task` that stores `key`: the decision of an `if>`, the list of a loop. */
export function manualStep(task: Task, key: string, remedy: string, value: Value, context: FlowContext): ManualStep {
  const producer = taskId(`${task.id}^${key}`);
  const operator: OperatorTask = {
    id: producer,
    path: [...task.path.slice(0, -1), `${shortName(task)}-${key}`],
    span: task.span,
    exports: new Map(),
    background: false,
    kind: 'operator',
    operator: key,
    command: value,
    options: new Map(),
    effects: [],
  };
  const effect = {
    kind: 'manual' as const,
    what: `${key} of ${task.id}`,
    remedy,
    given: new Map([['expression', asWritten(value)]]),
  };
  const pod = context.convertEffect(operator, effect);
  if (pod === undefined) throw new Error('what a person has to do has a template');
  context.pods.push(pod);
  const { body, args } = extractInputs(withStoreOutput(pod.body));
  const name = context.book.add(shortName(operator), body, operator.id, pod.rule);
  context.stored.set(producer, 'handed-up');
  context.steps.push({ task: task.id, span: task.span, what: key, template: name, rules: [pod.rule] });
  return {
    producer,
    step: {
      name: shortName(operator),
      call: { target: { kind: 'template', name }, args },
      stores: new Map([[producer, { parameter: 'store', many: false }]]),
    },
  };
}

/** A value with its expressions as they stand in the .dig file, where they are not understood. */
function asWritten(value: Value): TextValue {
  const parts = partsOf(value).map((part): TextPart => {
    if (part.kind !== 'runtime' || part.expr.kind !== 'opaque') return part;
    return { kind: 'literal', text: `\${${part.expr.source}}`, from: part.from };
  });
  return textOf(parts, byRule('flow-manual', [value.from]));
}
