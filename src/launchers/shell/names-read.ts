import { parseShell } from './parse.ts';
import { type ShellNode, simpleCommands, type WordPart } from './syntax.ts';
import type { TextWithHoles } from './text-with-holes.ts';

/** The variables a script reads and does not set itself. */
export interface NamesRead {
  /** Read by the script's own shell, without a default. */
  readonly needed: readonly string[];
  /** Written anywhere, also where another shell or program may read them, or with a default. */
  readonly mentioned: readonly string[];
}

export function namesRead(source: TextWithHoles): NamesRead {
  const mentioned = [
    ...source.text.matchAll(/\$\{?([A-Za-z_]\w*)|(?:environ(?:\.get)?|ENV|getenv)\W{1,3}["']([A-Za-z_]\w*)["']/g),
  ].map((match) => match[1] ?? match[2] ?? '');
  const parsed = parseShell(source);
  if (parsed.kind === 'problem') return { needed: [], mentioned: unique(mentioned) };
  const set = new Set(namesSet(parsed.body, source));
  const needed = parametersIn(parsed.body).flatMap((part) => (hasDefault(part) ? [] : [part.name]));
  return {
    needed: unique(needed.filter((name) => /^[A-Za-z_]\w*$/.test(name) && !set.has(name))),
    mentioned: unique(mentioned.filter((name) => !set.has(name))),
  };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

type Parameter = Extract<WordPart, { kind: 'parameter' }>;

function hasDefault(part: Parameter): boolean {
  return part.operation !== undefined && /^:?[-=+]$/.test(part.operation.op);
}

/** The tree is plain data: one walk over its objects finds every expansion. */
function parametersIn(tree: unknown): readonly Parameter[] {
  if (Array.isArray(tree)) return tree.flatMap(parametersIn);
  if (typeof tree !== 'object' || tree === null) return [];
  const own = isParameter(tree) ? [tree] : [];
  return [
    ...own,
    ...Object.entries(tree).flatMap(([key, value]) => (key === 'from' || key === 'part' ? [] : parametersIn(value))),
  ];
}

function isParameter(node: object): node is Parameter {
  return 'kind' in node && node.kind === 'parameter' && 'source' in node;
}

const declaring = /^(?:export|local|declare|readonly|typeset|read|getopts)$/;

function namesSet(body: readonly ShellNode[], source: TextWithHoles): readonly string[] {
  const loops = [...source.text.matchAll(/\bfor\s+([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '');
  const commands = simpleCommands(body).flatMap((command) => {
    const words = command.words.map((word) => source.text.slice(word.start, word.end));
    const declared = declaring.test(words[0] ?? '')
      ? words.slice(1).flatMap((word) => /^([A-Za-z_]\w*)(?==|$)/.exec(word)?.[1] ?? [])
      : [];
    // `export NAME` alone hands a name on; it does not set it.
    const exported =
      words[0] === 'export' ? declared.filter((name) => words.some((word) => word.startsWith(`${name}=`))) : declared;
    return [...command.assignments.map(({ name }) => name), ...exported];
  });
  return [...loops, ...commands];
}
