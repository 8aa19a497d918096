import { playArgo } from '../argo/play.ts';
import type { Difference, Plain, Start } from '../effect.ts';
import { asList, asMap } from './plain-differences.ts';
import { effectText } from './runs.ts';

const malformed: readonly string[] = [
  '2026-02-30',
  '20260228',
  '2026-2-8',
  '2026-02-28 ',
  'yesterday',
  '2026-13-01T00:00:00Z',
];

/** A run that ends before its first pod still says so: the exit handler runs. */
function isLastWord(task: string): boolean {
  return task.startsWith('exit-handler');
}

/** Values that are no date, and parameters that an overlay forgets: no pod of the job may start. */
export function badParameters(
  objects: readonly Plain[],
  workflowDefaults: Plain,
  start: Start,
  job: string,
): { readonly differences: readonly Difference[]; readonly tried: number } {
  let tried = 0;
  const succeed = () => ({ status: 'Succeeded' as const });
  const started = (of: readonly Plain[], given: Start): readonly string[] => {
    tried += 1;
    return playArgo(of, workflowDefaults, given, succeed, { job })
      .effects.filter((effect) => effect.kind === 'job' || (effect.kind === 'command' && !isLastWord(effect.task)))
      .map(effectText);
  };
  const found: Difference[] = [];
  const names = parameterNames(objects, job);
  const reads = (of: readonly Plain[], name: string): boolean =>
    JSON.stringify(of).includes(`workflow.parameters.${name}`);
  // Where one environment's steps have no use for the session, a date that nothing reads does no harm.
  if (names.includes('target_date') && reads([specOf(objectNamed(objects, job))], 'target_date'))
    for (const targetDate of malformed) {
      const [first] = started(objects, { ...start, targetDate });
      if (first !== undefined) found.push({ path: `target_date=${targetDate}`, legacy: '(none)', argo: first });
    }
  const { targetDate: _, ...plain } = start;
  for (const name of names) {
    const without = objects.map((object) => withoutParameter(object, job, name));
    const [first] = reads(without, name) ? started(without, plain) : [];
    if (first !== undefined) found.push({ path: `parameter ${name} missing`, legacy: '(none)', argo: first });
  }
  return { differences: found, tried };
}

function parameterNames(objects: readonly Plain[], job: string): readonly string[] {
  return asList(asMap(specOf(objectNamed(objects, job))['arguments'])['parameters']).map((parameter) =>
    String(asMap(parameter)['name']),
  );
}

function specOf(object: ReturnType<typeof asMap>): ReturnType<typeof asMap> {
  const spec = asMap(object['spec']);
  return spec['workflowSpec'] === undefined ? spec : asMap(spec['workflowSpec']);
}

function withoutParameter(object: Plain, job: string, name: string): Plain {
  const map = asMap(object);
  if (asMap(map['metadata'])['name'] !== job) return object;
  const own = specOf(map);
  const parameters = asList(asMap(own['arguments'])['parameters']).filter(
    (parameter) => asMap(parameter)['name'] !== name,
  );
  const spec = { ...own, arguments: { ...asMap(own['arguments']), parameters } };
  return {
    ...map,
    spec: asMap(map['spec'])['workflowSpec'] === undefined ? spec : { ...asMap(map['spec']), workflowSpec: spec },
  };
}

function objectNamed(objects: readonly Plain[], name: string): ReturnType<typeof asMap> {
  return asMap(objects.find((candidate) => asMap(asMap(candidate)['metadata'])['name'] === name));
}
