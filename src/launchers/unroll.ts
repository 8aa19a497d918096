import { diagnose } from '../core/diagnose.ts';
import type { TaskId } from '../ir/graph.ts';
import type { TextPart, TextValue } from '../ir/value.ts';
import type { Facts } from './shell/facts.ts';
import { readableText } from './shell/text-value.ts';
import type { LauncherContext, LauncherStep } from './types.ts';

/** The loops whose item decides what is started; an error says so. */
export function wantsUnroll(
  facts: Facts,
  step: LauncherStep,
  context: LauncherContext,
  rule: string,
): readonly TaskId[] {
  return reportLoops(facts.undecided, step, context, rule);
}

export function reportLoops(
  undecided: readonly TextValue[],
  step: LauncherStep,
  context: LauncherContext,
  rule: string,
): readonly TaskId[] {
  const perItem = undecided.filter((value) => loopsOf(value.parts).length > 0);
  const [first] = perItem;
  if (first === undefined) return [];
  context.sink.add(
    diagnose('LAUNCHER_MANIFEST_PER_ITEM', { named: readableText(first) }, { span: step.commandSpan, rule }),
  );
  return [...new Set(perItem.flatMap((value) => loopsOf(value.parts)))];
}

function loopsOf(parts: readonly TextPart[]): readonly TaskId[] {
  return parts.flatMap((part) => (part.kind === 'runtime' && part.expr.kind === 'item' ? [part.expr.loop] : []));
}
