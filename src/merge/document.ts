import { byRule, list, map, text } from '../ir/build-value.ts';
import type { MapValue, Value } from '../ir/value.ts';
import type { ConvertedWorkflow } from '../rules/types.ts';

const RULE = 'merge-document';

/** The complete manifest of a converted workflow but its `arguments`, keys in Argo's customary order. */
export function documentOf(workflow: ConvertedWorkflow): MapValue {
  const from = byRule(RULE);
  const metadata = map([['name', text(workflow.name, from)], ...workflow.metadata.entries], from);
  const templates = list(
    workflow.templates.map((template) =>
      map([['name', text(template.name, from)], ...template.body.entries], template.body.from),
    ),
    from,
  );
  const { entrypoint, onExit, rest } = splitSpec(workflow.spec);
  const spec = map(
    [
      ['entrypoint', entrypoint],
      ['onExit', onExit],
      ...rest,
      // A workflow that refers to a whole one has no templates of its own.
      ['templates', templates.items.length === 0 ? undefined : templates],
    ],
    workflow.spec.from,
  );
  const outer =
    workflow.kind === 'CronWorkflow'
      ? map([...workflow.cron.entries, ['workflowSpec', spec]], workflow.cron.from)
      : spec;
  return map(
    [
      ['apiVersion', text('argoproj.io/v1alpha1', from)],
      ['kind', text(workflow.kind, from)],
      ['metadata', metadata],
      ['spec', outer],
    ],
    from,
  );
}

export function parameterList(parameters: ReadonlyMap<string, Value>): Value {
  const from = byRule(RULE);
  return list(
    [...parameters].map(([name, value]) =>
      map(
        [
          ['name', text(name, from)],
          ['value', value],
        ],
        from,
      ),
    ),
    from,
  );
}

/** The manifest with its parameters, right behind the entry point and exit handler. */
export function withArguments(document: MapValue, parameters: ReadonlyMap<string, Value>): MapValue {
  const spec = document.entries.get('spec');
  if (spec?.kind !== 'map' || parameters.size === 0) return document;
  const inner = spec.entries.get('workflowSpec');
  const filled =
    inner?.kind === 'map'
      ? replaced(spec, 'workflowSpec', insertArguments(inner, parameters))
      : insertArguments(spec, parameters);
  return replaced(document, 'spec', filled);
}

function insertArguments(spec: MapValue, parameters: ReadonlyMap<string, Value>): MapValue {
  const given = map([['parameters', parameterList(parameters)]], byRule(RULE));
  const entries = [...spec.entries];
  const at = entries.findIndex(([key]) => key !== 'entrypoint' && key !== 'onExit');
  return { ...spec, entries: new Map([...entries.slice(0, at), ['arguments', given], ...entries.slice(at)]) };
}

function replaced(of: MapValue, name: string, value: Value): MapValue {
  return {
    ...of,
    entries: new Map([...of.entries].map(([key, entry]): [string, Value] => [key, key === name ? value : entry])),
  };
}

function splitSpec(spec: MapValue): {
  readonly entrypoint: Value | undefined;
  readonly onExit: Value | undefined;
  readonly rest: readonly (readonly [string, Value])[];
} {
  const rest = [...spec.entries].filter(([key]) => key !== 'entrypoint' && key !== 'onExit');
  return { entrypoint: spec.entries.get('entrypoint'), onExit: spec.entries.get('onExit'), rest };
}
