/** Ends a switch over a union: a missing case does not compile, an impossible value at run time is a bug of ours. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
