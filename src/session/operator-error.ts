import type { ConfigMap } from '../expr/config-value.ts';
import type { Failure } from './types.ts';

/** Ends an operator. Caught where operators are run. */
export class OperatorError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** A ConfigException of Digdag. */
export function configError(message: string): never {
  throw new OperatorError({ kind: 'config', message });
}

export function loggedMessage(failure: Failure): string {
  return failure.kind === 'plain' ? failure.message : `${failure.message} (${failure.kind})`;
}

/** The `error` parameter of `_error` tasks. The stack trace is Digdag's own; only that there is one can be known. */
export function errorParameter(failure: Failure): ConfigMap {
  const message: readonly [string, string] = ['message', loggedMessage(failure)];
  return new Map(failure.kind === 'plain' ? [message] : [message, ['stacktrace', '<stacktrace>']]);
}
