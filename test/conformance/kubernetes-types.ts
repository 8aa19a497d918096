import { z } from 'zod';
import { runOrThrow } from './run-program.ts';
import type { Tools } from './tools.ts';

const field = z.object({
  name: z.string(),
  shape: z.enum(['value', 'list', 'map']),
  of: z.string(),
  struct: z.boolean(),
});
const listing = z.record(z.string(), z.array(field).nullable());

type Field = z.infer<typeof field>;
type Listing = z.infer<typeof listing>;

/** The text that `src/k8s/kubernetes-types.ts` must have: the fields of the current release, marked where Argo drops them. */
export async function kubernetesTypesText(tools: Tools): Promise<string> {
  const [current, argo] = await Promise.all([
    fieldsOf(tools, 'kubernetes', []),
    fieldsOf(tools, 'argo 4.0.7', ['fields']),
  ]);
  const { api } = kubernetesVersions;
  return `${[
    '/**',
    ` * The fields of batch/v1 Job and of everything below it, by Kubernetes' own types, from k8s.io/api ${api.current}. Written by`,
    ' * `npx tsx test/conformance/update-kubernetes-types.ts`, compared with the Go types by `npm run conformance`.',
    ' * Per type: its fields; `[]` is a list, `{}` an open map, `:Type` the type of the field or of its items, `=kind` a scalar that is no',
    ` * string. \`!\` is a field that k8s.io/api ${api.argo}, which Argo Workflows 4.0.7 links, does not have: Argo drops it without a word.`,
    ' */',
    'export const kubernetesTypes = {',
    ...typeLines(current, argo),
    '} as const satisfies Readonly<Record<string, string>>;',
    '',
    `export const kubernetesSource = { module: 'k8s.io/api', version: '${api.current}', argoVersion: '${api.argo}' } as const;`,
    '',
    'export type KubernetesType = keyof typeof kubernetesTypes;',
  ].join('\n')}\n`;
}

/** Must agree with `kubernetes/go.mod` and `argo/go.mod`. */
export const kubernetesVersions = { api: { current: 'v0.37.2', argo: 'v0.33.1' } } as const;

async function fieldsOf(tools: Tools, tool: 'kubernetes' | 'argo 4.0.7', args: readonly string[]): Promise<Listing> {
  const { stdout } = await runOrThrow(await tools.program(tool), args);
  return listing.parse(JSON.parse(stdout));
}

function typeLines(current: Listing, argo: Listing): readonly string[] {
  const names = Object.keys(current).sort();
  // An empty struct is a value without fields.
  const opened = new Set(names.filter((name) => (current[name] ?? []).length > 0));
  return [...opened].map((name) => {
    const known = new Set((argo[name] ?? []).map((each) => each.name));
    const fields = [...(current[name] ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
    // A type that Argo's API lacks altogether hangs below a field that it lacks.
    const isNew = (each: Field): boolean => argo[name] !== undefined && !known.has(each.name);
    const words = fields.map((each) => `${written(each, opened)}${isNew(each) ? '!' : ''}`).join(' ');
    const line = `  ${name}: '${words}',`;
    return line.length <= 120 ? line : `  ${name}:\n    '${words}',`;
  });
}

function written(of: Field, opened: ReadonlySet<string>): string {
  const shape = { value: '', list: '[]', map: '{}' }[of.shape];
  const item = of.struct ? (opened.has(of.of) ? `:${of.of}` : '') : of.of === 'string' ? '' : `=${of.of}`;
  return `${of.name}${shape}${item}`;
}
