import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fieldPlaces } from '../../../src/k8s/field-places.ts';
import { fieldTable, placeOf } from '../../../src/k8s/field-table.ts';

interface RecordedRow {
  readonly path: string;
  readonly kind: string;
  readonly proved: boolean;
}

const recorded = readFileSync(new URL('./recorded-fields.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as RecordedRow);
const table = fieldTable();

test('every field that was run on the controller has exactly one row, with the place seen there', () => {
  expect(recorded.length).toBe(886);
  const rows = new Map(table.map((row) => [row.path, row]));
  expect(rows.size).toBe(table.length);
  const wrong = recorded.filter(
    ({ path, kind, proved }) => rows.get(path)?.kind !== kind || rows.get(path)?.seen !== proved,
  );
  expect(
    wrong.map(
      ({ path, kind, proved }) => `${path}: ${kind} ${proved}, not ${rows.get(path)?.kind} ${rows.get(path)?.seen}`,
    ),
  ).toEqual([]);
});

test('the table holds no field that was not recorded', () => {
  const paths = new Set(recorded.map((row) => row.path));
  const isObject = (path: string): boolean => recorded.some((row) => row.path.startsWith(`${path}.`));
  expect(table.map((row) => row.path).filter((path) => !paths.has(path) && !isObject(path))).toEqual([]);
});

test('no place stands for a field that Kubernetes does not have', () => {
  const paths = new Set(table.map((row) => row.path));
  expect(fieldPlaces.map((place) => place.path).filter((path) => !paths.has(path))).toEqual([]);
});

test('every field without a place says what is lost', () => {
  expect(table.filter((row) => row.kind === 'none' && row.note === undefined)).toEqual([]);
});

test('a new field of the pod has no place until one is written down', () => {
  expect(placeOf('spec.template.spec.brandNew')).toBeUndefined();
  expect(placeOf('spec.template.spec.containers[].brandNew')).toBeUndefined();
  expect(placeOf('spec.template.spec.volumes[].nfs.server')?.kind).toBe('same');
});
