import { diagnose } from '../core/diagnose.ts';
import type { SourceSpan } from '../core/source.ts';
import { withEntry } from '../ir/build-value.ts';
import type { Effect, LauncherDeed, TaskId } from '../ir/graph.ts';
import { asMap, entryOf, spanOf, staticText } from '../ir/read-value.ts';
import type { TextValue, Value } from '../ir/value.ts';
import type { Loaded } from '../rules/rule-set.ts';
import type { LauncherRule } from '../rules/schema.ts';
import { type Edit, editText } from './macros/edit.ts';
import { documentsOf } from './manifest/documents.ts';
import { jobEffects } from './manifest/job-effects.ts';
import { fillPattern } from './manifest/reference.ts';
import { manifestValue } from './match.ts';
import { unreadLaunch } from './operator-work.ts';
import { overridden } from './override.ts';
import { textAt, valueAt } from './rule-values.ts';
import { reportWait } from './script-launcher.ts';
import { type Arguments, hasFlag, readArguments, staticFlag } from './shell/arguments.ts';
import { durationSeconds } from './shell/commands/prefixes.ts';
import type { Content } from './shell/content.ts';
import { Facts } from './shell/facts.ts';
import { download, readFile } from './shell/read-file.ts';
import { Shell, treeFolder } from './shell/shell.ts';
import { literalText, shapeOf } from './shell/text-value.ts';
import { fileText } from './shell/text-with-holes.ts';
import type { LauncherContext, LauncherStep } from './types.ts';
import { reportLoops } from './unroll.ts';

type JobEffect = Extract<Effect, { kind: 'job' }>;

/** One call of a launcher program, or the step itself where an operator is the launcher. */
export interface ProgramCall {
  readonly program: string;
  readonly arguments: readonly TextValue[];
  readonly span: SourceSpan;
}

export interface ProgramLaunch {
  readonly effects: readonly Effect[];
  readonly deeds: readonly LauncherDeed[];
  readonly manifest: string | undefined;
  readonly files: readonly string[];
  readonly unroll: readonly TaskId[];
}

/** A launcher of which only arguments or options are seen: the rule says what they mean. */
export function readProgramLauncher(
  rule: Loaded<LauncherRule>,
  call: ProgramCall,
  step: LauncherStep,
  context: LauncherContext,
): ProgramLaunch {
  const values = Object.entries(rule.flags ?? {}).flatMap(([flag, kind]) => (kind === 'value' ? [flag] : []));
  const args = readArguments(call.arguments, new Set(values));
  reportUnknownFlags(rule, call, args, context);
  const facts = new Facts();
  const content = manifestContent(rule, args, call, step, context, facts);
  const unroll = reportLoops(facts.undecided, step, context, rule.id);
  const none: ProgramLaunch = { effects: [], deeds: [], manifest: undefined, files: [], unroll };
  if (unroll.length > 0) return none;
  for (const diagnostic of facts.diagnostics) context.sink.add(diagnostic);
  const documents = documentsOf(withMacros(content, rule, args, step, context), { span: call.span }, rule.id, context);
  if (documents === undefined) return { ...none, effects: [unreadLaunch(step)] };
  const wait = waitOf(rule, args, step);
  reportWait(wait, { span: call.span }, rule, context);
  const named =
    content.kind === 'manifest'
      ? content.source
      : ((content.kind === 'text' ? content.file : undefined) ?? 'the manifest');
  const place = { namespace: placeAt(rule.namespace, step, args), cluster: placeAt(rule.cluster, step, args) };
  const effects = jobEffects(
    {
      documents: documents.map((document) =>
        inNamespace(overridden(document, rule, args, step, context, call), place.namespace),
      ),
      named,
      ...place,
      wait,
      span: call.span,
      rule: rule.id,
    },
    step,
    context,
  );
  return {
    effects,
    deeds: deedsOf(rule, args, call, wait),
    manifest: content.kind === 'manifest' ? content.source : content.kind === 'text' ? content.file : undefined,
    files: [...facts.files].sort(),
    unroll,
  };
}

/** Such a launcher sets the namespace in the object itself. */
function inNamespace(document: Value, namespace: TextValue | undefined): Value {
  const manifest = asMap(document);
  const metadata = asMap(entryOf(manifest, 'metadata'));
  if (namespace === undefined || manifest === undefined || metadata === undefined) return document;
  return withEntry(manifest, 'metadata', withEntry(metadata, 'namespace', namespace));
}

function placeAt(source: LauncherRule['namespace'], step: LauncherStep, args: Arguments): TextValue | undefined {
  return source === undefined || source === 'script' ? undefined : textAt(source, step, args);
}

function reportUnknownFlags(
  rule: Loaded<LauncherRule>,
  call: ProgramCall,
  args: Arguments,
  context: LauncherContext,
): void {
  if (rule.flags === undefined) return;
  for (const flag of args.flags.keys()) {
    if (Object.hasOwn(rule.flags, flag)) continue;
    context.sink.add(
      diagnose(
        'LAUNCHER_FLAG_UNKNOWN',
        { flag: flag.length === 1 ? `-${flag}` : `--${flag}`, program: call.program.split('/').at(-1) ?? call.program },
        { span: call.span, rule: rule.id },
      ),
    );
  }
}

