import { diagnose } from '../core/diagnose.ts';
import { indexLines, resolveRepoPath, type SourceFile, type SourceSpan } from '../core/source.ts';
import { text, textOf } from '../ir/build-value.ts';
import type { Effect } from '../ir/graph.ts';
import { itemsOf, staticText } from '../ir/read-value.ts';
import type { Provenance, TextPart, TextValue } from '../ir/value.ts';
import { unreadLaunch } from './operator-work.ts';
import { expandFields } from './shell/expand.ts';
import { Facts } from './shell/facts.ts';
import { plainWord } from './shell/failing.ts';
import { parseShell } from './shell/parse.ts';
import { Shell, treeFolder } from './shell/shell.ts';
import { commandLabel, type ShellNode, simpleCommands } from './shell/syntax.ts';
import { fileText } from './shell/text-with-holes.ts';
import type { LauncherContext, LauncherStep, LaunchResult } from './types.ts';
import { shellSource } from './walk.ts';
import { environmentOf } from './worker-env.ts';

/** A command that starts no Job: it runs in the worker's image, with the text of a script of the tree in its place. */
export function plainCommand(command: TextValue, step: LauncherStep, context: LauncherContext): LaunchResult {
  const refused = refusedProgram(command, step, context);
  if (refused !== undefined) return refused;
  const parsed = parseShell(shellSource(command, step.commandSpan));
  const called = parsed.kind === 'script' ? onlyCall(parsed.body) : undefined;
  const path = called === undefined ? undefined : scriptPath(called.name, step, context);
  if (called === undefined || path === undefined)
    return result(shellOf(step) ?? ['/bin/sh'], command, step, context, []);
  const file = resolved(path, context);
  if (file === undefined) {
    context.sink.add(diagnose('LAUNCHER_SCRIPT_MISSING', { script: path }, { span: step.commandSpan }));
    return { effects: [unreadLaunch(step)], commands: [], unroll: [] };
  }
  const args = fieldsOf(called.node, command, step, context).slice(called.skip + 1);
  const source = withArguments(file, args);
  const inside = refusedProgram(source, step, context);
  if (inside !== undefined) return inside;
  context.sink.add(diagnose('LAUNCHER_SCRIPT_INLINED', { script: file.path }, { span: step.commandSpan }));
  return result(interpreterOf(file), source, step, context, scriptUnits(file));
}

/** The step as work for a person where its text calls a program that makes Jobs. */
function refusedProgram(source: TextValue, step: LauncherStep, context: LauncherContext): LaunchResult | undefined {
  const program = filesNamed(source, step, context).flatMap((file) => programThatStartsJobs(file) ?? [])[0];
  if (program === undefined) return undefined;
  const what = `a program that makes Jobs itself (${program.path})`;
  const { remedy } = program;
  const related = [{ span: program.starts, note: 'here it makes them' }];
  context.sink.add(diagnose('LAUNCHER_UNSUPPORTED', { what, remedy }, { span: step.commandSpan, related }));
  return { effects: [unreadLaunch(step)], commands: [], unroll: [] };
}

function result(
  shell: readonly string[],
  source: TextValue,
  step: LauncherStep,
  context: LauncherContext,
  commands: LaunchResult['commands'],
): LaunchResult {
  reportFiles(source, step, context);
  const effect: Effect = { kind: 'command', shell, source, env: environmentOf(source, step, context) };
  return { effects: [effect], commands, unroll: [] };
}

/** Files of the project that the text names: in the worker's image they are not there. */
function reportFiles(source: TextValue, step: LauncherStep, context: LauncherContext): void {
  for (const { path } of filesNamed(source, step, context))
    context.sink.add(diagnose('LAUNCHER_FILE_NOT_SHIPPED', { file: path }, { span: step.commandSpan }));
}

