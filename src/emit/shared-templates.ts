import { entryOf, itemsOf, staticText } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import type { MergedJob } from '../merge/types.ts';
import type { EmitInput } from './emit-input.ts';
import { kustomization } from './kustomization.ts';
import { fromPlain } from './plain-value.ts';
import { yamlFile } from './text-file.ts';
import type { OutputFile } from './types.ts';

const RULE = 'emit-shared-templates';

/** WorkflowTemplates that several jobs refer to; nothing where no job does. */
export function sharedTemplateFiles(input: EmitInput): readonly OutputFile[] {
  const names = sharedTemplateNames(input.jobs);
  if (names.size === 0) return [];
  const files = names.has('slack-notify') ? [yamlFile('templates/slack-notify.yaml', slackNotify(input.webhook))] : [];
  const resources = files.map((file) => file.path.slice('templates/'.length));
  return [yamlFile('templates/kustomization.yaml', kustomization({ resources })), ...files];
}

/** Names of the WorkflowTemplates that steps and hooks of any job refer to. */
function sharedTemplateNames(jobs: readonly MergedJob[]): ReadonlySet<string> {
  return new Set(
    jobs.flatMap((job) => [...job.converted.keys()].flatMap((environment) => [...templateRefsOf(job, environment)])),
  );
}

/** The WorkflowTemplates that one job refers to in one environment. */
export function templateRefsOf(job: MergedJob, environment: string): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (value: Value): void => {
    const name = staticText(entryOf(value, 'templateRef', 'name'));
    if (name !== undefined) names.add(name);
    if (value.kind === 'list') itemsOf(value).forEach(visit);
    else if (value.kind === 'map') for (const entry of value.entries.values()) visit(entry);
  };
  for (const template of job.converted.get(environment)?.templates ?? []) visit(template.body);
  return names;
}

const details = ['environment', 'status', 'session', 'recovery', 'failures'] as const;

/**
 * A message to a Slack channel. The exit handler also gives state, session, recovery command and failures; a message in
 * the middle of a workflow leaves them empty. It is a script, so that `templateDefaults.container` of the caller does not reach it.
 * Values become JSON before the shell sees them; `workflow.failures` already is a JSON text.
 */
function slackNotify(webhook: EmitInput['webhook']): Value {
  const json = (input: string) => `{{=toJson(inputs.parameters.${input})}}`;
  return fromPlain(
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'WorkflowTemplate',
      metadata: { name: 'slack-notify' },
      spec: {
        templates: [
          {
            name: 'slack-notify',
            inputs: {
              parameters: [{ name: 'channel' }, { name: 'message' }, ...details.map((name) => ({ name, default: '' }))],
            },
            script: {
              image: 'curlimages/curl:8.11.0',
              command: ['sh'],
              env: [
                { name: 'SLACK_WEBHOOK_URL', valueFrom: { secretKeyRef: { name: webhook.secret, key: webhook.key } } },
                { name: 'CHANNEL', value: json('channel') },
                { name: 'MESSAGE', value: json('message') },
                { name: 'ENVIRONMENT', value: json('environment') },
                { name: 'STATUS', value: json('status') },
                { name: 'SESSION', value: json('session') },
                { name: 'RECOVERY', value: json('recovery') },
                { name: 'FAILURES', value: '{{inputs.parameters.failures}}' },
              ],
              source: slackScript,
            },
          },
        ],
      },
    },
    RULE,
  );
}

const slackScript = `details=
if [ "$STATUS" != '""' ]; then
  failures=\${FAILURES:-null}
  details="{\\"fields\\": [{\\"title\\": \\"Environment\\", \\"value\\": $ENVIRONMENT, \\"short\\": true}, {\\"title\\": \\"Status\\", \\"value\\": $STATUS, \\"short\\": true},
    {\\"title\\": \\"Session\\", \\"value\\": $SESSION}, {\\"title\\": \\"Repeat this session\\", \\"value\\": $RECOVERY}, {\\"title\\": \\"Failures\\", \\"value\\": $failures} ]}"
fi
curl -sf -X POST -H 'Content-Type: application/json' \\
  -d "{\\"channel\\": $CHANNEL, \\"text\\": $MESSAGE, \\"attachments\\": [$details] }" "$SLACK_WEBHOOK_URL"
`;