function manifestContent(
  rule: Loaded<LauncherRule>,
  args: Arguments,
  call: ProgramCall,
  step: LauncherStep,
  context: LauncherContext,
  facts: Facts,
): Content {
  const inline = rule.match.shape === 'manifest' ? manifestValue(step) : undefined;
  if (inline !== undefined)
    return {
      kind: 'manifest',
      named: 'the step itself',
      source: spanOf(inline.from)?.file ?? 'the step itself',
      documents: [inline],
      edits: [],
    };
  const from = rule.manifest?.from;
  const value = from === undefined || from === 'script' ? undefined : textAt(from, step, args);
  if (value === undefined) return { kind: 'unknown', why: 'not named by the step' };
  const path = rule.manifest?.path === undefined ? value : manifestPath(rule.manifest.path, value, step);
  const noScript = fileText({ path: call.span.file, text: '' });
  const shell = new Shell({
    step,
    context,
    facts,
    rule: rule.id,
    source: noScript,
    scriptName: value,
    positionals: [],
    cwd: treeFolder(step.workdir),
  });
  return /^https?:\/\//.test(shapeOf(path)) ? download(shell, path, call.span) : readFile(shell, path, call.span);
}

/** `{name}` is what the rule's `from` gives, `{env}` the environment, the rest parameters of the step. */
function manifestPath(pattern: string, value: TextValue, step: LauncherStep): TextValue {
  const written = staticText(value);
  if (written === undefined) return value;
  const parameters = [...step.scope].flatMap(([name, parameter]) => {
    const written = staticText(parameter);
    return written === undefined ? [] : [[name, written] as const];
  });
  return literalText(
    fillPattern(pattern, new Map([...parameters, ['env', step.environment], ['name', written]])),
    value.from,
  );
}

function withMacros(
  content: Content,
  rule: Loaded<LauncherRule>,
  args: Arguments,
  step: LauncherStep,
  context: LauncherContext,
): Content {
  const engine = rule.macros?.engine;
  if (engine === 'digdag')
    return content.kind === 'text' ? { ...content, text: context.expandDigdag(content.text, step.scope) } : content;
  const edit = macroEdit(rule, args, step, context);
  if (edit === undefined) return content;
  if (content.kind === 'manifest') return { ...content, edits: [...content.edits, edit] };
  if (content.kind === 'unknown') return content;
  const listener = { used: () => undefined, undefinedName: () => undefined };
  return { ...content, text: editText(content.text, edit, listener) };
}

/** Macros of a program that puts values of the step into the manifest by name. */
function macroEdit(
  rule: Loaded<LauncherRule>,
  args: Arguments,
  step: LauncherStep,
  context: LauncherContext,
): Edit | undefined {
  const macros = rule.macros;
  const syntax =
    macros?.syntax === undefined ? undefined : context.rules.byKind.macro.find(({ id }) => id === macros.syntax);
  if (macros === undefined || syntax === undefined) return undefined;
  const lookup = (name: string): TextValue | undefined => {
    const source = macros.values?.[name];
    if (source !== undefined) return textAt(source, step, args);
    return macros.all_parameters === true ? textAt({ parameter: name }, step, args) : undefined;
  };
  return {
    kind: 'names',
    pattern: new RegExp(syntax.pattern, 'gu'),
    lookup,
    undefinedName: macros.undefined === 'empty' ? 'empty' : 'literal',
    rule: rule.id,
  };
}

function waitOf(rule: Loaded<LauncherRule>, args: Arguments, step: LauncherStep): JobEffect['wait'] {
  const written = rule.wait;
  const failure = written === undefined || written.failure === 'script' ? 'at-once' : written.failure;
  const source = written?.timeout;
  const alone = written?.container_alone;
  const isAlone = alone !== undefined && hasFlag(args, alone) && (staticFlag(args, alone) ?? 'true') === 'true';
  const wait = { seesFailure: failure, ...(isAlone ? { containerAlone: true as const } : {}) };
  if (source === undefined || source === 'script') return wait;
  const text = 'seconds' in source ? String(source.seconds) : staticOf(valueAt(source, step, args));
  const seconds = text === undefined ? undefined : durationSeconds(text);
  return seconds === undefined || seconds === 0 ? wait : { timeoutSeconds: seconds, ...wait };
}

function staticOf(value: Value | undefined): string | undefined {
  if (value?.kind === 'scalar') return value.value === null ? undefined : String(value.value);
  return staticText(value);
}

function deedsOf(
  rule: Loaded<LauncherRule>,
  args: Arguments,
  call: ProgramCall,
  wait: JobEffect['wait'],
): readonly LauncherDeed[] {
  const unnecessary = Object.entries(rule.unnecessary ?? {}).flatMap(([name, why]): LauncherDeed[] => {
    const isFlag = rule.flags !== undefined && Object.hasOwn(rule.flags, name);
    return isFlag && !args.flags.has(name)
      ? []
      : [{ what: isFlag ? `--${name}` : name, fate: { kind: 'unnecessary', why }, span: call.span }];
  });
  const limit: LauncherDeed[] =
    wait.timeoutSeconds === undefined
      ? []
      : [
          {
            what: `waits for completion, at most ${wait.timeoutSeconds} s`,
            fate: { kind: 'lost', why: 'the step ends with its pod; only the limits of the manifest hold' },
            span: call.span,
          },
        ];
  return [...limit, ...unnecessary];
}
