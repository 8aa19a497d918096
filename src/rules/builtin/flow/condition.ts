import { diagnose } from '../../../core/diagnose.ts';
import { runtimeText } from '../../../ir/build-value.ts';
import type { Task } from '../../../ir/graph.ts';
import type { GivenOperand, SessionTest } from '../../../ir/session-expr.ts';
import type { TextValue } from '../../../ir/value.ts';
import type { Placed } from './layout.ts';
import { manualStep } from './manual-step.ts';
import type { FlowContext } from './types.ts';

export interface Condition {
  readonly test: TextValue;
  /** The step that decides, where Argo cannot. */
  readonly before: Placed;
}

/**
 * The test of an `if>` as the text of a `when`. Comparisons of the session, of loop variables and of stored values Argo decides
 * itself; of any other test a step that a person writes.
 */
export function conditionOf(task: Extract<Task, { kind: 'branch' }>, context: FlowContext): Condition {
  const test = testIn(task.test.kind === 'text' ? task.test : undefined);
  if (test !== undefined) return { test: whenText(test, task.test.from), before: [] };
  context.sink.add(
    diagnose(
      'FLOW_NOT_BOOLEAN',
      { task: task.id },
      { span: task.span, job: context.graph.job, environment: context.environment },
    ),
  );
  const remedy = 'write {"decision": "true"} or {"decision": "false"} to the store file';
  const { step, producer } = manualStep(task, 'decision', remedy, task.test, context);
  const decided = equals({ kind: 'output', tasks: [producer], key: 'decision' }, 'true');
  return { test: whenText(decided, task.test.from), before: [[step]] };
}

export function negated(condition: TextValue): TextValue {
  const test = testIn(condition);
  if (test === undefined) throw new Error('a condition holds a test');
  return whenText({ kind: 'not', of: test }, condition.from);
}

function whenText(test: SessionTest, from: TextValue['from']): TextValue {
  return runtimeText({ kind: 'session', ast: { kind: 'test-text', of: test } }, from);
}

/** A loop variable or stored value alone is true where its text is `true`; Digdag fails on anything but true, false, '' and 0. */
function testIn(value: TextValue | undefined): SessionTest | undefined {
  const [part, ...rest] = value?.parts ?? [];
  if (part?.kind !== 'runtime' || rest.length > 0) return undefined;
  const { expr } = part;
  if (expr.kind === 'item' || expr.kind === 'output') return equals(expr, 'true');
  return expr.kind === 'session' && expr.ast.kind === 'test-text' ? expr.ast.of : undefined;
}

function equals(of: Extract<GivenOperand, { kind: 'run-time' }>['of'], text: string): SessionTest {
  return { kind: 'given', op: '==', left: { kind: 'run-time', of }, right: { kind: 'constant', value: text } };
}
