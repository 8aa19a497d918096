import type { Config } from '../config/schema.ts';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { indexLines } from '../core/source.ts';
import type { PyBody, PyExpr, PyStatement } from '../python/syntax.ts';
import { expressionsIn, lastName, plainString, statementsIn } from '../python/walk.ts';
import type { BuildScript } from './build-script.ts';

type Jinja = Config['jinja'];
type Settings = Partial<Omit<Jinja, 'preset' | 'env' | 'filters' | 'tests' | 'globals'>>;

const flags = ['trim_blocks', 'lstrip_blocks', 'keep_trailing_newline'] as const;
const texts = [
  'block_start_string',
  'block_end_string',
  'variable_start_string',
  'variable_end_string',
  'comment_start_string',
  'comment_end_string',
  'line_statement_prefix',
  'line_comment_prefix',
] as const;
const undefinedKinds: Readonly<Record<string, NonNullable<Jinja['undefined']>>> = {
  StrictUndefined: 'strict',
  ChainableUndefined: 'chainable',
  DebugUndefined: 'debug',
  Undefined: 'default',
};
/** What changes no byte of a manifest. */
const harmless: ReadonlySet<string> = new Set([
  'loader',
  'cache_size',
  'auto_reload',
  'bytecode_cache',
  'optimized',
  'enable_async',
]);

/** The options that the build script gives its Environment, by their names in dig2argo.yaml; others are reported. */
export function scriptSettings(script: BuildScript, sink: DiagnosticSink): Settings {
  const made: Settings = {};
  const lines = indexLines(script.module);
  for (const [option, value] of script.options) {
    if (harmless.has(option) || hasNoEffect(option, value)) continue;
    if (!read(made, option, value))
      sink.add(
        diagnose(
          'JINJA_SCRIPT_OPTION',
          { option, value: script.module.text.slice(value.start, value.end) },
          { span: lines.span(value.start, value.end) },
        ),
      );
  }
  if (mergesDeeply(script.module.body)) made.merge = 'deep';
  if (script.searchPath.length > 0) made.search_path = [...script.searchPath];
  return made;
}

/** Variables are put together by a library or a function whose name says so, or by one that calls itself for what lies inside. */
function mergesDeeply(body: PyBody): boolean {
  const statements = statementsIn(body);
  const byName = statements
    .flatMap(expressionsIn)
    .some(
      (expr) => expr.kind === 'call' && /deep_?(?:merge|update)|(?:merge|update)_?deep/i.test(fullName(expr.called)),
    );
  return byName || statements.some((statement) => statement.kind === 'def' && mergesInside(statement));
}

function mergesInside({ name, body, parameters }: Extract<PyStatement, { kind: 'def' }>): boolean {
  return (
    parameters.length > 1 &&
    /merge|update|overlay|combine/i.test(name) &&
    statementsIn(body)
      .flatMap(expressionsIn)
      .some((expr) => expr.kind === 'call' && lastName(expr.called) === name)
  );
}

/** `deepmerge.always_merger.merge` */
function fullName(expr: PyExpr): string {
  return expr.kind === 'attribute' ? `${fullName(expr.of)}.${expr.name}` : (lastName(expr) ?? '');
}

function read(made: Settings, option: string, value: PyExpr): boolean {
  const flag = flags.find((each) => each === option);
  if (flag !== undefined) {
    if (value.kind !== 'constant' || value.value === null) return false;
    made[flag] = value.value;
    return true;
  }
  const text = texts.find((each) => each === option);
  if (text !== undefined) {
    const given = plainString(value);
    if (given !== undefined && given !== '') made[text] = given;
    return given !== undefined && given !== '';
  }
  if (option === 'undefined') {
    const kind = undefinedKinds[lastName(value) ?? ''];
    if (kind !== undefined) made.undefined = kind;
    return kind !== undefined;
  }
  if (option !== 'extensions' || value.kind !== 'list') return false;
  const names = value.items.map((item) => plainString(item) ?? lastName(item));
  const known = names.flatMap((name) => {
    const found =
      /^(?:jinja2\.ext\.)?(do|loopcontrols|loop_controls|LoopControlExtension|ExprStmtExtension|i18n)$/.exec(
        name ?? '',
      )?.[1];
    return found === undefined ? [] : [extensionNames[found] ?? found];
  });
  made.extensions = known;
  return known.length === names.length;
}

const extensionNames: Readonly<Record<string, string>> = {
  loop_controls: 'loopcontrols',
  LoopControlExtension: 'loopcontrols',
  ExprStmtExtension: 'do',
};

/** `autoescape=False`, and `select_autoescape()`, which leaves alone what is not named HTML or XML. */
function hasNoEffect(option: string, value: PyExpr): boolean {
  if (value.kind === 'constant' && value.value === null) return true;
  if (option === 'newline_sequence') return plainString(value) === '\n';
  if (option !== 'autoescape') return false;
  if (value.kind === 'constant') return value.value === false;
  return value.kind === 'call' && lastName(value.called) === 'select_autoescape' && value.args.length === 0;
}
