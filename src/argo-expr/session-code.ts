/** A session expression that has no exact equal in Argo. */
export class NotWritable extends Error {}

/** Source text of an expr-lang expression, and what it yields. */
export interface Code {
  readonly text: string;
  readonly yields: 'string' | 'int' | 'bool';
  /** True where the text must stand in parentheses beside an operator or before an index. */
  readonly loose: boolean;
}

export function tight(code: Code): string {
  return code.loose ? `(${code.text})` : code.text;
}

export function asText(code: Code): Code {
  return code.yields === 'string' ? code : { text: `string(${code.text})`, yields: 'string', loose: false };
}

/** A text in quotes. `}}` would end the tag, and `{{` would begin one in a later pass. */
export function quoted(text: string): string {
  if (text.includes('{{')) throw new NotWritable('the text holds {{');
  if (/[\x00-\x08\x0b-\x1f\x7f]/.test(text)) throw new NotWritable('the text holds a control character');
  const escaped = text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return `'${escaped}'`.replace(/\}(?=\})/g, "}' + '");
}

export function textCode(text: string): Code {
  return { text: quoted(text), yields: 'string', loose: text.includes('}}') };
}

export function joined(parts: readonly Code[]): Code {
  const [first, ...rest] = parts;
  if (first === undefined) return textCode('');
  if (rest.length === 0) return first;
  return { text: parts.map((part) => tight(asText(part))).join(' + '), yields: 'string', loose: true };
}
