/**
 * Operators that plug-ins bring and that start the Job of a manifest file. The session interpreter knows Digdag's own
 * operators only, so such a task is handed to it as another operator that does its work outside and repeats itself on
 * `_retry`; a key beside it keeps its own name.
 */
const plugIns = ['k8s_job'];
const CARRIER = 'embulk';

/** The key that holds the operator's own name. */
export const PLUG_IN_KEY = '_plug_in';

const task = new RegExp(`^([ \\t]*)(${plugIns.join('|')})>:`, 'gm');

export function carryPlugIns(text: string): string {
  return text.replace(
    task,
    (_, indent: string, name: string) => `${indent}${PLUG_IN_KEY}: ${name}\n${indent}${CARRIER}>:`,
  );
}
