import { diagnose } from '../../../core/diagnose.ts';
import { runtimeText } from '../../../ir/build-value.ts';
import type { Task } from '../../../ir/graph.ts';
import type { SessionTest } from '../../../ir/session-expr.ts';
import type { TextValue } from '../../../ir/value.ts';
import type { FlowContext } from './types.ts';

/** The test of an `if>` as the text of a `when`; only comparisons of the session can be decided by Argo itself. */
export function conditionOf(task: Extract<Task, { kind: 'branch' }>, context: FlowContext): TextValue | undefined {
  const test = testIn(task.test.kind === 'text' ? task.test : undefined);
  if (test !== undefined) return whenText(test, task.test.from);
  context.sink.add(
    diagnose(
      'FLOW_NOT_BOOLEAN',
      { task: task.id },
      { span: task.span, job: context.graph.job, environment: context.environment },
    ),
  );
  return undefined;
}

export function negated(condition: TextValue): TextValue {
  const test = testIn(condition);
  if (test === undefined) throw new Error('a condition holds a test');
  return whenText({ kind: 'not', of: test }, condition.from);
}

function whenText(test: SessionTest, from: TextValue['from']): TextValue {
  return runtimeText({ kind: 'session', ast: { kind: 'test-text', of: test } }, from);
}

function testIn(value: TextValue | undefined): SessionTest | undefined {
  const [part, ...rest] = value?.parts ?? [];
  if (part?.kind !== 'runtime' || rest.length > 0 || part.expr.kind !== 'session') return undefined;
  return part.expr.ast.kind === 'test-text' ? part.expr.ast.of : undefined;
}
