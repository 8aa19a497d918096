import { expect, test } from 'vitest';
import { fieldPath } from '../../../src/emit/runbook-field.ts';

test.each([
  ['spec.workflowSpec.templates[report].container.args[--to]', 'report: container.args[--to]'],
  ['spec.templates[report].container.image', 'report: container.image'],
  [
    'spec.workflowSpec.templates[on-error].steps[failed][failed].arguments.parameters[channel].value',
    'on-error / failed: channel',
  ],
  [
    'spec.workflowSpec.templates[tasks].steps[a+b][b].hooks.exit.arguments.parameters[message].value',
    'tasks / b: message',
  ],
  ['spec.workflowSpec.podMetadata.labels.team', 'podMetadata.labels.team'],
])('%s', (origin, want) => {
  expect(fieldPath(origin)).toBe(want);
});
