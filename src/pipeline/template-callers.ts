import { compareText, sortedBy } from '../core/order.ts';
import { asMap } from '../verify/compare/plain-differences.ts';
import type { Plain } from '../verify/effect.ts';
import type { BuiltOutput, OutputJob } from './built-output.ts';

/** A job that runs a shared template in one environment. */
export interface TemplateCaller {
  /** The legacy workflow. */
  readonly job: string;
  readonly environment: string;
  /** The template and those that it calls itself. */
  readonly templates: ReadonlySet<string>;
  /** True where the whole workflow is the template. */
  readonly whole: boolean;
}

/** Everything in the output that a change of a shared template touches, as it would be applied. */
export function templateCallers(template: string, output: BuiltOutput): readonly TemplateCaller[] {
  const callers = output.jobs().flatMap(({ environment, job }): readonly TemplateCaller[] => {
    const refers = reachableFrom(job.own, job);
    if (!refers.has(template)) return [];
    const shared = sharedTemplate(template, job);
    const templates = new Set([template, ...(shared === undefined ? [] : reachableFrom(shared, job))]);
    const spec = asMap(asMap(job.own)['spec']);
    const inner = spec['workflowSpec'] === undefined ? spec : asMap(spec['workflowSpec']);
    const whole = asMap(inner['workflowTemplateRef'])['name'] === template;
    return job.workflows.map((workflow) => ({ job: workflow, environment, templates, whole }));
  });
  return sortedBy(callers, ({ job }) => job);
}

/** Names of the shared templates of an output. */
export function sharedTemplates(output: BuiltOutput): readonly string[] {
  const named = output.jobs().flatMap(({ job }) => [...reachableFrom(job.own, job)]);
  return [...new Set(named)].sort(compareText);
}

function sharedTemplate(name: string, job: OutputJob): Plain | undefined {
  return job.objects.find(
    (object) =>
      asMap(object)['kind'] === 'WorkflowTemplate' &&
      asMap(asMap(object)['metadata'])['name'] === name &&
      object !== job.own,
  );
}

/** The shared templates that an object refers to, also by way of others. */
function reachableFrom(start: Plain, job: OutputJob): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: Plain | undefined): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null)
      for (const [key, entry] of Object.entries(value)) {
        const name = asMap(entry)['name'];
        if ((key !== 'templateRef' && key !== 'workflowTemplateRef') || typeof name !== 'string') visit(entry);
        else if (!found.has(name)) {
          found.add(name);
          visit(sharedTemplate(name, job));
        }
      }
  };
  visit(start);
  return found;
}
