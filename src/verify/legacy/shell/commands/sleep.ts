import { durationSeconds, type Program, refuse } from './program.ts';

export const sleep: Program = (call) => {
  for (const word of call.args) call.state.machine.wait(durationSeconds(word) ?? refuse(call, word));
  return 0;
};
