import { diagnose } from '../../../core/diagnose.ts';
import { byRule, text, textOf } from '../../../ir/build-value.ts';
import type { Effect, OperatorTask } from '../../../ir/graph.ts';
import { entryOf, itemsOf, partsOf, staticText } from '../../../ir/read-value.ts';
import type { Provenance, RuntimeExpr, TextPart, Value } from '../../../ir/value.ts';
import type { PodTemplate } from '../../types.ts';
import { STORE_FILE } from '../flow/store-output.ts';
import type { EffectServices } from './effect-converter.ts';
import { jsonParts, templateParts } from './json-parts.ts';
import { pythonRunner, rubyRunner } from './method-runners.ts';
import { scriptTemplate, secretKey } from './script-template.ts';

/**
 * `py>` and `rb>`: the method of the project's own code, called as Digdag calls it. The image has to hold the project's files
 * in its working directory; parameters come as JSON, and one that is known only at run time by itself, with its type.
 */
export function methodTemplate(
  task: OperatorTask,
  effect: Extract<Effect, { kind: 'operator' }>,
  services: EffectServices,
): PodTemplate {
  const rule = 'operator-script-language';
  const from = byRule(rule, [{ via: 'literal', span: task.span }]);
  const image = staticText(entryOf(effect.parameters.get('docker') ?? task.options.get('docker'), 'image'));
  if (image === undefined && services.worker.image === undefined)
    services.sink.add(diagnose('WORKER_IMAGE_UNKNOWN', { task: task.id }, { span: task.span, rule }));
  services.sink.add(diagnose('OPERATOR_PROJECT_CODE', { task: task.id }, { span: task.span, rule }));
  const python = task.operator === 'py';
  const [fixed, open] = [true, false].map((wanted) =>
    [...effect.parameters].filter(([, value]) => isFixed(value) === wanted),
  );
  const env: (readonly [string, Value])[] = [
    ['DIGDAG_METHOD', task.command],
    ['DIGDAG_PARAMS', textOf(jsonParts({ ...mapOf(fixed ?? [], from) }), from)],
    ...(open ?? []).map(([name, value]) => runTimeVariable(name, value, task, services)),
  ];
  env.push(...ownVariables(task, services, from));
  const required = task.options.get('require');
  if (required !== undefined) env.push(['DIGDAG_REQUIRE', required]);
  return scriptTemplate(
    task,
    {
      rule,
      image: image ?? services.worker.image ?? 'worker-image-not-configured',
      command: interpreter(task.options.get(python ? 'python' : 'ruby'), python ? 'python3' : 'ruby'),
      env,
      source: text(
        (python ? pythonRunner : rubyRunner).replace('STORE_FILE', STORE_FILE),
        byRule(rule, [task.command.from]),
      ),
      serviceAccount: services.worker.serviceAccount,
    },
    from,
  );
}

/**
 * A parameter that is known only at run time. Digdag makes a text of whatever holds `${…}`; loop variables, stored values and seconds
 * since the epoch that a method reads by their own names keep their types.
 */
function runTimeVariable(
  name: string,
  value: Value,
  task: OperatorTask,
  { sink }: EffectServices,
): readonly [string, Value] {
  const expr = task.options.has(name) ? undefined : ownValue(value);
  if (expr?.kind === 'output') {
    const all: TextPart = { kind: 'runtime', expr: { ...expr, key: '' }, name: `${name}_store`, from: value.from };
    const written = (text: string): TextPart => ({ kind: 'literal', text, from: value.from });
    return [`DIGDAG_KEPT_${name}`, textOf([written('['), all, written(']')], value.from)];
  }
  if (expr?.kind === 'item' && expr.types === 'mixed')
    sink.add(diagnose('OPERATOR_TYPE_UNKNOWN', { task: task.id, name }, { span: task.span }));
  if (isJson(name, value, expr)) return [`DIGDAG_JSON_${name}`, textOf(typedJson(value), value.from)];
  return [`DIGDAG_TEXT_${name}`, textOf(templateParts(value), value.from)];
}

/** What Digdag itself sets: not a text of the .dig file that names it. */
function ownValue(value: Value): RuntimeExpr | undefined {
  const [part, ...others] = value.kind === 'text' ? value.parts : [];
  return value.from.via === 'default' && others.length === 0 && part?.kind === 'runtime' ? part.expr : undefined;
}

/** A map whose texts of run time need no escapes is JSON as it stands. */
function isJson(name: string, value: Value, expr: RuntimeExpr | undefined): boolean {
  if (value.kind === 'map' || value.kind === 'list')
    return partsOf(value).every(
      (part) =>
        part.kind !== 'runtime' ||
        part.expr.kind === 'session' ||
        (part.expr.kind === 'item' && part.expr.types === 'json'),
    );
  return (expr?.kind === 'item' && expr.types === 'json') || (expr?.kind === 'session' && /_unixtime$/.test(name));
}

function typedJson(value: Value): readonly TextPart[] {
  return ownValue(value) === undefined ? jsonParts(value, typedItem) : templateParts(value);
}

/** A loop's number inside a map, such as `range.from`. */
function typedItem(value: Value): readonly TextPart[] | undefined {
  return ownValue(value)?.kind === 'item' ? templateParts(value) : undefined;
}

/** `_env`: texts, or secrets of the Digdag server. */
function ownVariables(
  task: OperatorTask,
  { sink }: EffectServices,
  from: Provenance,
): readonly (readonly [string, Value])[] {
  return [...task.options].flatMap(([option, value]): readonly (readonly [string, Value])[] => {
    if (!option.startsWith('_env.')) return [];
    const name = option.slice('_env.'.length);
    const key = staticText(entryOf(value, 'secret'));
    if (key === undefined) return [[name, textOf(templateParts(value), value.from)]];
    sink.add(diagnose('WORKER_SECRET', { name, secret: DIGDAG_SECRETS, key }, { span: task.span }));
    return [[name, secretKey(DIGDAG_SECRETS, key, from)]];
  });
}

/** The Secret that takes the place of what `digdag secrets` set. */
const DIGDAG_SECRETS = 'digdag-secrets';

function mapOf(entries: readonly (readonly [string, Value])[], from: Value['from']): Value {
  return { kind: 'map', entries: new Map(entries), from, control: [] };
}

function isFixed(value: Value): boolean {
  return !partsOf(value).some((part) => part.kind === 'runtime');
}

function interpreter(option: Value | undefined, otherwise: string): readonly string[] {
  const words = itemsOf(option).flatMap((word) => staticText(word) ?? []);
  if (words.length > 0) return words;
  return [staticText(option) ?? otherwise];
}
