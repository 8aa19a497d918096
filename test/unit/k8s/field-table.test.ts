import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fieldPlaces } from '../../../src/k8s/field-places.ts';
import {
  fieldsOf,
  fieldTable,
  newerFields,
  placeOf,
  schemaPaths,
  typedFieldNames,
} from '../../../src/k8s/field-table.ts';

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
const rows = new Map(table.map((row) => [row.path, row]));

/** Fields whose place is another than what the controller was seen to accept, and why. */
const decided: Readonly<Record<string, string>> = {
  'spec.template.spec.overhead': 'admission decides it',
  'spec.template.spec.preemptionPolicy': 'admission decides it',
  'spec.ttlSecondsAfterFinished': 'would delete the whole Workflow',
  'spec.template.spec.containers[].volumeMounts[].bindMountOptions[]': 'newer than the run',
};
/** In Kubernetes 1.35, where the controller ran, and gone since. */
const removed = /^spec\.template\.spec\.workloadRef/;

test('every field of the schema has exactly one row, and every row is a field', () => {
  const schema = schemaPaths();
  expect(schema.length).toBeGreaterThan(1200);
  expect(new Set(schema).size).toBe(schema.length);
  expect(rows.size).toBe(table.length);
  expect(schema.filter((path) => !rows.has(path))).toEqual([]);
  expect(table.map((row) => row.path).filter((path) => !schema.includes(path))).toEqual([]);
});

test('no two places stand for one field, and none for a field that Kubernetes does not have', () => {
  const paths = fieldPlaces.map((place) => place.path);
  expect(paths.filter((path, at) => paths.indexOf(path) !== at)).toEqual([]);
  expect(paths.filter((path) => !rows.has(path))).toEqual([]);
});

test('every field that was run on the controller has the place seen there', () => {
  expect(recorded.length).toBe(886);
  const wrong = recorded.filter(
    ({ path, kind, proved }) =>
      !removed.test(path) && !(path in decided) && (rows.get(path)?.kind !== kind || rows.get(path)?.seen !== proved),
  );
  expect(
    wrong.map(
      ({ path, kind, proved }) => `${path}: ${kind} ${proved}, not ${rows.get(path)?.kind} ${rows.get(path)?.seen}`,
    ),
  ).toEqual([]);
  expect(Object.keys(decided).filter((path) => !rows.has(path))).toEqual([]);
});

test('every field without a place says what is lost, and under which code', () => {
  const none = table.filter((row) => row.kind === 'none');
  expect(none.length).toBeGreaterThan(100);
  expect(none.filter((row) => row.note === undefined || row.note === '' || row.report === undefined)).toEqual([]);
  expect(table.filter((row) => row.kind !== 'none' && (row.argo === undefined || row.report !== undefined))).toEqual(
    [],
  );
});

test('a field that Argo does not know has no place, however deep it stands', () => {
  expect(newerFields()).toContain('spec.template.spec.volumes[].emptyDir.mode');
  expect(newerFields().filter((path) => placeOf(path)?.kind !== 'none')).toEqual([]);
  expect(placeOf('spec.template.spec.volumes[].emptyDir.medium')?.kind).toBe('same');
});

test('a new field of the pod has no place until one is written down', () => {
  expect(placeOf('spec.template.spec.brandNew')).toBeUndefined();
  expect(placeOf('spec.template.spec.containers[].brandNew')).toBeUndefined();
  expect(placeOf('spec.template.spec.volumes[].nfs.server')?.kind).toBe('same');
  expect(placeOf('spec.template.metadata.labels.team')?.kind).toBe('moved');
});

test('the list of fields says what each holds', () => {
  const field = (type: Parameters<typeof fieldsOf>[0], name: string): unknown => fieldsOf(type).get(name);
  expect(field('JobSpec', 'backoffLimit')).toEqual({
    name: 'backoffLimit',
    shape: 'value',
    scalar: 'integer',
    unknownToArgo: false,
  });
  expect(field('PodSpec', 'containers')).toMatchObject({ shape: 'list', type: 'Container' });
  expect(field('PodSpec', 'evictionResponders')).toMatchObject({ shape: 'list', unknownToArgo: true });
  expect(field('ResourceRequirements', 'limits')).toMatchObject({ shape: 'open-map', scalar: 'quantity' });
  expect(typedFieldNames().has('containerPort')).toBe(true);
  // Text in one type and a number in another.
  expect(typedFieldNames().has('user')).toBe(false);
});
