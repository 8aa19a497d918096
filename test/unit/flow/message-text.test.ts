import { expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { messageOf } from '../../../src/core/messages.ts';
import { text } from '../../../src/ir/build-value.ts';
import type { Task } from '../../../src/ir/graph.ts';
import { messageText } from '../../../src/rules/builtin/flow/message-text.ts';
import type { FlowContext } from '../../../src/rules/builtin/flow/types.ts';
import { from } from '../pod/fixture.ts';

function sent(written: string): { readonly text: string; readonly messages: readonly string[] } {
  const sink = new DiagnosticList();
  const span = from.via === 'literal' ? from.span : undefined;
  // Only what the function reads of the task and of its context.
  const task = { id: '+job+alert', span } as unknown as Task;
  const context = { sink, graph: { job: 'job' }, environment: 'prd' } as unknown as FlowContext;
  const { parts } = messageText(text(written, from), task, context);
  return {
    text: parts.map((part) => (part.kind === 'runtime' ? '' : part.text)).join(''),
    messages: sink.items.map(messageOf),
  };
}

test('a message without double braces is sent as it is', () => {
  expect(sent('done {"a": {"b": 1}}')).toEqual({ text: 'done {"a": {"b": 1}}', messages: [] });
});

test('a tag in a message gets a blank between its braces, and is reported', () => {
  expect(sent('state {{workflow.status}}')).toEqual({
    text: 'state { {workflow.status}}',
    messages: [
      'the message of +job+alert holds {{workflow.status}}, which Argo reads as a tag of its own; it is sent with a blank between the braces',
    ],
  });
});
