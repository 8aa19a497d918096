import { configSchema } from '../../config/schema.ts';
import { DiagnosticList } from '../../core/diagnose.ts';
import { indexLines, type RepoPath, repoPath, type SourceFile } from '../../core/source.ts';
import { analyseText } from '../../expr/analyse-text.ts';
import { text } from '../../ir/build-value.ts';
import { taskId } from '../../ir/graph.ts';
import type { Provenance, TextPart, TextValue, Value } from '../../ir/value.ts';
import { readManifestText } from '../../launchers/manifest/read-text.ts';
import { readLauncher } from '../../launchers/read-launcher.ts';
import type { LaunchResult } from '../../launchers/types.ts';
import type { RuleSet } from '../../rules/rule-set.ts';
import { toValue } from './plain-value.ts';

/** A step as an example of a rule describes it: all that a project needs to be read. */
export interface ExampleStep {
  readonly step: Readonly<Record<string, unknown>>;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly files?: Readonly<Record<string, string>> | undefined;
  readonly manifests?: Readonly<Record<string, string>> | undefined;
}

export interface ExampleReading {
  readonly result: LaunchResult | undefined;
  readonly codes: readonly string[];
  readonly errors: readonly string[];
}

/** Folder and environment of an example's step. */
const WORKDIR = 'digdag';
const ENVIRONMENT = 'prd';

export function readExampleStep(example: ExampleStep, rules: RuleSet): ExampleReading {
  const sink = new DiagnosticList();
  const manifests = Object.entries(example.manifests ?? {});
  const files = new Map([
    ...Object.entries(example.files ?? {}),
    ...manifests.map(([, body], at) => [`example/${at}.yaml`, body] as const),
  ]);
  const from: Provenance = { via: 'default', reason: 'an example' };
  const [head = ['sh>', ''] as const, ...options] = Object.entries(example.step);
  const scope = new Map<string, Value>(
    Object.entries(example.parameters ?? {}).map(([name, value]) => [name, text(value, from)]),
  );
  const read = (path: RepoPath): SourceFile | undefined => {
    const body = files.get(path);
    return body === undefined ? undefined : { path, text: body };
  };
  const documents = (body: string): readonly Value[] | undefined => {
    const parsed = readManifestText(text(body, from), anywhere);
    return parsed.kind === 'documents' ? parsed.documents : undefined;
  };
  const expanded = (value: Value): Value => (value.kind === 'text' ? expandDigdag(value, scope) : value);
  const result = readLauncher(
    {
      task: taskId('+example+step'),
      operator: head[0].replace(/>$/, ''),
      command: expanded(toValue(head[1], from)),
      commandSpan: anywhere,
      options: new Map(options.map(([key, value]) => [key, expanded(toValue(value, from))])),
      scope,
      environment: ENVIRONMENT,
      workdir: WORKDIR,
    },
    {
      rules,
      config: configSchema.parse({
        clusters: { [ENVIRONMENT]: 'example' },
        manifests: manifests.map(([pattern], at) => ({ from: pattern, rendered: `example/${at}.yaml` })),
      }),
      read,
      renderManifest: ({ template }) => documents(files.get(template) ?? ''),
      findObject: (kind, name) =>
        [...files.values()]
          .filter((body) => body.includes(kind) && body.includes(name))
          .flatMap((body) => documents(body) ?? [])[0],
      expandDigdag: (value) => expandDigdag(value, scope),
      sink,
    },
  );
  const codes = [...new Set(sink.items.map((item) => item.code))].sort();
  const errors = sink.items.filter((item) => item.severity === 'error').map((item) => item.code);
  return { result, codes, errors };
}

const anywhere = indexLines({ path: repoPath('digdag/example.dig'), text: '' }).span(0, 0);

function expandDigdag(value: TextValue, scope: ReadonlyMap<string, Value>): TextValue {
  const parts = value.parts.flatMap((part): readonly TextPart[] =>
    part.kind === 'literal' ? analyseText(part.text, part.from, scope).parts : [part],
  );
  return { ...value, parts };
}
