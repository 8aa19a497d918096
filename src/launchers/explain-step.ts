import type { Loaded } from '../rules/rule-set.ts';
import type { LauncherRule } from '../rules/schema.ts';
import { refusal } from './match.ts';
import { commandOf } from './read-launcher.ts';
import type { LauncherContext, LauncherStep } from './types.ts';
import { evidenceOf } from './walk.ts';

/** For each launcher rule the first condition that the step does not meet; undefined where it meets all. */
export function explainStep(
  step: LauncherStep,
  context: LauncherContext,
): readonly { readonly rule: Loaded<LauncherRule>; readonly why: string | undefined }[] {
  const evidence = evidenceOf(commandOf(step, context), step, context);
  return context.rules.byKind.launcher.map((rule) => ({ rule, why: refusal(rule, step, evidence) }));
}
