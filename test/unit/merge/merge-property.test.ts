import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { documentOf } from '../../../src/merge/document.ts';
import { hoistCommon } from '../../../src/merge/hoist/hoist.ts';
import { mergeEnvironments } from '../../../src/merge/merge.ts';
import type { MergedJob } from '../../../src/merge/types.ts';
import { applyOperations, type Json, toJson } from '../../helpers/plain.ts';
import { type Shape, type WorkflowShape, workflow } from './workflow.ts';

const environments = ['dev', 'stg', 'prd'];

/** Texts of one field: with the environment's own values of a variable, of two variables, or plain and different. */
function textFor(environment: string): fc.Arbitrary<string> {
  const value = fc.constantFrom('x', 'y', environment, `${environment}-1`, '');
  return fc.oneof(
    fc.constantFrom('same', 'other', environment, '--flag=1', `--flag=${environment}`),
    value.map((v) => `<env=${environment}>-<tag=${v}>`),
    value.map((v) => `db-<db.host=${v}>.example.test`),
    value.map((v) => `<tag=${v}>`),
    fc.constant('{{inputs.parameters.date}}'),
    fc.constant(`{{inputs.parameters.date}}-<env=${environment}>`),
  );
}

function containerFor(environment: string): fc.Arbitrary<Shape> {
  const text = textFor(environment);
  const env = fc.uniqueArray(fc.record({ name: fc.constantFrom('A', 'B', 'LOG_LEVEL'), value: text }), {
    selector: (item) => item.name,
    maxLength: 3,
  });
  return fc.record(
    {
      image: fc.oneof(fc.constant('registry/app:<tags.app=1.0>'), text),
      command: fc.constant(['run']),
      args: fc.array(text, { maxLength: 3 }),
      env,
      resources: fc.constantFrom({ limits: { memory: '1Gi' } }, { limits: { memory: '2Gi', cpu: 1 } }),
      securityContext: fc.constantFrom({ runAsUser: 1 }, { runAsUser: 2 }),
      volumeMounts: fc.constantFrom(
        [{ name: 'tmp', mountPath: '/tmp' }],
        [
          { name: 'tmp', mountPath: '/tmp' },
          { name: 'conf', mountPath: '/conf' },
        ],
      ),
    },
    { requiredKeys: ['image', 'command'] },
  );
}

function podFor(environment: string): fc.Arbitrary<{ readonly [key: string]: Shape }> {
  return fc.record(
    {
      metadata: fc.record({
        labels: fc.record({ app: fc.constantFrom('a', 'b'), env: textFor(environment) }, { requiredKeys: ['app'] }),
      }),
      serviceAccountName: fc.constantFrom('batch', `batch-<env=${environment}>`),
      nodeSelector: fc.constantFrom({ pool: 'batch' }, { pool: 'gpu' }),
      activeDeadlineSeconds: fc.constantFrom(60, 120),
      container: containerFor(environment),
      volumes: fc.constantFrom([{ name: 'tmp', emptyDir: {} }], [{ name: 'tmp', emptyDir: { medium: 'Memory' } }]),
    },
    { requiredKeys: ['container'] },
  );
}

function shapeFor(environment: string): fc.Arbitrary<WorkflowShape> {
  const script = textFor(environment).map((source): { readonly [key: string]: Shape } => ({
    script: { image: 'worker', source },
  }));
  const names = ['extract', 'load', 'publish'];
  return fc.record({
    templates: fc
      .tuple(
        ...names.map((name) =>
          fc
            .option(fc.oneof({ weight: 3, arbitrary: podFor(environment) }, script), { freq: 5 })
            .map((body) => [name, body] as const),
        ),
      )
      .map((made) => {
        const present = made.flatMap(([name, body]) => (body === null ? [] : [[name, body] as const]));
        const steps = present.map(([name]) => [{ name, template: name }]);
        return Object.fromEntries([['main', { steps }], ...present]);
      }),
    cron: fc.constantFrom(
      { schedules: ['0 0 * * *'], startingDeadlineSeconds: 60 },
      { schedules: ['30 1 * * *'], startingDeadlineSeconds: 60 },
    ),
    suspended: fc.boolean(),
    namespace: fc.constantFrom('batch', 'other'),
  });
}

const platform = fc
  .subarray(environments, { minLength: 1 })
  .chain((names) => fc.tuple(...names.map((name) => shapeFor(name).map((shape) => [name, shape] as const))));

