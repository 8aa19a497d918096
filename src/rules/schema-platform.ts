import { z } from 'zod';
import { head, jsonValue, name, pattern, patterns } from './schema-parts.ts';

/** Rules about the platform: operators, policies, names, figures. */

export const operatorSchema = z.strictObject({
  ...head('operator'),
  match: z.strictObject({
    operator: patterns.describe('name of the operator, without >'),
    option: z.array(name).optional().describe('options that the step must have'),
  }),
  use: name.optional().describe('built-in that makes the template'),
  emit: z
    .strictObject({
      template: z.enum(['container', 'script', 'http', 'suspend', 'template-ref', 'none']),
      with: z
        .record(z.string(), jsonValue)
        .default({})
        .describe('fields; $command, $option.x, $parameter.x and $config.worker.x stand for values of the step'),
    })
    .optional(),
  reads: z.array(name).default([]).describe('options that the rule reads; every other one is reported'),
  unsupported: z.record(name, name).default({}).describe('option → what is lost without it'),
  manual: name.optional().describe('no template: what a person has to do'),
  examples: z
    .array(
      z.strictObject({
        dig: z.record(z.string(), jsonValue),
        config: z.record(z.string(), jsonValue).optional(),
        argo: z.record(z.string(), jsonValue).optional(),
        diagnostics: z.array(name).optional(),
      }),
    )
    .min(1),
});

/** What a policy decides. */
const policyTarget = z.enum([
  'concurrencyPolicy',
  'startingDeadlineSeconds',
  'successfulJobsHistoryLimit',
  'failedJobsHistoryLimit',
  'retryPolicy',
  'retryBackoff',
  'podGC',
  'ttlStrategy',
  'archiveLogs',
  'workflowDefaults',
  'imageFieldSpec',
  'launcherWait',
  'launcherClock',
  'podDeadline',
  'pod',
  'notification',
  'requireMode',
]);

export const policySchema = z.strictObject({
  ...head('policy'),
  name: z
    .string()
    .regex(/^[a-z]+(_[a-z]+)*$/)
    .describe('key under `policies` in dig2argo.yaml'),
  sets: policyTarget,
  default: jsonValue,
  values: z
    .array(jsonValue)
    .optional()
    .describe('the values that may be given; absent: any of the type of the default'),
  decision: name.describe('text of the decision in the report; {value} is the value taken'),
  legacy: z.string().optional().describe('what the legacy platform did'),
  examples: z
    .array(
      z.strictObject({
        value: jsonValue,
        gives: z.union([z.literal('refused'), z.strictObject({ text: z.string() })]),
      }),
    )
    .min(1),
});

export const namingSchema = z.strictObject({
  ...head('naming'),
  names: z.enum(['workflow', 'template', 'step', 'parameter', 'input']).describe('what gets the name'),
  from: pattern.describe('the legacy name'),
  name: name.describe('the new one; $1 and $<group> stand for groups; then cleaned to what Kubernetes allows'),
  case: z.enum(['kebab', 'snake', 'keep']).default('keep'),
  examples: z
    .array(
      z.strictObject({
        from: z.string(),
        gives: z.union([z.literal('nothing'), z.strictObject({ name: z.string() })]),
      }),
    )
    .min(1),
});

export const figuresSchema = z.strictObject({
  ...head('figures'),
  unit: z.enum(['minutes', 'seconds', 'percent', 'days', 'count']),
  values: z.record(name, z.number()),
  source: name.describe('where the numbers are from'),
  examples: z.array(z.strictObject({ of: z.record(name, z.number()), gives: z.number() })).min(1),
});
