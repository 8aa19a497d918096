import { DiagnosticList } from '../core/diagnose.ts';
import { messageOf } from '../core/messages.ts';
import { repoPath, wholeFile } from '../core/source.ts';
import { lintDocuments } from '../lint/lint-manifests.ts';
import { placed } from '../lint/place-objects.ts';
import { asMap } from '../verify/compare/plain-differences.ts';
import type { Difference, Plain } from '../verify/effect.ts';
import type { BuiltOutput, OutputJob } from './built-output.ts';

const TITLE = 'workflows.argoproj.io/title';
const DESCRIPTION = 'workflows.argoproj.io/description';

/** What no run shows: objects that Argo would refuse, the name people know the job by, and where its runbook is. */
export function objectDifferences(workflow: string, job: OutputJob, output: BuiltOutput): readonly Difference[] {
  const annotations = asMap(asMap(asMap(job.own)['metadata'])['annotations']);
  const title = annotations[TITLE];
  const runbook = /^Runbook: (\S+)$/.exec(String(annotations[DESCRIPTION] ?? ''))?.[1];
  const found = runbook === undefined ? false : /^https?:\/\//.test(runbook) || output.read(runbook) !== undefined;
  return [
    ...refusals(job.objects),
    ...(job.workflows.includes(workflow) ? [] : [{ path: TITLE, legacy: workflow, argo: String(title ?? '(none)') }]),
    ...(found
      ? []
      : [{ path: DESCRIPTION, legacy: 'where the runbook is', argo: String(annotations[DESCRIPTION] ?? '(none)') }]),
  ];
}

/**
 * The list of parameters, which an overlay repeats whole. A base whose value is not the one of every environment would
 * run as one of them where it is forgotten; a `target_date` that is not empty would run one day for ever.
 */
export function parameterDifferences(job: OutputJob, environment: string, output: BuiltOutput): readonly Difference[] {
  const base = parametersIn(output.build(`${job.folder}/base`), job.name);
  const own = parametersIn(output.build(`${job.folder}/overlays/${environment}`), job.name) ?? new Map();
  const target = own.get('target_date') ?? '';
  const found: Difference[] = target === '' ? [] : [{ path: 'target_date', legacy: 'every session', argo: target }];
  if (base === undefined) return found;
  const names = (of: ReadonlyMap<string, string>): string => [...of.keys()].sort().join(', ');
  if (names(base) !== names(own))
    found.push({ path: 'names of the parameters', legacy: names(base), argo: names(own) });
  for (const [name, value] of base)
    if (value !== '' && own.has(name) && own.get(name) !== value)
      found.push({ path: `${name} of the base`, legacy: own.get(name) ?? '', argo: value });
  return found;
}

/** Undefined where there is no such workflow to be built. */
function parametersIn(built: ReturnType<BuiltOutput['build']>, name: string): ReadonlyMap<string, string> | undefined {
  const objects = built.kind === 'built' ? built.objects.map(asMap) : [];
  const spec = asMap(objects.find((object) => asMap(object['metadata'])['name'] === name)?.['spec']);
  if (Object.keys(spec).length === 0) return undefined;
  const parameters = asMap((spec['workflowSpec'] === undefined ? spec : asMap(spec['workflowSpec']))['arguments'])[
    'parameters'
  ];
  const list = Array.isArray(parameters) ? parameters.map(asMap) : [];
  return new Map(list.map((parameter) => [String(parameter['name']), String(parameter['value'] ?? '')]));
}

/** What the linter calls an error; the API server or the controller would take none of it. */
function refusals(objects: readonly Plain[]): readonly Difference[] {
  const nowhere = wholeFile({ path: repoPath('built'), text: '' });
  const nodes = objects.map((object) => placed(object, [], nowhere));
  const { diagnostics } = lintDocuments(nodes, {}, new DiagnosticList());
  return diagnostics
    .filter((diagnostic) => diagnostic.severity === 'error')
    .map((diagnostic) => ({ path: 'the object', legacy: 'runs', argo: `refused: ${messageOf(diagnostic)}` }));
}

/**
 * Everything of an environment as CI applies it, against the job's own overlay: the same object, suspended as long as
 * Digdag runs the job.
 */
export function environmentDifferences(
  job: OutputJob,
  environment: string,
  runsInArgo: boolean,
  output: BuiltOutput,
): readonly Difference[] {
  const folder = `environments/${environment}`;
  if (output.read(`${folder}/kustomization.yaml`) === undefined) return [];
  const built = output.build(folder);
  if (built.kind === 'broken') return [{ path: folder, legacy: 'can be applied', argo: built.problem }];
  const key = identityOf(job.own);
  const same = built.objects.find((object) => identityOf(object) === key);
  if (same === undefined) return [{ path: folder, legacy: job.name, argo: '(none)' }];
  const wanted = runsInArgo || asMap(job.own)['kind'] !== 'CronWorkflow' ? job.own : suspended(job.own);
  if (canonical(same) === canonical(wanted)) return [];
  return [
    {
      path: `${folder}: ${job.name}`,
      legacy: 'as its overlay, suspended while Digdag runs it',
      argo: 'something else',
    },
  ];
}

function identityOf(object: Plain): string {
  const map = asMap(object);
  const metadata = asMap(map['metadata']);
  return JSON.stringify([map['kind'], metadata['namespace'], metadata['name']]);
}

function suspended(object: Plain): Plain {
  const map = asMap(object);
  return { ...map, spec: { ...asMap(map['spec']), suspend: true } };
}

/** With sorted keys. */
function canonical(value: Plain): string {
  return JSON.stringify(value, (_, of: unknown) =>
    typeof of === 'object' && of !== null && !Array.isArray(of)
      ? Object.fromEntries(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1)))
      : of,
  );
}
