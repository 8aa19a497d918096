import type { Plain } from '../effect.ts';
import { asList, asMap, asText, type PlainMap } from './data.ts';
import { PlayError, substitute } from './substitute.ts';

export interface ProcessedTemplate {
  readonly template: PlainMap;
  /** Everything tags inside the template can see: globals and `inputs.*`. */
  readonly scope: ReadonlyMap<string, string>;
}

/**
 * A template with its inputs, as the controller has it before it makes a pod or runs its steps: globals are replaced
 * first, then inputs, and what cannot be resolved stays. `locals` are names that hold for this template alone,
 * `now` is what the clock shows.
 * @see argo-workflows workflow/common/util.go, ProcessArgs and SubstituteParams
 */
export function processTemplate(
  template: PlainMap,
  args: ReadonlyMap<string, string>,
  globals: ReadonlyMap<string, string>,
  locals: ReadonlyMap<string, string> = new Map(),
  now?: string,
): ProcessedTemplate {
  const lenient = { allowUnresolved: true };
  // What the clock shows may limit a pod; it must not decide what the pod does.
  const clocked = { ...lenient, ...(now === undefined ? {} : { now }) };
  const pass = (of: PlainMap, params: ReadonlyMap<string, string>): PlainMap => {
    const { activeDeadlineSeconds, ...rest } = of;
    const replaced = asMap(substitute(rest, params, lenient));
    if (activeDeadlineSeconds === undefined) return replaced;
    return { ...replaced, activeDeadlineSeconds: substitute(activeDeadlineSeconds, params, clocked) };
  };
  const first = pass(withArguments(template, args), new Map([...globals, ...locals]));
  const scope = new Map(globals);
  const parameters = asList(asMap(first['inputs'])['parameters']).map(asMap);
  for (const parameter of parameters) {
    if (parameter['value'] !== undefined)
      scope.set(`inputs.parameters.${asText(parameter['name'])}`, asText(parameter['value']));
    else if (parameter['valueFrom'] === undefined)
      throw new PlayError(`inputs.parameters.${asText(parameter['name'])} was not supplied`);
  }
  scope.set('inputs.parameters', JSON.stringify(parameters));
  for (const output of asList(asMap(first['outputs'])['parameters']).map(asMap)) {
    const path = asMap(output['valueFrom'])['path'];
    if (typeof path === 'string') scope.set(`outputs.parameters.${asText(output['name'])}.path`, path);
  }
  return { template: pass(first, new Map([...scope, ...locals])), scope };
}

/** Inputs with the values they get: the argument, else the template's value, else its default. */
function withArguments(template: PlainMap, args: ReadonlyMap<string, string>): PlainMap {
  const inputs = asMap(template['inputs']);
  const parameters = asList(inputs['parameters']).map((parameter): Plain => {
    const given = asMap(parameter);
    const value = args.get(asText(given['name'])) ?? given['value'] ?? given['default'];
    return value === undefined || value === null ? given : { ...given, value: asText(value) };
  });
  return parameters.length === 0 ? template : { ...template, inputs: { ...inputs, parameters } };
}
