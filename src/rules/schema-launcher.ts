import { z } from 'zod';
import { head, jsonValue, name, pattern, patterns, valueSource } from './schema-parts.ts';

/** Rules that read what a step starts: launchers, run-time macros, notifications. */

const seconds = z.union([z.strictObject({ seconds: z.number().min(0) }), valueSource]);

const launcherMatch = z
  .strictObject({
    operator: patterns.describe('name of the operator, without >'),
    command: pattern
      .optional()
      .describe('found in the command, after set, chmod, cd, exec and the folder of the program are taken off'),
    script: z
      .array(pattern)
      .min(1)
      .optional()
      .describe('each found in the script that the command runs, or in the command block itself'),
    without: z.array(pattern).min(1).optional().describe('none found in the script'),
    option: z.array(name).min(1).optional().describe('options that the step must have'),
    parameter: z.array(name).min(1).optional().describe('Digdag parameters that the step must see'),
    shape: z
      .enum(['manifest', 'text'])
      .optional()
      .describe('manifest: the value, or an option, is a map with kind and apiVersion; text: the value is a text'),
  })
  .describe('all that is given must hold');

const launcherManifest = z.strictObject({
  from: z
    .union([z.literal('script'), valueSource])
    .describe('script: as read in the script; else the value that names the manifest'),
  path: z
    .string()
    .optional()
    .describe(
      'path or URL of the manifest where `from` gives only a name: {name}, {env} and parameters as {placeholders}',
    ),
});

const macroEngine = z.enum(['none', 'digdag', 'envsubst', 'heredoc', 'sed', 'jinja2', 'gomplate', 'script']);

const launcherMacros = z.strictObject({
  engine: macroEngine.describe('script: as read in the script'),
  syntax: z.string().optional().describe('id of the macro rule that says how a macro is written'),
  undefined: z.enum(['empty', 'literal', 'error']).optional(),
  values: z.record(name, valueSource).optional().describe('macro name → where its value stands'),
  all_parameters: z.boolean().optional().describe('every Digdag parameter is a macro'),
});

const launcherOverride = z.strictObject({
  container: valueSource
    .optional()
    .describe('name of the container that image, command, args and resources are for; default: the only one'),
  image: valueSource.optional(),
  command: valueSource.optional(),
  args: valueSource.optional().describe('split as a shell splits words'),
  resources: valueSource.optional().describe('JSON of requests and limits'),
  job_name: valueSource.optional(),
  random_suffix: z.boolean().optional().describe('the launcher makes the name of each Job its own'),
});

const launcherExample = z.strictObject({
  step: z.record(z.string(), jsonValue).describe('the step as it stands in the .dig file'),
  parameters: z.record(z.string(), z.string()).optional().describe('Digdag parameters the step sees'),
  files: z.record(z.string(), z.string()).optional().describe('files of the project: scripts, manifests'),
  manifests: z.record(z.string(), z.string()).optional().describe('pattern of a URL or path → rendered manifest'),
  gives: z
    .union([
      z.literal('nothing').describe('the rule refuses the step'),
      z.strictObject({
        jobs: z.array(jsonValue).optional().describe('the Job objects, or the parts of them that matter'),
        command: z
          .strictObject({ image: z.string().optional(), source: z.string() })
          .optional()
          .describe('where no Job is started: the command that runs'),
        cluster: z.string().optional(),
        namespace: z.string().optional(),
        wait: z
          .strictObject({ timeout: z.number().optional(), failure: z.enum(['at-once', 'at-timeout', 'never']) })
          .optional(),
        diagnostics: z.array(name).optional(),
      }),
    ])
    .describe('what the launcher starts'),
});

