import { escapeRegExp } from '../core/escape-regexp.ts';
import { resolveRepoPath } from '../core/source.ts';
import type { Effect } from '../ir/graph.ts';
import { staticText } from '../ir/read-value.ts';
import type { TextValue, Value } from '../ir/value.ts';
import { methodSource } from './method-files.ts';
import { fileText } from './shell/text-with-holes.ts';
import type { LauncherContext, LauncherStep } from './types.ts';

/** Operators whose command is a file that Digdag reads as a template. @see digdag-standards 0.10.5 */
const templated: ReadonlySet<string> = new Set([
  'td',
  'td_for_each',
  'td_load',
  'td_wait',
  'bq',
  'bq_load',
  'pg',
  'redshift',
  'emr',
  'embulk',
  'mail',
]);

/** What an operator does by itself, with the parameters that it can see and the text of its file. */
export function operatorWork(use: string, step: LauncherStep, context: LauncherContext): Effect {
  const text = fileOf(step, context);
  return {
    kind: 'operator',
    use,
    parameters: parametersRead(step, context),
    ...(text === undefined ? {} : { text }),
  };
}

/** What a person has to write, with all that the step says and the text of its file. */
export function manualEffect(step: LauncherStep, remedy: string, context: LauncherContext): Effect {
  const text = fileOf(step, context);
  const given = new Map<string, Value>([
    ['command', step.command],
    ...(text === undefined ? [] : [['file', text] as const]),
    ...[...step.options].filter(([name]) => !name.startsWith('_')),
  ]);
  return { kind: 'manual', what: `${step.operator}> of ${step.task}`, remedy, given };
}

/**
 * What stands for a Job or script that could not be read, after the error that says why: the steps behind it must not run
 * as if it had run.
 */
export function unreadLaunch(step: LauncherStep): Effect {
  const remedy = 'the report says what could not be read, and what to do';
  return { kind: 'manual', what: `${step.operator}> of ${step.task}`, remedy, given: new Map() };
}

function fileOf(step: LauncherStep, context: LauncherContext): TextValue | undefined {
  const name = templated.has(step.operator) ? staticText(step.command) : undefined;
  const path = name === undefined ? undefined : resolveRepoPath(step.workdir, name);
  const file = path === undefined ? undefined : context.read(path);
  if (file === undefined) return undefined;
  const source = fileText(file);
  const from = { via: 'literal', span: source.span(0, file.text.length) } as const;
  return context.expandDigdag(
    { kind: 'text', parts: [{ kind: 'literal', text: file.text, from }], from, control: [] },
    step.scope,
  );
}

/**
 * The parameters a program may read: those its source names, its own keys always. All but Digdag's own where it cannot be read, or
 * where it takes whatever there is.
 */
function parametersRead(step: LauncherStep, context: LauncherContext): ReadonlyMap<string, Value> {
  const source = methodSource(step, (path) => context.read(path)?.text);
  const takesAll = source === undefined || readsAll(source);
  const reading = source === undefined ? '' : withoutStoredKeys(source);
  const named = (name: string): boolean =>
    (takesAll && !isDigdags(name)) || new RegExp(`(?<![\\w$])${escapeRegExp(name)}(?![\\w$])`).test(reading);
  return new Map([...step.scope].filter(([name]) => !notData.has(name) && (step.options.has(name) || named(name))));
}

/** To store a value under a name is not to read it. */
function withoutStoredKeys(source: string): string {
  return source.replaceAll(/\bstore\s*(?:\([^)]*|\s+[^\n]*)/g, (call) =>
    call.replaceAll(/(['"])[\w-]+\1(?=\s*(?::|=>))|\b[A-Za-z_]\w*(?=\s*=(?!=)|:\s)/g, ''),
  );
}

/** A method with `**kwargs`, or parameters read otherwise than by a name in quotes. */
function readsAll(source: string): boolean {
  const byName = /\b(?:env\.params|digdag_env\.params|DigdagEnv::PARAMS)(?!\s*(?:\[|\.(?:get|fetch)\()\s*['"])/;
  return /\bdef\s[^\n]*\*\*\s*\w|^\s*\*\*\w+/m.test(source) || byName.test(source);
}

const notData: ReadonlySet<string> = new Set(['docker', 'python', 'ruby', 'require', 'task_name']);

function isDigdags(name: string): boolean {
  return /^(?:(?:last|next)_)?session_|^task_name$|^timezone$/.test(name);
}
