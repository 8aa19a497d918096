import { diagnose } from '../../core/diagnose.ts';
import { type RepoPath, resolveRepoPath, type SourceSpan } from '../../core/source.ts';
import { textOf } from '../../ir/build-value.ts';
import { spanOf } from '../../ir/read-value.ts';
import type { Provenance, TextValue } from '../../ir/value.ts';
import type { LauncherContext, LauncherStep } from '../types.ts';
import type { Content, Status } from './content.ts';
import { opaque } from './content.ts';
import type { Facts } from './facts.ts';
import type { ShellNode } from './syntax.ts';
import { environmentText, literalText, textKey } from './text-value.ts';
import type { TextWithHoles } from './text-with-holes.ts';

/** Where the legacy tree stands for the script; no real path. */
const TREE = '/legacy/';

/** Names that every shell or login sets. */
const shellNames: ReadonlySet<string> = new Set([
  'BASH',
  'BASHPID',
  'HOME',
  'HOSTNAME',
  'IFS',
  'LANG',
  'LC_ALL',
  'LOGNAME',
  'OLDPWD',
  'PATH',
  'PPID',
  'PWD',
  'RANDOM',
  'SECONDS',
  'SHELL',
  'TERM',
  'TMPDIR',
  'UID',
  'USER',
]);

/** Parameters that Digdag itself sets for every task. */
const builtInParameter =
  /^(?:(?:last_|next_|last_executed_)?session_\w+|timezone|task_name|attempt_id|project_id|retry_attempt_name)$/;

export function isBuiltInParameter(name: string): boolean {
  return builtInParameter.test(name);
}

export type Flow =
  | { readonly kind: 'exit' | 'return'; readonly status: Status }
  | { readonly kind: 'break' | 'continue'; readonly levels: number };

/** A function and the text its offsets point into. */
export interface ShellFunction {
  readonly node: ShellNode;
  readonly source: TextWithHoles;
}

/** The state of one shell while its script is read. */
export class Shell {
  readonly step: LauncherStep;
  readonly context: LauncherContext;
  readonly facts: Facts;
  readonly rule: string;
  source: TextWithHoles;
  scriptName: TextValue;
  positionals: readonly TextValue[];
  variables = new Map<string, TextValue>();
  exported = new Set<string>();
  /** Arrays with their items in order; keys are texts. */
  arrays = new Map<string, ReadonlyMap<string, TextValue>>();
  /** Names declared with `-A`. */
  associative = new Set<string>();
  functions = new Map<string, ShellFunction>();
  readonly files: Map<string, Content>;
  cwd: string;
  cluster: TextValue | undefined;
  namespace: TextValue | undefined;
  options = { errexit: false, nounset: false, allexport: false };
  flow: Flow | undefined;
  /** Text of the command that the EXIT trap runs. */
  exitTrap: string | undefined;
  /** What must hold at run time for the command at hand to run; empty where it surely runs. */
  conditions: readonly string[] = [];
  depth = 0;
  /** What the variables that a function calls its own were before. */
  locals: Map<string, TextValue | undefined> | undefined;
  /** Letters that getopts has taken of a word such as `-ab`. */
  optionLetters = 0;
  /** True while the last command was the wait for a Job, so that `$?` is its result. */
  afterWait = false;

  constructor(init: {
    readonly step: LauncherStep;
    readonly context: LauncherContext;
    readonly facts: Facts;
    readonly rule: string;
    readonly source: TextWithHoles;
    readonly scriptName: TextValue;
    readonly positionals: readonly TextValue[];
    readonly cwd: string;
    readonly files?: Map<string, Content>;
  }) {
    this.step = init.step;
    this.context = init.context;
    this.facts = init.facts;
    this.rule = init.rule;
    this.source = init.source;
    this.scriptName = init.scriptName;
    this.positionals = init.positionals;
    this.cwd = init.cwd;
    this.files = init.files ?? new Map();
    this.set('OPTIND', literalText('1', { via: 'default', reason: 'every shell begins with 1' }));
  }

