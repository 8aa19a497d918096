import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/core/diagnose.ts';
import type { DiagnosticCode } from '../../src/core/diagnostic.ts';
import { messageOf, messages } from '../../src/core/messages.ts';
import { diagnosticExamples } from '../diagnostic-examples.ts';

const codes = Object.keys(messages) as DiagnosticCode[];
const document = readFileSync('rules/diagnostics.md', 'utf8');

describe('every diagnostic', () => {
  test('there are some', () => expect(codes.length).toBeGreaterThan(150));

  test.each(codes)('%s has an example and stands in rules/diagnostics.md', (code) => {
    const example = diagnosticExamples[code];
    expect(example, 'add a line to test/diagnostic-examples.ts, then run npm run test:update').toBeDefined();
    // Each argument of an example shows in what the finding says.
    const said = messageOf(diagnose(code, example as never));
    expect(said.replace(code.includes('UNDEFINED') ? 'undefined' : '', '')).not.toMatch(/undefined|\[object/);
    expect(document).toContain(`<a id="${code}"></a>`);
  });

  test('and nothing else has one', () => {
    expect(Object.keys(diagnosticExamples).filter((code) => !(code in messages))).toEqual([]);
  });
});
