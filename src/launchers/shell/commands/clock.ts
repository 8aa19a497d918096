import { textOf } from '../../../ir/build-value.ts';
import { staticText } from '../../../ir/read-value.ts';
import type { Provenance } from '../../../ir/value.ts';
import type { Call, Result } from '../call.ts';
import { opaque, printed } from '../content.ts';
import type { Shell } from '../shell.ts';
import { shapeOf } from '../text-value.ts';

/** The reason that marks a text as read from the worker's clock. */
export const WORKER_CLOCK = "the worker's clock";

/** Conversions by which `date` gives each second its own text: such a text makes names unique. */
const perSecond = /%(s|N|S|T|X|c|r|\+|3N)|^$/;

export function date(_shell: Shell, call: Call): Result {
  const format = call.args
    .map((arg) => staticText(arg) ?? '')
    .find((arg) => arg.startsWith('+'))
    ?.slice(1);
  const from: Provenance = { via: 'literal', span: call.span };
  if (format !== undefined && perSecond.test(format) && call.args.length === 1)
    return printed(textOf([{ kind: 'runtime', expr: { kind: 'unique', source: call.source }, from }], from));
  const asksClock = !call.args.some(
    (arg, at) =>
      /^(-d|--date)/.test(shapeOf(arg)) &&
      !/now|today|yesterday|ago|tomorrow|day|hour|month|week/.test(
        `${shapeOf(arg)} ${shapeOf(call.args[at + 1] ?? arg)}`,
      ),
  );
  return {
    stdout: {
      kind: 'text',
      text: opaque(call.source, asksClock ? WORKER_CLOCK : 'arithmetic on a date by the shell', from),
    },
    status: 'ok',
  };
}
