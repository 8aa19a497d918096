import { type Program, readFlags, readOperands } from './program.ts';

const mark = /\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)/g;

/** GNU envsubst: exported variables only; an unset one becomes the empty text. */
export const envsubst: Program = (call) => {
  const { operands } = readFlags(call, []);
  const [format] = operands;
  const wanted =
    format === undefined
      ? undefined
      : new Set([...format.matchAll(mark)].map(([, braced, bare]) => braced ?? bare ?? ''));
  const text = readOperands(call, []) ?? '';
  const replaced = text.replace(mark, (written, braced: string | undefined, bare: string | undefined) => {
    const name = braced ?? bare ?? '';
    if (wanted !== undefined && !wanted.has(name)) return written;
    const variable = call.state.variables.get(name);
    return variable?.exported === true ? variable.value : '';
  });
  call.streams.out.write(replaced);
  return 0;
};
