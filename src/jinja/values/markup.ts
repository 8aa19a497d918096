import { isText, textOf } from './types.ts';
import { Markup, type Plain } from './value.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '>': '&gt;',
  '<': '&lt;',
  "'": '&#39;',
  '"': '&#34;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&><'"]/g, (char) => entities[char] ?? char);
}

/** markupsafe.escape() of a text: Markup stays as it is. */
export function escapeText(value: Plain): string {
  if (value instanceof Markup) return value.text;
  return isText(value) ? escapeHtml(textOf(value)) : '';
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** html.unescape for the entities that occur in manifests. */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|([a-z]+));/g, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return named[name] ?? whole;
  });
}
