import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { sortedBy } from '../core/order.ts';
import { canonicalKey } from '../ir/canonical.ts';
import { mapTexts, spanOf, staticText } from '../ir/read-value.ts';
import type { MapValue, TextValue, Value } from '../ir/value.ts';
import type { ConvertedWorkflow } from '../rules/types.ts';
import { describeChanges } from './describe-change.ts';
import { changeCount, diffDocuments } from './diff.ts';
import { documentOf, withArguments } from './document.ts';
import { hoistCommon } from './hoist/hoist.ts';
import { literal } from './literal.ts';
import { majority } from './majority.ts';
import { mayHoldParameter } from './parameter-places.ts';
import { ParameterTable, parameterise, parameterValue } from './parameters.ts';
import { type TextSlot, textSlots } from './text-slots.ts';
import type { MergedJob, Overlay, PatchOperation } from './types.ts';

/** More changes than this are harder to review as a patch than as a manifest of their own. */
const MAX_OPERATIONS = 12;

/**
 * One job from its environments: a base with parameters where texts differ, and for each environment what still
 * differs as a patch. Base plus overlay is the environment converted alone.
 */
export function mergeEnvironments(
  converted: ReadonlyMap<string, ConvertedWorkflow>,
  referenceName: string,
  sink: DiagnosticSink,
  hoisted: ReadonlyMap<string, ConvertedWorkflow> = hoistCommon(converted),
): MergedJob | undefined {
  const reference = converted.get(referenceName) ?? [...converted.values()].at(-1);
  if (reference === undefined) return undefined;
  const environments = [...converted.keys()];
  // The reference's reading order, and then the names', so that the order of the environments decides nothing.
  const plain = new Map(
    sortedBy(hoisted, ([environment]) => (environment === reference.environment ? '' : environment)).map(
      ([environment, workflow]) => [environment, documentOf(workflow)],
    ),
  );
  const slots = textSlots(plain);
  const table = new ParameterTable(environments, slots);
  const documents = withParameters(plain, slots, table);
  const base = asMap(majority(documents.get(reference.environment) ?? documentOf(reference), documents));
  const parameters = parameterNames(table, converted);
  const overlays = new Map(
    [...converted].map(([environment, workflow]) => [
      environment,
      overlayFor(
        workflow,
        base,
        documents.get(environment) ?? base,
        valuesFor(parameters, environment, table, workflow),
        sink,
      ),
    ]),
  );
  const patched = [...overlays.values()].some((overlay) => overlay.kind === 'patched');
  return {
    name: reference.name,
    job: reference.job,
    kind: reference.kind,
    ...(patched ? { base: withArguments(base, baseValues(parameters, table, converted)) } : {}),
    baseNamespace: staticText(reference.namespace) ?? 'default',
    overlays: new Map(
      [...overlays].map(([environment, overlay]) => [
        environment,
        overlay.kind === 'own'
          ? { ...overlay, document: withArguments(overlay.document, overlay.parameters) }
          : overlay,
      ]),
    ),
    converted,
    parameterOrigins: table.origins(),
  };
}

/** Replaces differing texts by parameters, the same in all environments; what stays variable becomes plain text. */
function withParameters(
  documents: ReadonlyMap<string, MapValue>,
  slots: readonly TextSlot[],
  table: ParameterTable,
): ReadonlyMap<string, MapValue> {
  const replaced = new Map<TextValue, TextValue>();
  for (const slot of slots) {
    const value = mayHoldParameter(slot.path) ? parameterise(slot, table) : undefined;
    if (value === undefined) continue;
    // Each environment keeps its own provenance; the text is the same for all.
    for (const original of slot.texts.values())
      replaced.set(original, {
        ...value,
        from: original.from,
        control: original.control,
        ...(original.comment === undefined ? {} : { comment: original.comment }),
      });
  }
  return new Map(
    [...documents].map(([environment, document]) => [
      environment,
      asMap(mapTexts(document, (value) => replaced.get(value) ?? literal(value))),
    ]),
  );
}

