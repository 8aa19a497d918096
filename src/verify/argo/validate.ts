import type { Plain } from '../effect.ts';
import { asList, asMap, asText, isList, isMap, named, type PlainMap } from './data.ts';
import type { Workflow } from './workflow.ts';

/**
 * What the controller checks before a run starts: one fault anywhere, also in the exit handler, and no pod is made at all.
 * Expressions are not checked.
 * @see argo-workflows workflow/validate/validate.go
 */
export function invalidSpec(workflow: Workflow, globals: ReadonlyMap<string, string>): string | undefined {
  const walk = new Walk(workflow, globals);
  walk.template(workflow.spec, asText(workflow.spec['entrypoint']), false);
  const { onExit } = workflow.spec;
  if (onExit !== undefined && onExit !== '') walk.template(workflow.spec, asText(onExit), true);
  return walk.problem;
}

class Walk {
  readonly #workflow: Workflow;
  readonly #globals: ReadonlyMap<string, string>;
  readonly #seen = new Set<PlainMap>();
  problem: string | undefined;

  constructor(workflow: Workflow, globals: ReadonlyMap<string, string>) {
    this.#workflow = workflow;
    this.#globals = globals;
  }

  template(owner: PlainMap, name: string, onExit: boolean): PlainMap | undefined {
    const template = named(owner['templates'], name);
    if (template === undefined) {
      this.problem ??= `template ${JSON.stringify(name)} undefined`;
      return undefined;
    }
    if (this.#seen.has(template)) return template;
    this.#seen.add(template);
    const inputs = asList(asMap(template['inputs'])['parameters']).map((parameter) => asText(asMap(parameter)['name']));
    this.#tags(template, new Set(inputs), onExit);
    const steps = asList(template['steps']).flatMap((group) => (isList(group) ? group : [group]));
    for (const step of [...steps, ...asList(asMap(template['dag'])['tasks'])].map(asMap))
      this.#call(owner, step, onExit);
    return template;
  }

  #call(owner: PlainMap, step: PlainMap, onExit: boolean): void {
    if (isMap(step['inline'])) return;
    this.#target(owner, step, onExit);
    for (const hook of Object.values(asMap(step['hooks']))) this.#target(owner, asMap(hook), onExit);
  }

  #target(owner: PlainMap, step: PlainMap, onExit: boolean): void {
    const reference = step['templateRef'];
    const place = isMap(reference) ? this.#workflow.shared.get(asText(reference['name'])) : owner;
    if (place === undefined) {
      this.problem ??= `couldn't find workflow template ${JSON.stringify(asText(asMap(reference)['name']))}`;
      return;
    }
    const template = this.template(
      place,
      isMap(reference) ? asText(reference['template']) : asText(step['template']),
      onExit,
    );
    if (template === undefined) return;
    const given = new Set(
      asList(asMap(step['arguments'])['parameters']).map((argument) => asText(asMap(argument)['name'])),
    );
    for (const input of asList(asMap(template['inputs'])['parameters']).map(asMap)) {
      const supplied =
        input['value'] !== undefined ||
        input['default'] !== undefined ||
        input['valueFrom'] !== undefined ||
        given.has(asText(input['name']));
      if (!supplied) this.problem ??= `inputs.parameters.${asText(input['name'])} was not supplied`;
    }
  }

  #tags(value: Plain, inputs: ReadonlySet<string>, onExit: boolean): void {
    if (isList(value)) for (const item of value) this.#tags(item, inputs, onExit);
    else if (isMap(value))
      for (const [key, item] of Object.entries(value)) if (key !== 'inline') this.#tags(item, inputs, onExit);
    if (typeof value !== 'string') return;
    for (const match of value.matchAll(/\{\{([^{}=][^{}]*)\}\}/g)) {
      const tag = (match[1] ?? '').trim();
      if (!this.#resolves(tag, inputs, onExit)) this.problem ??= `failed to resolve {{${tag}}}`;
    }
  }

  #resolves(tag: string, inputs: ReadonlySet<string>, onExit: boolean): boolean {
    if (tag.startsWith('inputs.parameters.')) return inputs.has(tag.slice('inputs.parameters.'.length));
    if (!tag.startsWith('workflow.')) return true;
    if (tag === 'workflow.failures' || tag === 'workflow.duration') return onExit || tag === 'workflow.duration';
    // These may come to be known later; unresolved they stay as text.
    return (
      tag === 'workflow.scheduledTime' ||
      tag === 'workflow.priority' ||
      tag.startsWith('workflow.outputs.') ||
      this.#globals.has(tag)
    );
  }
}
