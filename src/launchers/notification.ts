import { diagnose } from '../core/diagnose.ts';
import { textOf } from '../ir/build-value.ts';
import type { Effect } from '../ir/graph.ts';
import { spanOf } from '../ir/read-value.ts';
import type { TextPart, TextValue } from '../ir/value.ts';
import type { Loaded } from '../rules/rule-set.ts';
import type { NotificationRule } from '../rules/schema.ts';
import { textAt } from './rule-values.ts';
import { flagValue, readArguments } from './shell/arguments.ts';
import { curlValues, wgetValues } from './shell/commands/download.ts';
import type { Message } from './shell/facts.ts';
import { cutText, literalText, readableText, shapeOf } from './shell/text-value.ts';
import { HOLE } from './shell/text-with-holes.ts';
import type { LauncherContext, LauncherStep } from './types.ts';

type NotifyEffect = Extract<Effect, { kind: 'notify' }>;

export interface Notification {
  readonly effect: NotifyEffect;
  readonly rule: Loaded<NotificationRule>;
}

/** The message a program sends, by the first notification rule that fits; undefined where none does or it cannot be read. */
export function notificationOf(
  message: Pick<Message, 'program' | 'arguments' | 'span'>,
  step: LauncherStep,
  context: LauncherContext,
): Notification | undefined {
  const args = readArguments(message.arguments, valuesOf(message.program));
  const url = flagValue(args, 'url') ?? args.positionals[0];
  const rule = context.rules.byKind.notification.find(({ match }) => {
    if (match.program === undefined || !found(match.program, message.program)) return false;
    const written = message.arguments.map(readableText).join(' ');
    if (match.arguments !== undefined && !new RegExp(match.arguments, 'u').test(written)) return false;
    return match.url === undefined || (url !== undefined && new RegExp(match.url, 'u').test(readableText(url)));
  });
  if (rule === undefined) return undefined;
  const kept = rule.template === undefined;
  const read =
    rule.payload === undefined
      ? { to: sourceText(rule.to, step, args), body: sourceText(rule.body, step, args) }
      : payloadOf(rule.payload, step, args);
  const none = literalText('', { via: 'default', reason: 'the message names no receiver' });
  // What the same command goes on to send need not be understood.
  if (kept) {
    const { to, body } = typeof read === 'string' ? { to: undefined, body: undefined } : read;
    const sent = { to: to ?? sourceText(rule.to, step, args) ?? none, body: body ?? none };
    return { rule, effect: { kind: 'notify', via: rule.via, ...sent } };
  }
  if (typeof read === 'string') {
    context.sink.add(diagnose('NOTIFY_NOT_UNDERSTOOD', { problem: read }, { span: message.span, rule: rule.id }));
    return undefined;
  }
  if (read.body === undefined) {
    context.sink.add(
      diagnose('NOTIFY_NOT_UNDERSTOOD', { problem: 'it has no text' }, { span: message.span, rule: rule.id }),
    );
    return undefined;
  }
  reportUnknown(read.to, read.body, message, context);
  return { rule, effect: { kind: 'notify', via: rule.via, to: read.to ?? none, body: read.body } };
}

const mailValues: ReadonlySet<string> = new Set([
  's',
  'subject',
  'r',
  'a',
  'A',
  'c',
  'b',
  'S',
  'f',
  'F',
  'e',
  'i',
  't',
]);

function valuesOf(program: string): ReadonlySet<string> {
  if (program === 'wget') return wgetValues;
  return /mail|mutt|msmtp/.test(program) ? mailValues : curlValues;
}

/** A name that nothing sets would be an empty text in the message. */
function reportUnknown(
  to: TextValue | undefined,
  body: TextValue,
  message: Pick<Message, 'span'>,
  context: LauncherContext,
): void {
  for (const part of [...(to?.parts ?? []), ...body.parts]) {
    if (part.kind !== 'runtime' || part.expr.kind !== 'opaque' || part.expr.engine !== 'shell') continue;
    const name = /^\$(\w+)$/.exec(part.expr.source)?.[1];
    if (name !== undefined)
      context.sink.add(diagnose('WORKER_ENV_UNKNOWN', { name }, { span: spanOf(part.from) ?? message.span }));
  }
}

/** The message that an operator such as mail> sends; undefined where no rule knows it or its text stands elsewhere. */
export function notificationOperator(step: LauncherStep, context: LauncherContext): Notification | undefined {
  const rule = context.rules.byKind.notification.find(
    ({ match }) => match.operator !== undefined && found(match.operator, step.operator),
  );
  if (rule === undefined) return undefined;
  const [to, body] = [rule.to, rule.body].map((source) =>
    source === undefined ? undefined : textAt(source, step, undefined),
  );
  if (body !== undefined)
    return { rule, effect: { kind: 'notify', via: rule.via, to: to ?? literalText('', step.command.from), body } };
  context.sink.add(
    diagnose(
      'NOTIFY_NOT_UNDERSTOOD',
      { problem: 'its text is not in the step' },
      { span: step.commandSpan, rule: rule.id },
    ),
  );
  return undefined;
}

interface Receiver {
  readonly to: TextValue | undefined;
  readonly body: TextValue | undefined;
}

function found(patterns: string | readonly string[], text: string): boolean {
  return (typeof patterns === 'string' ? [patterns] : patterns).some((pattern) => new RegExp(pattern, 'u').test(text));
}

function sourceText(
  source: NotificationRule['to'],
  step: LauncherStep,
  args: ReturnType<typeof readArguments>,
): TextValue | undefined {
  return source === undefined ? undefined : textAt(source, step, args);
}

function payloadOf(
  payload: NonNullable<NotificationRule['payload']>,
  step: LauncherStep,
  args: ReturnType<typeof readArguments>,
): Receiver | string {
  const whole = textAt(payload.from, step, args);
  if (whole === undefined) return 'its payload is not found';
  const prefix = payload.prefix ?? '';
  const value = shapeOf(whole).startsWith(prefix) ? cutText(whole, prefix.length) : whole;
  if (payload.format === 'text') return { to: undefined, body: value };
  return readJson(value, payload.to, payload.body);
}

/** Two texts of a JSON document whose strings hold variables; what a variable puts in is part of the string it stands in. */
function readJson(value: TextValue, to: string | undefined, body: string | undefined): Receiver | string {
  const holes: TextPart[] = [];
  const written = value.parts
    .map((part) => {
      if (part.kind === 'literal') return part.text;
      holes.push(part);
      return String.fromCodePoint(0xf0000 + holes.length - 1);
    })
    .join('');
  if (written.includes(HOLE)) return 'it holds a private character';
  let parsed: unknown;
  try {
    parsed = JSON.parse(written);
  } catch {
    return 'its payload is no JSON';
  }
  const at = (pointer: string | undefined): TextValue | undefined => {
    const found = pointer === undefined ? undefined : pointerTarget(parsed, pointer);
    return typeof found === 'string' ? restored(found, holes, value.from) : undefined;
  };
  return { to: at(to), body: at(body) };
}

function pointerTarget(document: unknown, pointer: string): unknown {
  let at: unknown = document;
  for (const step of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Object.entries(at).find(([key]) => key === step)?.[1];
  }
  return at;
}

function restored(text: string, holes: readonly TextPart[], from: TextValue['from']): TextValue {
  const parts = [...text].map(
    (char): TextPart => holes[(char.codePointAt(0) ?? 0) - 0xf0000] ?? { kind: 'literal', text: char, from },
  );
  return textOf(parts, from);
}