function asMap(value: Value): MapValue {
  if (value.kind !== 'map') throw new Error('a document is a map');
  return value;
}

/** `env` first, then in the order in which the manifest reads them, and what the flow itself declares. */
function parameterNames(table: ParameterTable, converted: ReadonlyMap<string, ConvertedWorkflow>): readonly string[] {
  const own = new Set([...converted.values()].flatMap((workflow) => [...workflow.parameters.keys()]));
  const names = table.names().filter((name) => name !== 'env');
  return [...(table.names().includes('env') ? ['env'] : []), ...own, ...names];
}

function valuesFor(
  names: readonly string[],
  environment: string,
  table: ParameterTable,
  workflow: ConvertedWorkflow,
): ReadonlyMap<string, Value> {
  return new Map(
    names.map((name) => [
      name,
      workflow.parameters.get(name) ?? parameterValue(table.valuesOf(name).get(environment) ?? ''),
    ]),
  );
}

/** A value on which all environments agree; else the empty text, so that a forgotten overlay value cannot run as another environment. */
function baseValues(
  names: readonly string[],
  table: ParameterTable,
  converted: ReadonlyMap<string, ConvertedWorkflow>,
): ReadonlyMap<string, Value> {
  return new Map(
    names.map((name) => {
      const declared = [...converted.values()].flatMap((workflow) => workflow.parameters.get(name) ?? []);
      const [own, ...others] = declared;
      if (own !== undefined)
        return [name, others.every((other) => canonicalKey(other) === canonicalKey(own)) ? own : parameterValue('')];
      const values = new Set(table.valuesOf(name).values());
      const [only] = values;
      return [name, parameterValue(values.size === 1 && converted.size > 1 ? (only ?? '') : '')];
    }),
  );
}

function overlayFor(
  workflow: ConvertedWorkflow,
  base: MapValue,
  document: MapValue,
  parameters: ReadonlyMap<string, Value>,
  sink: DiagnosticSink,
): Overlay {
  const namespace = staticText(workflow.namespace) ?? 'default';
  const state = workflow.facts.graph.schedule?.state;
  const suspended = workflow.kind === 'CronWorkflow' && state !== 'active';
  // Neither document has `arguments` yet; operations go by keys, so that adding them to the base changes no path.
  const operations = diffDocuments(base, document);
  const common = { parameters, suspended, namespace };
  const changes = changeCount(operations);
  const details = { span: workflow.facts.graph.span, job: workflow.job, environment: workflow.environment };
  if (changes > MAX_OPERATIONS) {
    sink.add(diagnose('ENVIRONMENTS_DIFFER', { environment: workflow.environment, changes }, details));
    reportChanges(workflow, operations, base, 'branches', sink);
    return { ...common, kind: 'own', document };
  }
  reportChanges(workflow, operations, base, 'all', sink);
  return { ...common, kind: 'patched', operations };
}

/** Each change with the tag or the variables that make it; one without may be an accident of copying: it is kept, and said. */
function reportChanges(
  workflow: ConvertedWorkflow,
  operations: readonly PatchOperation[],
  base: Value,
  which: 'all' | 'branches',
  sink: DiagnosticSink,
): void {
  const { environment, job } = workflow;
  for (const { words, value, causes } of describeChanges(operations, base)) {
    const place = (value === undefined ? undefined : spanOf(value.from)) ?? workflow.facts.graph.span;
    const tagged = causes.filter((cause) => cause.tag !== undefined);
    for (const { tag, variables } of tagged) {
      const found = { environment, change: words, variables: variables.join(', ') };
      sink.add(diagnose('ENVIRONMENT_BRANCH', found, { span: tag ?? place, job, environment }));
    }
    if (tagged.length > 0 || which === 'branches') continue;
    const variables = causes.flatMap((cause) => cause.variables).join(', ');
    const found = { environment, change: words, ...(variables === '' ? {} : { variables }) };
    sink.add(diagnose('ENVIRONMENT_DRIFT', found, { span: place, job, environment }));
  }
}
