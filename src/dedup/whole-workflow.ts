import { escapeRegExp } from '../core/escape-regexp.ts';
import { byRule, list, map, text } from '../ir/build-value.ts';
import { asMap, mapTexts } from '../ir/read-value.ts';
import type { MapValue } from '../ir/value.ts';
import type { ConvertedWorkflow } from '../rules/types.ts';
import { DEDUP_RULE } from './family-body.ts';
import { leafText, textKey } from './plain-text.ts';

const annotationsOfOurs: ReadonlySet<string> = new Set([
  'workflows.argoproj.io/title',
  'workflows.argoproj.io/description',
]);

/**
 * Everything that a CronWorkflow says but its own name and its schedules: title and runbook, which are for people, and where the
 * exit handler says to submit from.
 */
export function comparableWorkflow(workflow: ConvertedWorkflow): MapValue {
  const from = byRule(DEDUP_RULE);
  const cron = [...workflow.cron.entries].filter(([key]) => key !== 'schedules');
  const annotations = asMap(workflow.metadata.entries.get('annotations'));
  const others = [...(annotations?.entries ?? [])].filter(([key]) => !annotationsOfOurs.has(key));
  const metadata = [...workflow.metadata.entries].filter(([key]) => key !== 'annotations');
  const templates = workflow.templates.map((template) =>
    map([['name', text(template.name, from)], ...template.body.entries], template.body.from),
  );
  const body = map(
    [
      ['namespace', workflow.namespace],
      ...cron,
      ['metadata', map([...metadata, ['annotations', map(others, from)]], from)],
      ...workflow.spec.entries,
      ['parameters', map([...workflow.parameters], from)],
      ['templates', list(templates, from)],
      ['objects', list(workflow.objects, from)],
    ],
    from,
  );
  const source = `cronwf/${workflow.name}`;
  const made = mapTexts(body, (value) => (leafText(value) === source ? text('cronwf/', value.from) : value));
  return asMap(made) ?? body;
}

/** What a workflow does, whenever it does it: its steps and pods, without what fixes the session and what runs at the end. */
export function workKey(workflow: ConvertedWorkflow): string {
  const work = workflow.templates.filter(({ name }) => name !== 'main' && name !== 'exit-handler');
  return work.map(({ name, body }) => `${name} ${textKey(body)}`).join('\n');
}

/** A text without the names of its job: what is left is the same for a copy under another name. */
export function nameless(written: string, { job, name }: ConvertedWorkflow): string {
  const names = [...new Set([job, name])].map(escapeRegExp).join('|');
  return written.replaceAll(new RegExp(`(?<![A-Za-z0-9])(?:${names})(?![A-Za-z0-9])`, 'g'), ' ');
}
