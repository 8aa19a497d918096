import type { SessionEffect } from '../../effect.ts';
import type { ShellEvent } from './world.ts';

type Mail = Omit<Extract<SessionEffect, { kind: 'notify' }>, 'task' | 'after' | 'template'>;

/** What a mail says, and to whom: of its headers those that a person sees, of its envelope who gets it. */
export function mailOf({ url, sender, recipients, message }: Extract<ShellEvent, { kind: 'mail' }>): Mail {
  const end = message.indexOf('\r\n\r\n');
  const head = end < 0 ? message : message.slice(0, end);
  const headers = new Map(
    head.split(/\r\n(?![ \t])/).map((line): [string, string] => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
  const written = end < 0 ? '' : message.slice(end + 4);
  const encoded = headers.get('content-transfer-encoding')?.toLowerCase() === 'base64';
  return {
    kind: 'notify',
    via: 'mail',
    to: [...recipients].sort().join(', '),
    body: encoded ? Buffer.from(written, 'base64').toString('utf8') : written,
    url,
    request: {
      from: headers.get('from') ?? sender,
      to: headers.get('to') ?? '',
      cc: headers.get('cc') ?? '',
      subject: decoded(headers.get('subject') ?? ''),
      type: (headers.get('content-type') ?? 'text/plain').replace(/;.*$/, ''),
    },
  };
}

/** A word of a header in UTF-8 and base64. */
function decoded(written: string): string {
  return written.replaceAll(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, base64: string) =>
    Buffer.from(base64, 'base64').toString('utf8'),
  );
}
