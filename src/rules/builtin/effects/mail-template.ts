import { diagnose } from '../../../core/diagnose.ts';
import { byRule, text, textOf } from '../../../ir/build-value.ts';
import type { Effect, OperatorTask } from '../../../ir/graph.ts';
import { entryOf, itemsOf, staticScalar } from '../../../ir/read-value.ts';
import type { TextPart, Value } from '../../../ir/value.ts';
import { CURL_IMAGE } from '../../../k8s/curl-image.ts';
import type { PodTemplate } from '../../types.ts';
import type { EffectServices } from './effect-converter.ts';
import { templateParts } from './json-parts.ts';
import { scriptTemplate, secretKey } from './script-template.ts';

const RULE = 'operator-mail';

/** `mail>`: the message by SMTP, with the server and its credentials from a Secret in the place of the Digdag server's. */
export function mailTemplate(
  task: OperatorTask,
  effect: Extract<Effect, { kind: 'operator' }>,
  services: EffectServices,
  secret: string,
): PodTemplate {
  const from = byRule(RULE, [{ via: 'literal', span: task.span }]);
  services.sink.add(diagnose('OPERATOR_MAIL_SERVER', { secret }, { span: task.span, rule: RULE }));
  const addresses = (variable: string, key: string): readonly (readonly [string, Value])[] => {
    const given = task.options.get(key);
    return given === undefined ? [] : [[variable, textOf(joined(given), from)]];
  };
  const sender = task.options.get('from');
  const html = staticScalar(task.options.get('html')) === 'true';
  const env: (readonly [string, Value])[] = [
    ['SMTP_URL', secretKey(secret, 'url', from)],
    ['SMTP_USER', secretKey(secret, 'username', from)],
    ['SMTP_PASSWORD', secretKey(secret, 'password', from)],
    ['MAIL_FROM', sender ?? secretKey(secret, 'from', from)],
    ...addresses('MAIL_TO', 'to'),
    ...addresses('MAIL_CC', 'cc'),
    ...addresses('MAIL_BCC', 'bcc'),
    ['MAIL_SUBJECT', textOf(templateParts(task.options.get('subject') ?? text('', from)), from)],
    ['MAIL_TYPE', text(html ? 'text/html' : 'text/plain', from)],
    ['MAIL_BODY', bodyOf(task, effect)],
  ];
  const needs = ['url', 'username', 'password', ...(sender === undefined ? ['from'] : [])].map((key) => ({
    kind: 'Secret' as const,
    name: secret,
    key,
    optional: false,
  }));
  return scriptTemplate(
    task,
    { rule: RULE, image: CURL_IMAGE, command: ['sh'], env, source: text(sendMail, from), needs },
    from,
  );
}

/** The text of the file, or the text that stands in its place: `mail>: {data: …}`. */
function bodyOf(task: OperatorTask, effect: Extract<Effect, { kind: 'operator' }>): Value {
  return effect.text ?? entryOf(task.command, 'data') ?? task.options.get('body') ?? task.command;
}

function joined(value: Value): readonly TextPart[] {
  if (value.kind !== 'list') return templateParts(value);
  return itemsOf(value).flatMap((item, at) => [
    ...(at > 0 ? [{ kind: 'literal' as const, text: ',', from: value.from }] : []),
    ...templateParts(item),
  ]);
}

/** An address may stand behind a name, as in `Shop <batch@example.test>`; the envelope takes the address alone. */
const sendMail = `set -eu
addresses() { printf '%s\\n' "$1" | tr ',' '\\n' | sed -n 's/.*<\\([^<>]*\\)>.*/\\1/; s/^[[:space:]]*//; s/[[:space:]]*$//; /@/p'; }
to=\${MAIL_TO:-} cc=\${MAIL_CC:-}
{
  printf 'From: %s\\r\\nTo: %s\\r\\n' "$MAIL_FROM" "$to"
  [ -z "$cc" ] || printf 'Cc: %s\\r\\n' "$cc"
  printf 'Subject: =?UTF-8?B?%s?=\\r\\n' "$(printf %s "$MAIL_SUBJECT" | base64 | tr -d '\\n')"
  printf 'MIME-Version: 1.0\\r\\nContent-Type: %s; charset=UTF-8\\r\\n' "$MAIL_TYPE"
  printf 'Content-Transfer-Encoding: base64\\r\\n\\r\\n'
  printf %s "$MAIL_BODY" | base64 | awk '{ printf "%s\\r\\n", $0 }'
} > /tmp/mail
set --
for address in $(addresses "$to,$cc,\${MAIL_BCC:-}"); do set -- "$@" --mail-rcpt "$address"; done
curl -sS --url "$SMTP_URL" --user "$SMTP_USER:$SMTP_PASSWORD" --mail-from "$(addresses "$MAIL_FROM")" "$@" -T /tmp/mail
`;
