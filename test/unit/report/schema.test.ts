import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { reportSchema } from '../../../src/report/schema/report.ts';
import { samples } from '../../generated.ts';

const committed: object = JSON.parse(readFileSync('reports/report.schema.json', 'utf8'));
const ajv = new Ajv2020({ allErrors: true });

function reportOf(sample: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`reports/${sample}/out/reports/report.json`, 'utf8'));
}

describe.each(samples)('report.json of %s', (sample) => {
  const report = reportOf(sample);

  test('is as the committed schema says', () => {
    const validate = ajv.compile(committed);
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
    expect(report['details']).not.toEqual([]);
  });

  test('holds no field that the schema does not document', () => {
    // Written with `output`, the schema of an object forbids other fields.
    const validate = new Ajv2020({ allErrors: true }).compile(z.toJSONSchema(reportSchema, { io: 'output' }));
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
  });

  test('is read back as it is', () => expect(reportSchema.parse(report)).toEqual(report));
});

test.each([
  ['a version of the future', (report: Record<string, unknown>) => ({ ...report, schemaVersion: 2 })],
  ['a missing part', ({ lines, ...rest }: Record<string, unknown>) => (lines === undefined ? rest : rest)],
  ['a number in words', (report: Record<string, unknown>) => ({ ...report, jobs: { converted: 'one' } })],
])('%s is refused by the schema', (_, change) => {
  expect(ajv.compile(committed)(change(reportOf('daily-sales')))).toBe(false);
});

test('a field that a later version adds is no error', () => {
  expect(ajv.compile(committed)({ ...reportOf('daily-sales'), later: 1 })).toBe(true);
});
