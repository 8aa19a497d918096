import { sortedBy } from '../core/order.ts';
import { entryOf, itemsOf, staticText } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import { CURL_IMAGE } from '../k8s/curl-image.ts';
import type { MergedJob } from '../merge/types.ts';
import type { EmitInput } from './emit-input.ts';
import { kustomization } from './kustomization.ts';
import { fromPlain } from './plain-value.ts';
import { yamlFile } from './text-file.ts';
import type { OutputFile } from './types.ts';

const RULE = 'emit-shared-templates';

/** WorkflowTemplates that several jobs refer to; nothing where no job does. */
export function sharedTemplateFiles(input: EmitInput): readonly OutputFile[] {
  const names = sharedTemplateNames(input);
  if (names.size === 0) return [];
  const slack = names.has('slack-notify') ? [yamlFile('templates/slack-notify.yaml', slackNotify(input))] : [];
  const shared = [...input.shared].map(([name, { document, accepted }]) => ({
    ...yamlFile(`templates/${name}.yaml`, document),
    accepted,
  }));
  const files = sortedBy([...shared, ...slack], (file) => file.path);
  const resources = files.map((file) => file.path.slice('templates/'.length));
  return [yamlFile('templates/kustomization.yaml', kustomization({ resources })), ...files];
}

/** Names of the WorkflowTemplates that steps and hooks of any job refer to. */
function sharedTemplateNames({ jobs, shared }: Shared): ReadonlySet<string> {
  return new Set(
    jobs.flatMap((job) =>
      [...job.converted.keys()].flatMap((environment) => [...templateRefsOf(job, environment, shared)]),
    ),
  );
}

type Shared = Pick<EmitInput, 'jobs' | 'shared'>;

/** The WorkflowTemplates that one job refers to in one environment, also by way of another. */
export function templateRefsOf(job: MergedJob, environment: string, shared: Shared['shared']): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (name: string | undefined): void => {
    if (name === undefined || names.has(name)) return;
    names.add(name);
    const known = shared.get(name);
    if (known !== undefined) visit(known.document);
  };
  const visit = (value: Value): void => {
    add(staticText(entryOf(value, 'templateRef', 'name')));
    if (value.kind === 'list') itemsOf(value).forEach(visit);
    else if (value.kind === 'map') for (const entry of value.entries.values()) visit(entry);
  };
  const workflow = job.converted.get(environment);
  for (const template of workflow?.templates ?? []) visit(template.body);
  add(staticText(entryOf(workflow?.spec, 'workflowTemplateRef', 'name')));
  return names;
}

const details = ['environment', 'source', 'session', 'failures'] as const;

/**
 * A message to a Slack channel. The exit handler also says which job and session it was, and gets state, link, failures
 * and the command that repeats the session; a message in the middle of a workflow leaves these inputs empty.
 * It is a script, so that `templateDefaults.container` of the caller does not reach it.
 * Values become JSON before the shell sees them; `workflow.failures` already is a JSON text.
 */
function slackNotify({ webhook, links }: EmitInput): Value {
  const json = (input: string) => `{{=toJson(inputs.parameters.${input})}}`;
  const ui = links.ui === undefined ? '' : `${links.ui.replace(/\/$/, '')}/workflows/`;
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
              image: CURL_IMAGE,
              command: ['sh'],
              env: [
                { name: 'SLACK_WEBHOOK_URL', valueFrom: { secretKeyRef: { name: webhook.secret, key: webhook.key } } },
                { name: 'CHANNEL', value: json('channel') },
                { name: 'MESSAGE', value: json('message') },
                { name: 'ENVIRONMENT', value: json('environment') },
                { name: 'STATUS', value: '{{workflow.status}}' },
                { name: 'WORKFLOW', value: `${ui}{{workflow.namespace}}/{{workflow.name}}` },
                { name: 'SESSION', value: json('session') },
                { name: 'REPEAT', value: REPEAT },
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

/** A malformed `target_date` is part of the command too: as JSON it cannot break out of it. */
const REPEAT =
  "{{=toJson('argo submit -n ' + workflow.namespace + ' --from ' + inputs.parameters.source + ' -p target_date=' + inputs.parameters.session)}}";

const slackScript = `details=
if [ "$SESSION" != '""' ]; then
  failures=\${FAILURES:-null}
  details="{\\"fields\\": [{\\"title\\": \\"Environment\\", \\"value\\": $ENVIRONMENT, \\"short\\": true}, {\\"title\\": \\"Status\\", \\"value\\": \\"$STATUS\\", \\"short\\": true},
    {\\"title\\": \\"Workflow\\", \\"value\\": \\"$WORKFLOW\\"}, {\\"title\\": \\"Session\\", \\"value\\": $SESSION}, {\\"title\\": \\"Repeat this session\\", \\"value\\": $REPEAT}, {\\"title\\": \\"Failures\\", \\"value\\": $failures} ]}"
fi
curl -sf -X POST -H 'Content-Type: application/json' \\
  -d "{\\"channel\\": $CHANNEL, \\"text\\": $MESSAGE, \\"attachments\\": [$details] }" "$SLACK_WEBHOOK_URL"
`;
