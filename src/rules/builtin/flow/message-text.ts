import { diagnose } from '../../../core/diagnose.ts';
import { textOf } from '../../../ir/build-value.ts';
import type { Task } from '../../../ir/graph.ts';
import type { TextPart, TextValue, Value } from '../../../ir/value.ts';
import type { FlowContext } from './types.ts';

/**
 * A text of a notification. It goes through inputs, whose values Argo reads for tags again, and in a loop it even fails on a tag that it
 * does not know: a blank comes between the braces, which is reported.
 */
export function messageText(value: Value, task: Task, context: FlowContext): TextValue {
  if (value.kind !== 'text') return textOf([], value.from);
  const tag = value.parts.map(tagIn).find((found) => found !== undefined);
  if (tag === undefined) return value;
  context.sink.add(
    diagnose(
      'FLOW_MESSAGE_TAG',
      { task: task.id, tag },
      { span: task.span, job: context.graph.job, environment: context.environment },
    ),
  );
  return { ...textOf(value.parts.map(spaced), value.from), control: value.control };
}

function tagIn(part: TextPart): string | undefined {
  if (part.kind === 'runtime') return undefined;
  return /\{\{[^}]*\}{0,2}/.exec(part.text)?.[0];
}

function spaced(part: TextPart): TextPart {
  if (tagIn(part) === undefined || part.kind === 'runtime') return part;
  return { kind: 'literal', text: part.text.replaceAll('{{', '{ {'), from: part.from };
}
