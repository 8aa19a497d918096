import { z } from 'zod';

/** dig2argo.yaml: what no one can see in the legacy tree. Every key is optional. */

const name = z.string().min(1);

const environmentSchema = z.strictObject({
  digdag: z.string().optional().describe('folder of the Digdag project, default digdag/<env> or as discovered'),
  params: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe('parameters given at start: -p env=prd'),
});

const manifestSchema = z.strictObject({
  from: name.describe('what launchers name: URL or path, with {env}, {job} and other {placeholders}'),
  template: z.string().optional().describe('Jinja2 template, same placeholders'),
  variables: z.array(z.string()).optional().describe('variable files in merge order, same placeholders'),
  values: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe('values that whoever renders gives beside the files, and that win over them; same placeholders'),
  rendered: z
    .string()
    .optional()
    .describe('rendered manifest, same placeholders; compared with our rendering where both are given'),
});

const jinjaSchema = z.strictObject({
  preset: z.enum(['library', 'j2cli', 'jinja2-cli', 'jinjanator', 'ansible']).default('library'),
  trim_blocks: z.boolean().optional(),
  lstrip_blocks: z.boolean().optional(),
  keep_trailing_newline: z.boolean().optional(),
  undefined: z.enum(['default', 'strict', 'chainable', 'debug']).optional(),
  extensions: z.array(z.string()).optional(),
  block_start_string: name.optional().describe('delimiters, by the names that Jinja2 gives them'),
  block_end_string: name.optional(),
  variable_start_string: name.optional(),
  variable_end_string: name.optional(),
  comment_start_string: name.optional(),
  comment_end_string: name.optional(),
  line_statement_prefix: name.optional(),
  line_comment_prefix: name.optional(),
  search_path: z
    .array(z.string())
    .optional()
    .describe('folders that include and import look in, default: the folders of the templates'),
  merge: z
    .enum(['shallow', 'deep'])
    .optional()
    .describe('how a later variable file meets an earlier one, default: shallow, or as the build script does'),
  env: z
    .record(z.string(), z.string())
    .optional()
    .describe('environment variables as they were when the templates were rendered, for env() and lookup()'),
  clocks: z
    .record(z.string(), z.string())
    .optional()
    .describe('variables that the build script fills from the clock: their Python expressions, such as "date.today()"'),
  filters: z
    .record(z.string(), z.string())
    .optional()
    .describe("bodies of the team's own filters, as JavaScript functions: value and arguments in, result out"),
  tests: z
    .record(z.string(), z.string())
    .optional()
    .describe("bodies of the team's own tests, as JavaScript functions"),
  globals: z
    .record(z.string(), z.string())
    .optional()
    .describe("the team's own globals: JavaScript functions, or expressions for values"),
});

const workerVariable = z.union([
  z.strictObject({ literal: z.string() }),
  z.strictObject({ secret: name, key: name }),
  z.strictObject({ config_map: name, key: name }),
  z.strictObject({ unneeded: z.string() }),
]);

const workerSchema = z.strictObject({
  image: z.string().optional().describe('image in which plain sh> steps run'),
  env: z.record(z.string(), workerVariable).default({}),
  files: z
    .record(z.string(), z.union([z.string(), z.strictObject({ unneeded: z.string() })]))
    .optional()
    .describe('path on the worker → file of the legacy tree, or why none is needed'),
  service_account: z.string().optional(),
});

const dedupSchema = z.strictObject({
  similarity: z.number().min(0).max(1).optional().describe('least share of equal facts of two bodies, default 0.5'),
  parameters: z.number().int().min(1).optional().describe('most parameters of a family, default 12'),
  lines: z.number().int().min(0).optional().describe('fewest lines that a family must save, default 10'),
  members: z.number().int().min(2).optional().describe('fewest members, default 2'),
  accept: z.array(name).default([]).describe('families that are emitted whatever the thresholds say'),
  reject: z.array(name).default([]).describe('families, jobs or <job>/<template> that stay apart'),
  rename: z.record(name, name).default({}).describe('name that the tool gives → name to use'),
  representative: z
    .record(name, name)
    .default({})
    .describe('family → the member whose order and comments are taken for what is common'),
  secrets: z.array(name).default([]).describe('Secrets whose names may differ inside a family, with *'),
});

export const configSchema = z.strictObject({
  environments: z.union([z.array(name), z.record(z.string(), environmentSchema)]).optional(),
  reference: z
    .string()
    .optional()
    .describe('environment that decides structure and ties, default prd, else the last of dev, stg, prd'),
  digdag: z.string().optional().describe('where the projects are, with {env}, such as digdag/{env}'),
  sources: z.record(z.string(), z.string()).optional().describe('further checkouts: name → folder'),
  manifests: z.array(manifestSchema).default([]),
  jinja: jinjaSchema.prefault({}),
  worker: workerSchema.prefault({}),
  clusters: z.record(z.string(), z.string()).default({}).describe('environment → cluster its controller runs in'),
  namespaces: z.record(z.string(), z.string()).default({}).describe('legacy namespace → new one'),
  schedules: z
    .record(z.string(), z.enum(['active', 'disabled']))
    .default({})
    .describe('<env>/<workflow> → state on the server'),
  policies: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  rules: z.array(z.string()).default([]).describe('folders of further rules'),
  dedup: dedupSchema.prefault({}),
  cutover: z
    .record(z.string(), z.record(z.string(), z.enum(['argo', 'digdag'])))
    .default({})
    .describe('job → environment → who runs it'),
  jobs: z
    .record(
      z.string(),
      z.strictObject({
        manual: z.boolean().optional(),
        owner: z.string().optional(),
        backfillable: z.boolean().optional(),
      }),
    )
    .default({}),
  links: z
    .strictObject({ logs: z.string().optional(), ui: z.string().optional(), runbooks: z.string().optional() })
    .prefault({}),
});

export type Config = Readonly<z.infer<typeof configSchema>>;
export type ManifestEntry = Config['manifests'][number];
/** Values by their names, as a template sees them. */
export type ManifestValues = Readonly<NonNullable<ManifestEntry['values']>>;
export type WorkerVariable = z.infer<typeof workerVariable>;

export const emptyConfig: Config = configSchema.parse({});
