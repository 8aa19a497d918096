import { resolveRepoPath, type SourceSpan } from '../core/source.ts';
import { staticText } from '../ir/read-value.ts';
import type { TextPart, TextValue } from '../ir/value.ts';
import type { Evidence } from './match.ts';
import { commandLine } from './match.ts';
import { Facts } from './shell/facts.ts';
import { interpretScript } from './shell/interpret.ts';
import { Shell, treeFolder } from './shell/shell.ts';
import { literalText, readableText } from './shell/text-value.ts';
import { type TextWithHoles, withHoles } from './shell/text-with-holes.ts';
import type { LauncherContext, LauncherStep } from './types.ts';

/** Characters that mean something to the shell: a variable that holds one is read as what it says. */
const shellCharacters = /[\s;&|<>()$`\\"'*?[\]{}~!]/;

/** Reads a command line of a step, and the scripts it calls, for one rule. */
export function walkCommand(command: TextValue, rule: string, step: LauncherStep, context: LauncherContext): Facts {
  const facts = new Facts();
  const source = shellSource(command, step.commandSpan);
  const shell = new Shell({
    step,
    context,
    facts,
    rule,
    source,
    scriptName: literalText('sh', command.from),
    positionals: [],
    cwd: treeFolder(step.workdir),
  });
  interpretScript(shell);
  return facts;
}

/** Digdag puts values into the text before the shell reads it: what is special to the shell inside quotes too is written out. */
export function shellSource(command: TextValue, span: SourceSpan): TextWithHoles {
  const holes = withHoles(command, span);
  const quotes = quotedOffsets(holes.text);
  const flat = new Set(
    [...holes.holes].filter(([at, part]) => isSpecial(part, quotes.has(at))).map(([, part]) => part),
  );
  return flat.size === 0 ? holes : withHoles(command, span, (part) => flat.has(part));
}

function isSpecial(part: TextPart, quoted: boolean): boolean {
  if (part.kind !== 'variable') return false;
  return quoted ? /["'\\$`\n]/.test(part.text) : shellCharacters.test(part.text);
}

/** Offsets inside single or double quotes. */
function quotedOffsets(text: string): ReadonlySet<number> {
  const inside = new Set<number>();
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '\\' && quote !== "'") at++;
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
    else if (quote !== '') inside.add(at);
  }
  return inside;
}

/** What a step shows to the rules: read once without one. */
export function evidenceOf(command: TextValue | undefined, step: LauncherStep, context: LauncherContext): Evidence {
  if (command === undefined) return { commands: [], scripts: moduleTexts(step, context) };
  const quiet: LauncherContext = {
    ...context,
    renderManifest: () => [],
    findObject: (kind, name, environment) => context.findObject(kind, name, environment),
    sink: { add: () => undefined },
    read: (path) => context.read(path),
    expandDigdag: (text, scope) => context.expandDigdag(text, scope),
  };
  const facts = walkCommand(command, 'launcher', step, quiet);
  const text = readableText(command);
  const scripts = facts.scripts.flatMap((path) => context.read(path)?.text ?? []);
  // A call that only its variables make one of kubectl: `$K apply -f job.yaml`.
  if (facts.jobs.length > 0) scripts.push('kubectl apply');
  return {
    commands: [text, ...facts.messages.map((message) => commandLine(message.program, message.arguments))],
    scripts: [text, ...scripts].map(withoutComments),
  };
}

/** What a comment says is no evidence. */
function withoutComments(script: string): string {
  return script.replaceAll(/^[ \t]*#(?!!).*$/gm, '');
}

/** The module that `py> tasks.kube.Job.run` or `rb> Tasks::Kube.run` names. */
function moduleTexts(step: LauncherStep, context: LauncherContext): readonly string[] {
  const named = staticText(step.command);
  if (named === undefined) return [];
  const required = staticText(step.options.get('require'));
  const steps = named.split('.');
  const modules = steps
    .map((_, at) => steps.slice(0, at + 1).join('/'))
    .flatMap((module) => [`${module}.py`, `${module}/__init__.py`]);
  return [...modules, ...(required === undefined ? [] : [required, `${required}.rb`])].flatMap((module) => {
    const path = resolveRepoPath(step.workdir, module);
    return path === undefined ? [] : (context.read(path)?.text ?? []);
  });
}
