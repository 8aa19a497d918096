import { type Program, refuse } from './program.ts';

const operations: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => Math.trunc(left / right),
  '%': (left, right) => left % right,
};

/** `expr A + B` of whole numbers; the status says whether the result is 0. */
export const expr: Program = (call) => {
  const [left = '', sign = '', right = '', ...more] = call.args;
  const operation = Object.hasOwn(operations, sign) ? operations[sign] : undefined;
  const numbers = [left, right].every((word) => /^-?\d+$/.test(word));
  if (operation === undefined || !numbers || more.length > 0 || (/[/%]/.test(sign) && Number(right) === 0))
    return refuse(call, call.args.join(' '));
  const result = operation(Number(left), Number(right));
  call.streams.out.write(`${result}\n`);
  return result === 0 ? 1 : 0;
};
