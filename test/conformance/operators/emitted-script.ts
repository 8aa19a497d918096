import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { memoryHost } from '../../../src/pipeline/host.ts';
import { convert } from '../../../src/pipeline/run.ts';
import { packageRules } from '../../generated.ts';

export interface EmittedScript {
  readonly source: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The one script of a converted platform. `run` gives what is known only at run time, by the name of its variable. */
export async function emittedScript(
  files: Readonly<Record<string, string>>,
  run: Readonly<Record<string, string>>,
): Promise<EmittedScript> {
  const { files: written } = await convert(memoryHost(files), { rules: packageRules() });
  const scripts = written
    .filter((file) => file.path.endsWith('/base/workflow.yaml'))
    .flatMap((file) => parseAllDocuments(file.text))
    .flatMap((document) => document.getIn(['spec', 'workflowSpec', 'templates']))
    .flatMap((templates) => (isSeq(templates) ? templates.items : []))
    .flatMap((template) => (isMap(template) ? [template.get('script')] : []))
    .filter(isMap);
  const [script] = scripts;
  if (script === undefined || scripts.length > 1) throw new Error(`${scripts.length} scripts instead of one`);
  const env: Record<string, string> = {};
  const variables = script.get('env');
  for (const entry of isSeq(variables) ? variables.items : []) {
    if (!isMap(entry)) continue;
    const name = String(entry.get('name'));
    const value = entry.get('value');
    const known = typeof value === 'string' && !value.includes('{{') ? value : run[name];
    if (known === undefined) throw new Error(`${name}: the case does not say what it is at run time`);
    env[name] = known;
  }
  const unused = Object.keys(run).filter((name) => !(name in env));
  if (unused.length > 0) throw new Error(`not a variable of the script: ${unused.join(', ')}`);
  const source = script.get('source', true);
  if (!isScalar(source) || typeof source.value !== 'string') throw new Error('a script without a source');
  return { source: source.value, env };
}
