import type { Plain, SessionEffect } from '../../effect.ts';

type Notification = Omit<Extract<SessionEffect, { kind: 'notify' }>, 'task' | 'after' | 'template'>;

/** What a POST says. Slack's incoming webhooks take a JSON object with a text, as the body or as a form field. */
export function notificationOf(url: string, body: string): Notification {
  const text = body.startsWith('payload=') ? body.slice('payload='.length) : body;
  const { channel, text: message, ...rest } = parsed(text) ?? {};
  if (typeof message !== 'string') return { kind: 'notify', via: 'http', to: url, body };
  const to = typeof channel === 'string' ? channel : '';
  const more = Object.keys(rest).length === 0 ? {} : { more: rest };
  return { kind: 'notify', via: 'slack', to, body: message, url, ...more };
}

function parsed(text: string): { readonly [key: string]: Plain } | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null && !Array.isArray(data)
      ? (data as { readonly [key: string]: Plain })
      : undefined;
  } catch {
    return undefined;
  }
}
