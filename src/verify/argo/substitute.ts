import { evaluateTemplate, type TemplateOptions } from '../../argo-expr/template.ts';
import type { Plain } from '../effect.ts';
import { isList, isMap } from './data.ts';

/** The simulation cannot say what Argo would do. */
export class PlayRefusal extends Error {}

/** Argo ends the node with an error. */
export class PlayError extends Error {}

/** The controller tries again and again: the run never ends, and its exit handler never runs. */
export class PlayHang extends Error {}

/**
 * Replaces tags in every text of a value, keys included. Argo does this on the value's JSON, so that braces that one text
 * leaves open would reach into the next; such texts are refused.
 */
export function substitute(value: Plain, params: ReadonlyMap<string, string>, options: TemplateOptions): Plain {
  if (typeof value === 'string') return substituteText(value, params, options);
  if (isList(value)) return value.map((item) => substitute(item, params, options));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      substituteText(key, params, options),
      substitute(item, params, options),
    ]),
  );
}

function substituteText(text: string, params: ReadonlyMap<string, string>, options: TemplateOptions): string {
  if (!text.includes('{{')) return text;
  if (text.lastIndexOf('{{') > text.lastIndexOf('}}')) throw new PlayRefusal(`braces that are not closed: ${text}`);
  const result = evaluateTemplate(text, params, options);
  if (result.kind === 'refused') throw new PlayRefusal(`${result.why}: ${text}`);
  // A step or task that nothing will ever give a value to is waited for.
  if (
    result.kind === 'error' &&
    options.strictRoots !== undefined &&
    /^failed to resolve|is missing$/.test(result.message)
  )
    throw new PlayHang(result.message);
  if (result.kind === 'error') throw new PlayError(result.message);
  return result.text;
}
