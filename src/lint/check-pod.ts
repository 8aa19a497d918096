import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { SourceSpan } from '../core/source.ts';
import { BuildFailure, BuildRefusal } from '../kustomize/failure.ts';
import { readDocuments } from '../kustomize/read-yaml.ts';
import { isMap, type KValue } from '../kustomize/value.ts';
import { checkLabels, checkUnique, containerName, isDnsLabel } from './check-names.ts';
import { nearestField } from './fields.ts';
import { at, entriesOf, itemsOf, type LintNode, nameOf, textOf } from './node.ts';
import { podSpecFields } from './pod-spec-fields.ts';

/** What would make a pod of the template be refused, or be made otherwise than written. */
export function checkPod(template: LintNode, workflowVolumes: ReadonlySet<string>, sink: DiagnosticSink): void {
  const main = at(template, 'container') ?? at(template, 'script');
  const sidecars = itemsOf(at(template, 'sidecars'));
  const initContainers = itemsOf(at(template, 'initContainers'));
  const set = itemsOf(at(template, 'containerSet', 'containers'));
  for (const container of [...(main === undefined ? [] : [main]), ...sidecars, ...initContainers, ...set])
    checkContainer(container, sink);
  for (const container of sidecars) checkSideName('sidecar', container, ['main', 'init', 'wait', 'supervisor'], sink);
  for (const container of initContainers)
    checkSideName('init container', container, ['init', 'wait', 'supervisor'], sink);
  checkUnique('container', [...sidecars, ...initContainers], sink);
  checkVolumes(itemsOf(at(template, 'volumes')), sink);
  checkMounts(
    [...(main === undefined ? [] : [main]), ...sidecars, ...initContainers, ...set],
    new Set([...workflowVolumes, ...itemsOf(at(template, 'volumes')).map(nameOf)]),
    sink,
  );
  checkLabels(at(template, 'metadata', 'labels'), sink);
  checkPatch(at(template, 'podSpecPatch'), sink);
  checkAliases(at(template, 'hostAliases'), sink);
}

/** A sidecar may not be called as Argo calls its own containers. */
function checkSideName(what: string, container: LintNode, reserved: readonly string[], sink: DiagnosticSink): void {
  containerName(what, container, sink);
  const name = nameOf(container);
  const taken = reserved.includes(name) || (what === 'sidecar' && name.startsWith('artifact-plugin-'));
  if (taken)
    sink.add(
      diagnose(
        'LINT_NAME',
        { what, name, rule: 'Argo uses it for a container of its own' },
        { span: at(container, 'name')?.span ?? container.span },
      ),
    );
}

function checkContainer(container: LintNode, sink: DiagnosticSink): void {
  const image = at(container, 'image');
  const text = textOf(image);
  if (
    image !== undefined &&
    text !== '' &&
    !text.includes('{{') &&
    !/^[A-Za-z0-9][\w.\-/:]*(?:@sha256:[0-9a-f]{64})?$/.test(text)
  )
    sink.add(
      diagnose('LINT_VALUE', { field: 'image', value: text, want: 'the name of an image' }, { span: image.span }),
    );
  const env = itemsOf(at(container, 'env'));
  checkUnique('environment variable', env, sink);
  for (const variable of env) {
    if (nameOf(variable) === '')
      sink.add(diagnose('LINT_MISSING', { what: 'name', where: 'an environment variable' }, { span: variable.span }));
    if (
      at(variable, 'value') !== undefined &&
      textOf(at(variable, 'value')) !== '' &&
      at(variable, 'valueFrom') !== undefined
    )
      sink.add(
        diagnose(
          'LINT_CONFLICT',
          { what: 'both value and valueFrom', where: `environment variable ${nameOf(variable)}` },
          { span: variable.span },
        ),
      );
  }
  checkUnique('mount path', itemsOf(at(container, 'volumeMounts')), sink, 'mountPath');
  for (const mount of itemsOf(at(container, 'volumeMounts'))) {
    if (textOf(at(mount, 'mountPath')) === '')
      sink.add(diagnose('LINT_MISSING', { what: 'mountPath', where: `mount ${nameOf(mount)}` }, { span: mount.span }));
  }
  checkRequests(at(container, 'resources'), sink);
}