export const launcherSchema = z.strictObject({
  ...head('launcher'),
  idioms: z
    .array(z.int().min(1).max(9))
    .min(1)
    .describe('numbers of the launcher idioms it reads, as in rules/README.md'),
  match: launcherMatch,
  runs: z
    .union([valueSource, z.array(valueSource).min(1)])
    .optional()
    .describe(
      'the command line that the operator runs, read as a script, the first that is there; default for sh: its value',
    ),
  runs_in: z
    .strictObject({
      image: valueSource.describe('image of the container in which the command itself runs'),
      pod: valueSource
        .optional()
        .describe('map of pod and container fields: resources, volumeMounts, volumes, affinity…'),
    })
    .optional()
    .describe('no Job is started: Digdag runs the command itself in a pod'),
  client: z
    .enum(['python'])
    .optional()
    .describe('the method that the step names makes the Job with a Kubernetes client; its program is read'),
  instead_of: z
    .array(name)
    .min(1)
    .optional()
    .describe('ids of launcher rules that give way where this one matches too'),
  manifest: launcherManifest.optional(),
  macros: launcherMacros.optional(),
  override: launcherOverride.optional(),
  cluster: z.union([z.literal('script'), valueSource]).optional(),
  namespace: z.union([z.literal('script'), valueSource]).optional(),
  wait: z
    .strictObject({
      timeout: z.union([z.literal('script'), seconds]).optional(),
      failure: z.enum(['script', 'at-once', 'at-timeout', 'never']),
      container_alone: name
        .optional()
        .describe('flag with which the launcher waits for the end of its container, whatever the sidecars do'),
    })
    .optional(),
  cleanup: z.union([z.enum(['script', 'always', 'success', 'never']), valueSource]).optional(),
  flags: z
    .record(name, z.enum(['value', 'switch']))
    .optional()
    .describe('every flag of the program, so that none is read wrong or dropped unseen'),
  unnecessary: z.record(name, name).optional().describe('flag or deed → why Argo needs it no more'),
  unsupported: name.optional().describe('the launcher is known but not converted yet: what to do instead'),
  examples: z.array(launcherExample).min(1),
});

export const macroSchema = z.strictObject({
  ...head('macro'),
  pattern: pattern.describe('one macro; the group `name` is its name'),
  leftover: z.boolean().default(true).describe('text of this form that no launcher replaced is reported'),
  examples: z.array(z.strictObject({ text: z.string(), names: z.array(z.string()) })).min(1),
});

const pointer = z.string().regex(/^(\/[^/]*)*$/, { message: 'must be a JSON pointer' });

export const notificationSchema = z.strictObject({
  ...head('notification'),
  via: z.enum(['slack', 'mail', 'http']),
  match: z.strictObject({
    program: patterns.optional().describe('program that sends it, such as ^curl$'),
    operator: patterns.optional().describe('operator that sends it, such as ^mail$'),
    url: pattern.optional().describe('found in the URL; a variable of the worker shows as $NAME'),
    arguments: pattern.optional().describe('found in the arguments, with a blank between each two'),
  }),
  payload: z
    .strictObject({
      from: valueSource.describe('where the message stands'),
      prefix: z.string().optional().describe('text before the payload, such as payload='),
      format: z.enum(['json', 'text']),
      to: pointer.optional().describe('place of the receiver in a JSON payload'),
      body: pointer.optional().describe('place of the text in a JSON payload'),
    })
    .optional(),
  to: valueSource.optional(),
  body: valueSource.optional(),
  parameter: name.optional().describe('the one workflow parameter that the receiver becomes where environments differ'),
  template: name
    .optional()
    .describe('shared template that sends it in Argo; without it the same command does, in the image of the worker'),
  examples: z
    .array(
      z.strictObject({
        command: z.string().optional().describe('the command of a step'),
        step: z.record(z.string(), jsonValue).optional().describe('the step, where an operator sends the message'),
        parameters: z.record(z.string(), z.string()).optional(),
        files: z.record(z.string(), z.string()).optional(),
        gives: z.union([z.literal('nothing'), z.strictObject({ to: z.string(), body: z.string() })]),
      }),
    )
    .min(1),
});
