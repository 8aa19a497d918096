/** An engine's error text as Digdag's engine (GraalJS) words it, where the two can be matched. */
export function digdagMessage(message: string): string {
  return message
    .replace(/^ReferenceError: '(.*)' is not defined$/, 'ReferenceError: $1 is not defined')
    .replace(
      /^TypeError: cannot read property '(.*)' of (undefined|null)$/,
      "TypeError: Cannot read property '$1' of $2",
    );
}