function checkRequests(resources: LintNode | undefined, sink: DiagnosticSink): void {
  for (const [name, entry] of entriesOf(at(resources, 'requests'))) {
    const limit = at(resources, 'limits', name);
    const [request, most] = [amount(textOf(entry.value)), amount(textOf(limit))];
    if (request !== undefined && most !== undefined && request > most)
      sink.add(
        diagnose(
          'LINT_RISK',
          {
            what: `the request of ${name}, ${textOf(entry.value)}, is above its limit, ${textOf(limit)}: no pod can be made`,
          },
          { span: entry.value.span },
        ),
      );
  }
}

const powers: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

function amount(text: string): number | undefined {
  const match = /^([+-]?[0-9.]+)([a-zA-Z]*)$/.exec(text);
  const power = match === null ? undefined : powers[match[2] ?? ''];
  return match === null || power === undefined ? undefined : Number(match[1]) * power;
}

export function checkVolumes(volumes: readonly LintNode[], sink: DiagnosticSink): void {
  checkUnique('volume', volumes, sink);
  for (const volume of volumes) {
    const name = nameOf(volume);
    if (name !== '' && !name.includes('{{') && !isDnsLabel(name))
      sink.add(
        diagnose(
          'LINT_NAME',
          { what: 'volume', name, rule: 'lower-case letters, digits and - alone' },
          { span: at(volume, 'name')?.span ?? volume.span },
        ),
      );
    const sources = entriesOf(volume)
      .map(([key]) => key)
      .filter((key) => key !== 'name');
    if (sources.length === 0)
      sink.add(diagnose('LINT_MISSING', { what: 'source', where: `volume ${name}` }, { span: volume.span }));
    if (sources.length > 1)
      sink.add(
        diagnose(
          'LINT_CONFLICT',
          { what: `several sources: ${sources.join(', ')}`, where: `volume ${name}` },
          { span: volume.span },
        ),
      );
  }
}

function checkMounts(containers: readonly LintNode[], volumes: ReadonlySet<string>, sink: DiagnosticSink): void {
  for (const mount of containers.flatMap((container) => itemsOf(at(container, 'volumeMounts')))) {
    const name = nameOf(mount);
    if (name === '' || name.includes('{{') || volumes.has(name)) continue;
    sink.add(diagnose('LINT_UNDEFINED', { what: 'volume', name }, { span: at(mount, 'name')?.span ?? mount.span }));
  }
}

/** podSpecPatch with tags in place of values is still YAML. */
export function checkPatch(node: LintNode | undefined, sink: DiagnosticSink): void {
  if (node?.kind !== 'string' || textOf(node).trim() === '') return;
  const value = patchValue(textOf(node).replace(/\{\{[\s\S]*?\}\}/g, 'x'));
  if (!isMap(value)) {
    sink.add(
      diagnose(
        'LINT_VALUE',
        { field: 'podSpecPatch', value: textOf(node), want: 'a map in JSON or YAML' },
        { span: node.span },
      ),
    );
    return;
  }
  for (const key of Object.keys(value)) reportUnknown(key, node.span, sink);
}

function patchValue(text: string): KValue | undefined {
  try {
    return readDocuments(text, 'json')[0];
  } catch (error) {
    if (error instanceof BuildFailure || error instanceof BuildRefusal) return undefined;
    throw error;
  }
}

function reportUnknown(key: string, span: SourceSpan, sink: DiagnosticSink): void {
  if (podSpecFields.has(key) || key.startsWith('$')) return;
  const near = nearestField(key, podSpecFields);
  sink.add(
    diagnose(
      'LINT_UNKNOWN_FIELD',
      { field: key, type: 'podSpecPatch', ...(near === undefined ? {} : { near }) },
      { span },
    ),
  );
}

export function checkAliases(aliases: LintNode | undefined, sink: DiagnosticSink): void {
  for (const alias of itemsOf(aliases)) {
    const ip = at(alias, 'ip');
    const text = textOf(ip);
    if (
      ip !== undefined &&
      !text.includes('{{') &&
      !/^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-fA-F:]*:[0-9a-fA-F:.]*$/.test(text)
    )
      sink.add(
        diagnose('LINT_VALUE', { field: 'hostAliases ip', value: text, want: 'an IP address' }, { span: ip.span }),
      );
  }
}
