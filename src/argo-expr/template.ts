import { checkNatures } from './check.ts';
import { expandParameters, missingNames } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { goJson } from './go-json.ts';
import { parseAnyGoTime } from './go-time-parse.ts';
import { ExpressionError, Refusal, SyntaxFailure } from './outcome.ts';
import { parseExpression } from './parser.ts';
import type { GoValue } from './value.ts';

export interface TemplateOptions {
  /** The controller's lenient pass: what cannot be resolved yet stays as it is. */
  readonly allowUnresolved?: boolean;
  /** In the lenient pass, names of these roots must be resolved all the same (`steps`, `tasks`). */
  readonly strictRoots?: readonly string[];
  /** What `now()` gives, RFC 3339; without it expressions that read the clock are refused. */
  readonly now?: string;
}

export type TemplateResult =
  | { readonly kind: 'text'; readonly text: string }
  /** Argo fails here; `message` says why in our words. */
  | { readonly kind: 'error'; readonly message: string }
  /** The text uses what this evaluator does not know; it says nothing about what Argo would do. */
  | { readonly kind: 'refused'; readonly why: string };

/**
 * Substitutes `{{name}}` and `{{=expression}}` in a text as Argo's controller does.
 * @see argo-workflows util/template
 */
export function evaluateTemplate(
  text: string,
  params: ReadonlyMap<string, string>,
  options: TemplateOptions = {},
): TemplateResult {
  try {
    return { kind: 'text', text: substitute(text, params, options) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', why: error.message };
    if (error instanceof ExpressionError) return { kind: 'error', message: error.message };
    throw error;
  }
}

function substitute(text: string, params: ReadonlyMap<string, string>, options: TemplateOptions): string {
  const [head = '', ...rest] = text.split('{{');
  let done = head;
  let open: string | undefined;
  for (const part of rest) {
    // An opening mark inside a tag belongs to the tag: tags end at the first closing mark.
    const piece: string = open === undefined ? part : `${open}{{${part}`;
    const end = piece.indexOf('}}');
    if (end < 0) {
      open = piece;
      continue;
    }
    open = undefined;
    done += tagText(piece.slice(0, end), params, options) + piece.slice(end + 2);
  }
  if (open !== undefined) throw new ExpressionError('cannot find the end of a tag');
  return done;
}

function tagText(tag: string, params: ReadonlyMap<string, string>, options: TemplateOptions): string {
  return tag.startsWith('=') ? expressionText(tag, params, options) : simpleText(tag, params, options);
}

function simpleText(tag: string, params: ReadonlyMap<string, string>, options: TemplateOptions): string {
  const name = tag.trim();
  const value = params.get(name);
  if (value !== undefined) return escaped(value);
  const nested = tag.lastIndexOf('{{');
  const inner = nested > 0 ? params.get(tag.slice(nested + 2)) : undefined;
  if (inner !== undefined) return `{{${tag.slice(0, nested)}${escaped(inner)}`;
  if (mustResolve(name, options)) throw new ExpressionError(`failed to resolve {{${tag}}}`);
  return `{{${tag}}}`;
}

/** Argo writes values into JSON by Go's quoting, which for some control characters is no JSON. */
function escaped(value: string): string {
  if (/[\x00-\x07\x0b\x0e-\x1f\x7f]/.test(value))
    throw new ExpressionError('a control character makes the result invalid JSON');
  if (/[\u{10000}-\u{10ffff}]/u.test(value) && /\p{C}/u.test(value.replace(/[\t\n\r\f\b]/g, '')))
    throw new Refusal('unprintable characters');
  return value;
}

function mustResolve(name: string, options: TemplateOptions): boolean {
  if (options.allowUnresolved !== true) return true;
  return (options.strictRoots ?? []).some((root) => name === root || name.startsWith(`${root}.`));
}

function expressionText(tag: string, params: ReadonlyMap<string, string>, options: TemplateOptions): string {
  const expression = parseExpression(tag.slice(1));
  const environment = expandParameters(params);
  const missing = missingNames(expression, environment);
  const wanted = missing.find((name) => mustResolve(name, options));
  if (wanted !== undefined) throw new ExpressionError(`${wanted} is missing`);
  // With strict roots, what has all its names must also succeed.
  const lenient = options.allowUnresolved === true && (options.strictRoots === undefined || missing.length > 0);
  if (lenient && missing.some((name) => lateNames.has(name))) return `{{${tag}}}`;
  try {
    checkNatures(expression, environment);
    const value = evaluate(expression, {
      environment,
      ...(options.now === undefined ? {} : { now: { kind: 'time', time: parseAnyGoTime(options.now) } }),
    });
    if (value.kind === 'nil') throw new ExpressionError('the expression yields nil');
    return resultText(value);
  } catch (error) {
    if (lenient && error instanceof ExpressionError && !(error instanceof SyntaxFailure)) return `{{${tag}}}`;
    throw error;
  }
}

/** Names that come to be known only later; without them the lenient pass leaves an expression alone. */
const lateNames: ReadonlySet<string> = new Set([
  'item',
  'retries',
  'lastRetry.exitCode',
  'lastRetry.status',
  'lastRetry.duration',
  'lastRetry.message',
  'workflow.status',
  'workflow.failures',
]);

/** Texts and times arrive bare, everything else as JSON. */
function resultText(value: GoValue): string {
  if (value.kind === 'string' && /[\ud800-\udfff]/u.test(value.value)) throw new Refusal('half a character');
  if (value.kind === 'string') return value.value;
  const json = goJson(value);
  return value.kind === 'time' ? json.slice(1, -1) : json;
}