test('base and overlay together are the environment converted alone', () => {
  let patched = 0;
  let parameters = 0;
  fc.assert(
    fc.property(platform, (shapes) => {
      const converted = new Map(shapes.map(([name, shape]) => [name, workflow(name, shape)]));
      const merged = mergeEnvironments(converted, 'prd', new DiagnosticList());
      if (merged === undefined) throw new Error('nothing was merged');
      const alone = hoistCommon(converted);
      for (const name of converted.keys()) {
        const overlay = merged.overlays.get(name);
        const single = alone.get(name);
        if (overlay === undefined || single === undefined) throw new Error(`${name} is missing`);
        if (overlay.kind === 'patched' && overlay.operations.length > 0) patched++;
        parameters = Math.max(parameters, overlay.parameters.size);
        const values = Object.fromEntries([...overlay.parameters].map(([key, value]) => [key, String(toJson(value))]));
        expect(resolved(built(merged, name), values)).toEqual(resolved(toJson(documentOf(single)), values));
        expect(overlay.namespace).toBe(shapes.find(([each]) => each === name)?.[1].namespace);
        expect(overlay.suspended).toBe(shapes.find(([each]) => each === name)?.[1].suspended);
      }
    }),
    { numRuns: 500, seed: 7 },
  );
  expect(patched).toBeGreaterThan(100);
  expect(parameters).toBeGreaterThan(4);
});

test('every tag is declared, in the base and in each overlay, in one order', () => {
  fc.assert(
    fc.property(platform, (shapes) => {
      const merged = mergeEnvironments(
        new Map(shapes.map(([name, shape]) => [name, workflow(name, shape)])),
        'prd',
        new DiagnosticList(),
      );
      if (merged === undefined) throw new Error('nothing was merged');
      for (const [name, overlay] of merged.overlays) {
        const used = new Set(
          [...JSON.stringify(built(merged, name)).matchAll(/workflow\.parameters\.(\w+)/g)].map((match) => match[1]),
        );
        expect([...used].filter((tag) => !overlay.parameters.has(tag ?? ''))).toEqual([]);
        expect([...overlay.parameters.keys()]).toEqual([
          ...(merged.overlays.values().next().value?.parameters.keys() ?? []),
        ]);
      }
      if (merged.base !== undefined)
        expect(declared(toJson(merged.base))).toEqual([
          ...(merged.overlays.values().next().value?.parameters.keys() ?? []),
        ]);
    }),
    { numRuns: 300, seed: 8 },
  );
});

test('the order in which environments are read changes nothing but their own order', () => {
  fc.assert(
    fc.property(platform, (shapes) => {
      const merge = (entries: typeof shapes): Json => {
        const merged = mergeEnvironments(
          new Map(entries.map(([name, shape]) => [name, workflow(name, shape)])),
          'prd',
          new DiagnosticList(),
        );
        return merged === undefined ? null : summary(merged);
      };
      if (!shapes.some(([name]) => name === 'prd')) return;
      expect(merge([...shapes].reverse())).toEqual(merge(shapes));
    }),
    { numRuns: 300, seed: 9 },
  );
});

/** The manifest that the overlay gives, without its parameter list. */
function built(merged: MergedJob, environment: string): Json {
  const overlay = merged.overlays.get(environment);
  if (overlay?.kind === 'own') return withoutArguments(toJson(overlay.document));
  if (overlay === undefined || merged.base === undefined) throw new Error('an overlay without base');
  return withoutArguments(applyOperations(toJson(merged.base), overlay.operations));
}

function withoutArguments(document: Json): Json {
  const copy = structuredClone(document) as { spec: { workflowSpec: { arguments?: Json } } };
  delete copy.spec.workflowSpec.arguments;
  return copy as unknown as Json;
}

function declared(base: Json): string[] {
  const document = base as unknown as { spec: { workflowSpec: { arguments: { parameters: { name: string }[] } } } };
  return document.spec.workflowSpec.arguments.parameters.map((parameter) => parameter.name);
}

function resolved(document: Json, values: Readonly<Record<string, string>>): Json {
  if (typeof document === 'string')
    return document.replaceAll(/\{\{workflow\.parameters\.(\w+)\}\}/g, (tag, name: string) => values[name] ?? tag);
  if (Array.isArray(document)) return document.map((item) => resolved(item, values));
  if (typeof document !== 'object' || document === null) return document;
  return Object.fromEntries(Object.entries(document).map(([key, entry]) => [key, resolved(entry, values)]));
}

function summary(merged: MergedJob): Json {
  const overlays = [...merged.overlays]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, overlay]): Json => [
        name,
        overlay.kind,
        [...overlay.parameters].map(([key, value]): Json => [key, toJson(value)]),
        overlay.kind === 'own'
          ? toJson(overlay.document)
          : overlay.operations.map(
              (each): Json => [each.op, each.path, each.value === undefined ? null : toJson(each.value)],
            ),
      ],
    );
  return { base: merged.base === undefined ? null : toJson(merged.base), overlays };
}