function filesNamed(source: TextValue, step: LauncherStep, context: LauncherContext): readonly SourceFile[] {
  const parsed = parseShell(shellSource(source, step.commandSpan));
  if (parsed.kind === 'problem') return [];
  const words = simpleCommands(parsed.body).flatMap((command) => {
    const read = [...command.words, ...command.redirects.filter(({ op }) => op === '<').map(({ target }) => target)];
    return [...read.flatMap((word) => plainWord(word) ?? []), ...moduleFiles(command.words.map(plainWord))];
  });
  const paths = new Set(words.flatMap((word) => scriptPath(word, step, context) ?? []));
  return [...paths].sort().flatMap((path) => resolved(path, context) ?? []);
}

/** Files that `python3 -m jobs.start` may run. */
function moduleFiles(words: readonly (string | undefined)[]): readonly string[] {
  const module = words[words.indexOf('-m') + 1];
  if (!words.includes('-m') || module === undefined || !words.some((word) => /(?:^|\/)python[\d.]*$/.test(word ?? '')))
    return [];
  const path = module.replaceAll('.', '/');
  return [`${path}.py`, `${path}/__main__.py`];
}

interface JobProgram {
  readonly path: string;
  readonly starts: SourceSpan;
  readonly remedy: string;
}

/** The client libraries, and kubectl as one text or as a list of words, which may stand on lines of their own. */
const startsJobs = [
  /create_namespaced_job|createNamespacedJob|\bcreate_from_(?:yaml|dict)\b/,
  /\bkubectl\b[^\n]{0,80}\b(?:apply|create)\b|['"]kubectl['"]\s*,[^\])]{0,80}\b(?:apply|create)\b/,
  /BatchV1Api|Kubeclient::|\bK8s::Client\b/,
  /[Kk]ubeclient/,
];

/** A program in a language that is not read here, which makes Jobs with a client or with kubectl. */
function programThatStartsJobs(file: SourceFile): JobProgram | undefined {
  const other =
    /\.(?:py|rb|js|mjs|ts|pl|php)$/.test(file.path) || /^#!.*\b(?:python|ruby|node|perl|php)/.test(file.text);
  if (!other) return undefined;
  const at = startsJobs.map((pattern) => pattern.exec(file.text)).find((match) => match !== null);
  if (at === undefined || at === null) return undefined;
  const rule = 'write a launcher rule for it in rules/, with its manifest, macros and flags';
  const python = file.path.endsWith('.py') || /^#!.*\bpython/.test(file.text);
  return {
    path: file.path,
    starts: indexLines(file).span(at.index, at.index + at[0].length),
    remedy: python ? `${rule}; or let py> call its method, which is read` : rule,
  };
}

interface ScriptCall {
  readonly node: Extract<ShellNode, { kind: 'simple' }>;
  readonly name: string;
  /** Words before the script: `bash`. */
  readonly skip: number;
}

/** The one simple command a text consists of, where it calls a script by its path. */
function onlyCall(body: readonly ShellNode[]): ScriptCall | undefined {
  const [node] = body;
  if (body.length !== 1 || node?.kind !== 'simple' || node.assignments.length > 0 || node.redirects.length > 0)
    return undefined;
  const [first, second] = node.words.map(plainWord);
  if ((first === 'bash' || first === 'sh') && second !== undefined && !second.startsWith('-'))
    return { node, name: second, skip: 1 };
  return first?.includes('/') === true ? { node, name: first, skip: 0 } : undefined;
}

/** Path in the tree of a script called by a relative path, or by one that the configuration places there. */
function scriptPath(name: string, step: LauncherStep, context: LauncherContext): string | undefined {
  if (!name.startsWith('/')) return resolveRepoPath(step.workdir, name) ?? name;
  const files = context.config.worker.files;
  const file = files !== undefined && Object.hasOwn(files, name) ? files[name] : undefined;
  return typeof file === 'string' ? file : undefined;
}

function resolved(path: string, context: LauncherContext): SourceFile | undefined {
  const repo = resolveRepoPath('', path);
  return repo === undefined ? undefined : context.read(repo);
}

function fieldsOf(
  node: ScriptCall['node'],
  command: TextValue,
  step: LauncherStep,
  context: LauncherContext,
): readonly TextValue[] {
  const source = shellSource(command, step.commandSpan);
  const shell = new Shell({
    step,
    context,
    facts: new Facts(),
    rule: 'command',
    source,
    scriptName: text('sh', command.from),
    positionals: [],
    cwd: treeFolder(step.workdir),
  });
  const asWritten = {
    output: (_: Shell, __: readonly ShellNode[], written: string, from: Provenance): TextValue => text(written, from),
    file: (_: Shell, __: readonly ShellNode[], from: Provenance): TextValue => text('', from),
  };
  return node.words.flatMap((word) => expandFields(shell, word, asWritten));
}

function interpreterOf(file: SourceFile): readonly string[] {
  const shebang = /^#!\s*(\S+)(?:[ \t]+([^\n]*))?/.exec(file.text);
  const program = shebang?.[1]?.split('/').at(-1);
  if (program === undefined) return ['/bin/sh'];
  return program === 'env'
    ? (shebang?.[2] ?? 'sh').trim().split(/\s+/)
    : [program, ...(shebang?.[2]?.trim().split(/\s+/) ?? [])];
}

/** The script's text with its arguments set in front, below the `#!` line. */
function withArguments(file: SourceFile, args: readonly TextValue[]): TextValue {
  const source = fileText(file);
  const from: Provenance = { via: 'literal', span: source.span(0, file.text.length) };
  const head = /^#![^\n]*\n/.exec(file.text)?.[0].length ?? 0;
  const body: TextPart = { kind: 'literal', text: file.text.slice(head), from };
  if (args.length === 0) return textOf([body], from);
  const around = argumentLists.find(([program]) => program.test(interpreterOf(file)[0] ?? ''))?.[1];
  const words = args.flatMap((arg): TextPart[] => [
    { kind: 'literal', text: " '", from: arg.from },
    ...arg.parts.map((part) => quotedPart(part, around === undefined)),
    { kind: 'literal', text: "'", from: arg.from },
  ]);
  const [open, close] = around ?? ['set --', ''];
  const given = around === undefined ? words : separated(words);
  return textOf(
    [{ kind: 'literal', text: open, from }, ...given, { kind: 'literal', text: `${close}\n`, from }, body],
    from,
  );
}

/** How a program in another language is given its arguments from its own text. */
const argumentLists: readonly (readonly [program: RegExp, around: readonly [open: string, close: string]])[] = [
  [/^python[\d.]*$/, ['import sys; sys.argv[1:] = [', ' ]']],
  [/^ruby$/, ['ARGV.replace([', ' ])']],
  [/^node$/, ["process['argv'].splice(2, 0,", ' );']],
  [/^perl$/, ['@ARGV = (', ' );']],
];

/** Quoted words with commas between them. */
function separated(words: readonly TextPart[]): readonly TextPart[] {
  return words.map((part, at) =>
    at > 0 && part.kind === 'literal' && part.text === " '" ? { ...part, text: ", '" } : part,
  );
}

function quotedPart(part: TextPart, shell: boolean): TextPart {
  if (part.kind !== 'literal') return part;
  return { ...part, text: shell ? part.text.replaceAll("'", "'\\''") : part.text.replaceAll(/[\\']/g, '\\$&') };
}

function shellOf(step: LauncherStep): readonly string[] | undefined {
  const words = itemsOf(step.options.get('shell')).map((item) => staticText(item) ?? '');
  const single = staticText(step.options.get('shell'));
  return words.length > 0 ? words : single === undefined ? undefined : [single];
}

/** All commands of a script that goes into the workflow as it is. */
function scriptUnits(file: SourceFile): LaunchResult['commands'] {
  const source = fileText(file);
  const parsed = parseShell(source);
  if (parsed.kind === 'problem')
    return [
      {
        unit: { kind: 'script-command', span: source.span(0, file.text.length), label: file.path },
        fate: { kind: 'consumed', by: 'command' },
      },
    ];
  return simpleCommands(parsed.body).map((node) => ({
    unit: {
      kind: 'script-command',
      span: source.span(node.start, node.end),
      label: commandLabel(file.text.slice(node.start, node.end)),
    },
    fate: { kind: 'consumed', by: 'command' },
  }));
}