  /** A copy for a subshell: what it sets is lost, what it finds is kept. */
  subshell(): Shell {
    const copy = new Shell({ ...this.#init(), files: this.files });
    copy.variables = new Map(this.variables);
    copy.exported = new Set(this.exported);
    copy.arrays = new Map(this.arrays);
    copy.associative = new Set(this.associative);
    copy.functions = new Map(this.functions);
    copy.options = { ...this.options };
    copy.cluster = this.cluster;
    copy.namespace = this.namespace;
    copy.conditions = this.conditions;
    copy.depth = this.depth;
    copy.optionLetters = this.optionLetters;
    copy.afterWait = this.afterWait;
    return copy;
  }

  /** A new process that runs another script: only the environment is handed on. */
  child(source: TextWithHoles, scriptName: TextValue, positionals: readonly TextValue[]): Shell {
    const copy = new Shell({ ...this.#init(), source, scriptName, positionals, files: this.files });
    for (const name of this.exported) {
      const value = this.variables.get(name);
      if (value !== undefined) copy.set(name, value, true);
    }
    copy.cluster = this.cluster;
    copy.namespace = this.namespace;
    copy.conditions = this.conditions;
    copy.depth = this.depth + 1;
    return copy;
  }

  #init(): ConstructorParameters<typeof Shell>[0] {
    return {
      step: this.step,
      context: this.context,
      facts: this.facts,
      rule: this.rule,
      source: this.source,
      scriptName: this.scriptName,
      positionals: this.positionals,
      cwd: this.cwd,
    };
  }

  set(name: string, value: TextValue, exported = false): void {
    this.variables.set(name, value);
    if (exported || this.options.allexport) this.exported.add(name);
  }

  /** The value of a variable; undefined where it is not set. */
  lookup(name: string): TextValue | undefined {
    return this.variables.get(name) ?? this.fromEnvironment(name);
  }

  /** What a child process such as envsubst finds under a name. */
  environmentLookup(): (name: string) => TextValue | undefined {
    const exported = new Map(
      [...this.exported].flatMap((name) => {
        const value = this.variables.get(name);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
    return (name) => exported.get(name) ?? this.fromEnvironment(name);
  }

  /** Digdag puts every parameter in the environment, and `_env` over them; the rest is the worker's own. */
  fromEnvironment(name: string): TextValue | undefined {
    const own = this.step.options.get(`_env.${name}`);
    if (own?.kind === 'map') return opaque(`$${name}`, 'a secret of the Digdag server', own.from);
    if (own !== undefined) return environmentText(own);
    const parameter = this.step.scope.get(name);
    if (parameter !== undefined) return environmentText(parameter);
    if (isBuiltInParameter(name)) {
      const builtIn: Provenance = { via: 'default', reason: `Digdag's ${name}` };
      return this.context.expandDigdag(literalText(`\${${name}}`, builtIn), this.step.scope);
    }
    const worker = Object.hasOwn(this.context.config.worker.env, name)
      ? this.context.config.worker.env[name]
      : undefined;
    const from: Provenance = { via: 'default', reason: `worker.env.${name} in dig2argo.yaml` };
    if (worker !== undefined)
      return 'literal' in worker
        ? literalText(worker.literal, from)
        : opaque(`$${name}`, 'a variable of the worker', from);
    if (name === 'RANDOM')
      return textOf([{ kind: 'runtime', expr: { kind: 'unique', source: '$RANDOM' }, from }], from);
    if (name === 'PWD') return literalText(this.cwd, from);
    return shellNames.has(name) ? opaque(`$${name}`, `${name} of the worker`, from) : undefined;
  }

  /** The value of a name nothing sets: kept as it is written, never an empty text. */
  unset(name: string, from: Provenance): TextValue {
    if (!this.facts.unsetNames.has(name)) this.facts.unsetNames.set(name, spanOf(from) ?? this.step.commandSpan);
    return opaque(`$${name}`, `nothing sets ${name}`, from);
  }

  /** Absolute path of the script's world for a path as written. */
  absolute(path: TextValue): string {
    const written = textKey(path);
    return normalise(written.startsWith('/') ? written : `${this.cwd}/${written}`);
  }

  /** The file of the legacy tree at an absolute path of the script's world. */
  treePath(absolute: string): RepoPath | undefined {
    if (absolute.startsWith(TREE)) return resolveRepoPath('', absolute.slice(TREE.length));
    const files = this.context.config.worker.files;
    const file = files !== undefined && Object.hasOwn(files, absolute) ? files[absolute] : undefined;
    return typeof file === 'string' ? resolveRepoPath('', file) : undefined;
  }

  problem(what: string, span: SourceSpan): void {
    this.facts.diagnostics.push(diagnose('LAUNCHER_NOT_UNDERSTOOD', { what }, { span, rule: this.rule }));
    this.facts.incomplete = true;
  }
}

export function treeFolder(workdir: string): string {
  return normalise(`${TREE}${workdir}`);
}

function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}
