/** What a value is known to be; `any` is what a template hands in. */
export type JsType = 'text' | 'number' | 'float' | 'boolean' | 'none' | 'list' | 'map' | 'any';

/** A piece of JavaScript that stands on its own: operators around it need no further brackets, or have them. */
export interface Typed {
  readonly js: string;
  readonly type: JsType;
}

/** Thrown inside the translation of one function, caught at its border; the message says what stands in the way. */
export class Untranslatable extends Error {}

export function jsString(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}

/** Texts and values one after another, as a template literal prints them. */
export function joined(pieces: readonly (string | Typed)[]): Typed {
  const text = pieces.map((piece) => {
    if (typeof piece === 'string') return piece.replaceAll(/[\\`]|\$(?=\{)/g, '\\$&');
    return `\${${printed(piece)}}`;
  });
  return pieces.every((piece) => typeof piece === 'string')
    ? { js: jsString(pieces.join('')), type: 'text' }
    : { js: `\`${text.join('')}\``, type: 'text' };
}

/** How Python prints it, where that is known to be how JavaScript does. */
export function printed({ js, type }: Typed): string {
  if (type === 'boolean') return `${js} ? 'True' : 'False'`;
  if (type === 'float') throw new Untranslatable('a float, which Python prints in its own way');
  if (type === 'none' || type === 'list' || type === 'map')
    throw new Untranslatable(`a ${type === 'none' ? 'None' : type} is printed`);
  return js;
}
