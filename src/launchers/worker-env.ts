import { diagnose } from '../core/diagnose.ts';
import { map, text } from '../ir/build-value.ts';
import { entryOf, staticText } from '../ir/read-value.ts';
import type { Provenance, TextValue, Value } from '../ir/value.ts';
import { namesRead } from './shell/names-read.ts';
import { isBuiltInParameter } from './shell/shell.ts';
import { environmentText } from './shell/text-value.ts';
import type { LauncherContext, LauncherStep } from './types.ts';
import { shellSource } from './walk.ts';

/** Names that the container's own shell or image sets. */
const ownNames: ReadonlySet<string> = new Set([
  'BASH_SOURCE',
  'FUNCNAME',
  'HOME',
  'HOSTNAME',
  'IFS',
  'LINENO',
  'OLDPWD',
  'OPTARG',
  'OPTIND',
  'PATH',
  'PIPESTATUS',
  'PPID',
  'PWD',
  'RANDOM',
  'REPLY',
  'SECONDS',
  'SHELL',
  'TMPDIR',
  'UID',
]);

/** The environment a command reads: parameters of Digdag by value, variables of the worker as the configuration says. */
export function environmentOf(
  source: TextValue,
  step: LauncherStep,
  context: LauncherContext,
): ReadonlyMap<string, Value> {
  const { needed, mentioned } = namesRead(shellSource(source, step.commandSpan));
  const env = new Map<string, Value>();
  // What `_env` names is set for programs too that the text does not show.
  for (const option of step.options.keys())
    if (option.startsWith('_env.')) {
      const name = option.slice('_env.'.length);
      const value = variable(name, step, context);
      if (value !== undefined && value !== 'unknown') env.set(name, value);
    }
  for (const name of mentioned.filter((each) => !env.has(each))) {
    const value = variable(name, step, context);
    if (value !== undefined && value !== 'unknown') env.set(name, value);
    else if (value === 'unknown' && needed.includes(name))
      context.sink.add(diagnose('WORKER_ENV_UNKNOWN', { name }, { span: step.commandSpan }));
  }
  return env;
}

function variable(name: string, step: LauncherStep, context: LauncherContext): Value | 'unknown' | undefined {
  const own = step.options.get(`_env.${name}`);
  if (own !== undefined) return ownVariable(name, own, step, context);
  const parameter = step.scope.get(name);
  if (parameter !== undefined) return environmentText(parameter);
  const from: Provenance = { via: 'default', reason: `worker.env.${name} in dig2argo.yaml` };
  const worker = Object.hasOwn(context.config.worker.env, name) ? context.config.worker.env[name] : undefined;
  if (worker === undefined && isBuiltInParameter(name))
    return context.expandDigdag(text(`\${${name}}`, { via: 'default', reason: `Digdag's ${name}` }), step.scope);
  if (worker === undefined) return ownNames.has(name) ? undefined : 'unknown';
  if ('literal' in worker) return text(worker.literal, from);
  if ('secret' in worker) return reference('secretKeyRef', worker.secret, worker.key, from);
  if ('config_map' in worker) return reference('configMapKeyRef', worker.config_map, worker.key, from);
  return undefined;
}

/** A variable of `_env`; `{secret: key}` stands for a secret of the Digdag server. */
function ownVariable(name: string, value: Value, step: LauncherStep, context: LauncherContext): Value {
  const key = staticText(entryOf(value, 'secret'));
  if (key === undefined) return environmentText(value);
  context.sink.add(diagnose('WORKER_SECRET', { name, secret: SECRETS, key }, { span: step.commandSpan }));
  return reference('secretKeyRef', SECRETS, key, value.from);
}

/** The Secret that takes the place of the secrets that `digdag secrets` set. */
const SECRETS = 'digdag-secrets';

function reference(kind: string, name: string, key: string, from: Provenance): Value {
  return map(
    [
      [
        kind,
        map(
          [
            ['name', text(name, from)],
            ['key', text(key, from)],
          ],
          from,
        ),
      ],
    ],
    from,
  );
}
