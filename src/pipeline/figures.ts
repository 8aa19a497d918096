import type { Figures } from '../report/forecast/figures.ts';
import type { RuleSet } from '../rules/rule-set.ts';

/** The numbers of the forecast, from rules that a user may replace by id. */
export function figuresOf({ byKind }: RuleSet): Figures {
  const values = (id: string): Readonly<Record<string, number>> =>
    byKind.figures.find((rule) => rule.id === id)?.values ?? {};
  return {
    minutes: { p50: values('figures-minutes-p50'), p90: values('figures-minutes-p90') },
    launchSeconds: values('figures-launch-seconds'),
    rules: byKind.figures.map((rule) => rule.id),
  };
}
