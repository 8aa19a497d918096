import { diagnose } from '../core/diagnose.ts';
import type { SourceSpan } from '../core/source.ts';
import { list, textOf, withEntry } from '../ir/build-value.ts';
import { asMap, entryOf, itemsOf, staticText } from '../ir/read-value.ts';
import type { MapValue, TextValue, Value } from '../ir/value.ts';
import type { Loaded } from '../rules/rule-set.ts';
import type { LauncherRule } from '../rules/schema.ts';
import { readManifestText } from './manifest/read-text.ts';
import type { ProgramCall } from './program-launcher.ts';
import { splitWords, textAt } from './rule-values.ts';
import type { Arguments } from './shell/arguments.ts';
import { readableText, shapeOf } from './shell/text-value.ts';
import type { LauncherContext, LauncherStep } from './types.ts';

/** The Job with what the launcher's flags put over the manifest. */
export function overridden(
  document: Value,
  rule: Loaded<LauncherRule>,
  args: Arguments,
  step: LauncherStep,
  context: LauncherContext,
  call: ProgramCall,
): Value {
  const override = rule.override;
  const job = asMap(document);
  if (override === undefined || job === undefined || staticText(entryOf(job, 'kind')) !== 'Job') return document;
  const named = renamed(job, override, args, step, call);
  const containers = itemsOf(entryOf(named, 'spec', 'template', 'spec', 'containers'));
  const wanted = override.container === undefined ? undefined : textAt(override.container, step, args);
  const index =
    containers.length === 1
      ? 0
      : containers.findIndex(
          (container) => wanted !== undefined && staticText(entryOf(container, 'name')) === staticText(wanted),
        );
  const container = asMap(containers[index]);
  if (container === undefined) {
    context.sink.add(
      diagnose(
        'LAUNCHER_NOT_UNDERSTOOD',
        {
          what:
            wanted === undefined
              ? 'the manifest has several containers and none is named'
              : `the manifest has no container ${readableText(wanted)}`,
        },
        { span: call.span, rule: rule.id },
      ),
    );
    return named;
  }
  const changed = changedContainer(container, override, args, step, call.span, (what) =>
    context.sink.add(diagnose('LAUNCHER_NOT_UNDERSTOOD', { what }, { span: call.span, rule: rule.id })),
  );
  return setAt(
    named,
    ['spec', 'template', 'spec'],
    'containers',
    list(
      containers.map((each, at) => (at === index ? changed : each)),
      container.from,
    ),
  );
}

function changedContainer(
  container: MapValue,
  override: NonNullable<LauncherRule['override']>,
  args: Arguments,
  step: LauncherStep,
  span: SourceSpan,
  report: (what: string) => void,
): MapValue {
  const value = (source: NonNullable<LauncherRule['override']>['image']): TextValue | undefined => {
    const found = source === undefined ? undefined : textAt(source, step, args);
    return found === undefined || shapeOf(found) === '' ? undefined : found;
  };
  const [image, command, arguments_] = [value(override.image), value(override.command), value(override.args)];
  let changed = container;
  if (image !== undefined) changed = withEntry(changed, 'image', image);
  if (command !== undefined) changed = withEntry(changed, 'command', list(splitWords(command), command.from));
  const resources = value(override.resources);
  if (resources !== undefined) changed = withResources(changed, resources, span, report);
  if (arguments_ !== undefined) changed = withEntry(changed, 'args', list(splitWords(arguments_), arguments_.from));
  return changed;
}

/** JSON of requests and limits; quantities known only at run time cannot be read. */
function withResources(
  container: MapValue,
  resources: TextValue,
  span: SourceSpan,
  report: (what: string) => void,
): MapValue {
  const written = staticText(resources);
  const read = written === undefined ? undefined : readManifestText(resources, span);
  const value = read?.kind === 'documents' ? asMap(read.documents[0]) : undefined;
  if (value !== undefined) return withEntry(container, 'resources', value);
  report(`the resources ${readableText(resources)} are no JSON of requests and limits`);
  return container;
}

function renamed(
  job: MapValue,
  override: NonNullable<LauncherRule['override']>,
  args: Arguments,
  step: LauncherStep,
  call: ProgramCall,
): MapValue {
  const given = override.job_name === undefined ? undefined : textAt(override.job_name, step, args);
  const written = entryOf(job, 'metadata', 'name');
  const base = given ?? (written?.kind === 'text' ? written : undefined);
  if (base === undefined || (given === undefined && override.random_suffix !== true)) return job;
  const suffix =
    override.random_suffix === true
      ? [
          { kind: 'literal' as const, text: '-', from: base.from },
          {
            kind: 'runtime' as const,
            expr: { kind: 'unique' as const, source: `suffix of ${call.program.split('/').at(-1) ?? ''}` },
            from: base.from,
          },
        ]
      : [];
  return setAt(job, ['metadata'], 'name', textOf([...base.parts, ...suffix], base.from));
}

function setAt(owner: MapValue, path: readonly string[], key: string, value: Value): MapValue {
  const [first, ...rest] = path;
  if (first === undefined) return withEntry(owner, key, value);
  const inner = asMap(owner.entries.get(first));
  return inner === undefined ? owner : withEntry(owner, first, setAt(inner, rest, key, value));
}
