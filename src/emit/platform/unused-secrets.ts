import { sortedBy } from '../../core/order.ts';
import type { EmitInput, WorkerSecret } from '../emit-input.ts';
import { templateRefsOf } from '../shared-templates.ts';

/** Secrets that the worker read for its launchers and that no pod of the output reads: they can be withdrawn once Digdag is off. */
export function unusedSecrets(input: EmitInput): readonly WorkerSecret[] {
  const used = new Set<string>();
  for (const job of input.jobs)
    for (const [environment, converted] of job.converted) {
      for (const need of converted.needs) {
        if (need.kind !== 'Secret') continue;
        used.add(need.key === undefined ? need.name : `${need.name}/${need.key}`);
      }
      if (templateRefsOf(job, environment, input.shared).has('slack-notify'))
        used.add(`${input.webhook.secret}/${input.webhook.key}`);
    }
  const unused = input.workerSecrets.filter(({ secret, key }) => !used.has(secret) && !used.has(`${secret}/${key}`));
  return sortedBy(unused, ({ variable }) => variable);
}
