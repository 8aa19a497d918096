/** Where a node stands in its run, in the words of the simulation. */
export interface NodePlace {
  /** Display names of the node and of the steps it runs in, such as `run/extract(1)`; `exit-handler/…` in the exit handler. */
  readonly path: string;
  /** The path without the attempt. */
  readonly node: string;
  /** 0 for the first attempt. */
  readonly attempt: number;
}

/**
 * Reads a node's name, such as `wf[0].run[1].extract(1)`: groups stand in brackets, items (`(0:item)`) and attempts in
 * parentheses. A leaf that is an entrypoint has no name of its own; `template` stands for it.
 */
export function nodePlace(nodeName: string, workflow: string, template: string): NodePlace {
  let rest = nodeName.slice(workflow.length);
  const onExit = rest.startsWith('.onExit');
  if (onExit) rest = rest.slice('.onExit'.length);
  const [own, ...below] = segments(rest);
  const isEntry = below.length === 0;
  // The entrypoint adds its attempt alone, if it has several.
  const entry = onExit ? `exit-handler${own}` : isEntry ? `${template}${own}` : own;
  // A hook's node is called after the step it belongs to.
  const path = [entry, ...below]
    .filter((part) => part !== '')
    .join('/')
    .replaceAll(/\/(?=onExit(?:[(/]|$))/g, '.');
  const attempt = /\((\d+)\)$/.exec(path);
  return {
    path,
    node: attempt === null ? path : path.slice(0, attempt.index),
    attempt: Number(attempt?.[1] ?? 0),
  };
}

/** The parts of a node name: its own suffix first, then one for each step below. Groups are left out. */
function segments(text: string): readonly [string, ...string[]] {
  const parts: [string, ...string[]] = [''];
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    const group = depth === 0 ? /^\[\d+\]/.exec(text.slice(at)) : null;
    if (group !== null) {
      at += group[0].length - 1;
      continue;
    }
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char === '.' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}
