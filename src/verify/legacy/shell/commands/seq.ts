import { type Program, refuse } from './program.ts';

/** `seq [FIRST [STEP]] LAST` of whole numbers. */
export const seq: Program = (call) => {
  const words = call.args.filter((word) => word !== '-w');
  const numbers = words.map((word) => (/^-?\d+$/.test(word) ? Number(word) : refuse(call, call.args.join(' '))));
  const [first, step, last] =
    numbers.length === 1 ? [1, 1, numbers[0]] : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : numbers;
  if (first === undefined || step === undefined || last === undefined || step === 0 || numbers.length > 3)
    return refuse(call, call.args.join(' '));
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > 100_000) return refuse(call, call.args.join(' '));
  const width = words.length < call.args.length ? Math.max(String(first).length, String(last).length) : 0;
  const lines = Array.from({ length: count }, (_, at) => `${String(first + at * step).padStart(width, '0')}\n`);
  call.streams.out.write(lines.join(''));
  return 0;
};
