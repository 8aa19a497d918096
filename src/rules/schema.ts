import { z } from 'zod';
import { launcherSchema, macroSchema, notificationSchema } from './schema-launcher.ts';
import { figuresSchema, namingSchema, operatorSchema, policySchema } from './schema-platform.ts';
import { clockSchema, imageSchema, sidecarSchema } from './schema-pod.ts';

/** The one definition of what a rule file may say. Later rules are further files, not further keys. */
export const ruleSchema = z.discriminatedUnion('kind', [
  operatorSchema,
  launcherSchema,
  macroSchema,
  clockSchema,
  sidecarSchema,
  notificationSchema,
  imageSchema,
  policySchema,
  namingSchema,
  figuresSchema,
]);

export type Rule = z.infer<typeof ruleSchema>;
export type RuleKind = Rule['kind'];
export type RuleOf<K extends RuleKind> = Extract<Rule, { kind: K }>;
export type ValueSource = NonNullable<RuleOf<'launcher'>['override']>['image'] & {};
export type ClockRule = RuleOf<'clock'>;
export type ImageRule = RuleOf<'image'>;
export type LauncherRule = RuleOf<'launcher'>;
export type NamingRule = RuleOf<'naming'>;
export type NotificationRule = RuleOf<'notification'>;
export type OperatorRuleFile = RuleOf<'operator'>;
export type PolicyRule = RuleOf<'policy'>;
export type SidecarRule = RuleOf<'sidecar'>;

export const ruleKinds = [
  'operator',
  'launcher',
  'macro',
  'clock',
  'sidecar',
  'notification',
  'image',
  'policy',
  'naming',
  'figures',
] as const satisfies readonly RuleKind[];

/**
 * What holds where several rules of a kind match: an error that names them, all of them one after the other,
 * or the first (rules of the user before those of the package, then by id).
 */
export const severalMatch = {
  operator: 'error',
  launcher: 'error',
  macro: 'all',
  clock: 'first',
  sidecar: 'first',
  notification: 'first',
  image: 'first',
  policy: 'error',
  naming: 'first',
  figures: 'all',
} as const satisfies Readonly<Record<RuleKind, 'error' | 'all' | 'first'>>;
