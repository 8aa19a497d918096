import type { Config } from '../config/schema.ts';

/** Where the worker had the Slack webhook from; the usual name where the configuration does not say. */
export function webhookSecret({ env }: Config['worker']): { readonly secret: string; readonly key: string } {
  for (const [name, source] of Object.entries(env))
    if (/SLACK|WEBHOOK/i.test(name) && 'secret' in source) return { secret: source.secret, key: source.key };
  return { secret: 'slack', key: 'webhook_url' };
}
