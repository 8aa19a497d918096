import { type Program, type ProgramCall, refuse } from './program.ts';

export const echo: Program = (call) => {
  const { args, streams } = call;
  const flags = args.findIndex((word) => !/^-[neE]+$/.test(word));
  const words = flags < 0 ? [] : args.slice(flags);
  const options = args.slice(0, flags < 0 ? args.length : flags).join('');
  const text = words.join(' ');
  streams.out.write((options.includes('e') ? unescaped(text, call) : text) + (options.includes('n') ? '' : '\n'));
  return 0;
};

export const printf: Program = (call) => {
  const [format, ...values] = call.args;
  if (format === undefined || format.startsWith('-')) return refuse(call, format);
  const pieces = unescaped(format, call).match(/%[-0]*\d*(?:\.\d+)?[a-zA-Z%]|[^%]+|%/g) ?? [];
  const takes = pieces.filter((piece) => piece.startsWith('%') && piece !== '%%').length;
  let at = 0;
  do {
    for (const piece of pieces) {
      if (!piece.startsWith('%')) call.streams.out.write(piece);
      else if (piece === '%%') call.streams.out.write('%');
      else call.streams.out.write(formatted(piece, values[at++], call));
    }
  } while (at < values.length && takes > 0);
  return 0;
};

function formatted(piece: string, value: string | undefined, call: ProgramCall): string {
  const [, flags = '', width = '', kind = ''] = /^%([-0]*)(\d*)([a-zA-Z])$/.exec(piece) ?? [];
  if (kind === 'd') {
    const number = value ?? '0';
    if (!/^-?(?:0|[1-9]\d*)$/.test(number)) return refuse(call, `${piece} of ${number}`);
    return flags.includes('-')
      ? number.padEnd(Number(width))
      : number.padStart(Number(width), flags.includes('0') ? '0' : ' ');
  }
  if (kind !== 's') return refuse(call, piece);
  return flags.includes('-') ? (value ?? '').padEnd(Number(width)) : (value ?? '').padStart(Number(width));
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', a: '\u0007' };

function unescaped(text: string, call: ProgramCall): string {
  return text.replace(/\\(.)/gs, (written, character: string) => escapes[character] ?? refuse(call, written));
}
