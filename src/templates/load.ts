import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';

/**
 * Texts of our own, beside this file. Nothing of a legacy platform is ever rendered here: nunjucks is not Jinja2, and
 * what comes in is data only.
 */
const environment = new nunjucks.Environment(null, {
  autoescape: false,
  throwOnUndefined: true,
  trimBlocks: true,
  lstripBlocks: true,
});

const texts = new Map<string, string>();

export function loadTemplate(name: string, context: Readonly<Record<string, unknown>>): string {
  return environment.renderString(readText(name), context);
}

/** A text of ours as it stands beside this file. */
export function readText(name: string): string {
  const known = texts.get(name) ?? readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
  texts.set(name, known);
  return known;
}
