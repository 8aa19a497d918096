export type PyErrorKind =
  | 'TemplateSyntaxError'
  /** From Python's compiler, for what Jinja2 hands on unseen. */
  | 'SyntaxError'
  | 'TemplateAssertionError'
  | 'TemplateRuntimeError'
  | 'TemplateNotFound'
  | 'TemplatesNotFound'
  | 'UndefinedError'
  | 'FilterArgumentError'
  | 'TypeError'
  | 'ValueError'
  | 'AttributeError'
  | 'KeyError'
  | 'IndexError'
  | 'ZeroDivisionError'
  | 'OverflowError'
  | 'AssertionError'
  | 'RuntimeError'
  | 'RecursionError'
  | 'UnicodeError'
  | 'StopIteration'
  /** Not Python's: our limits on output, iterations and sizes. */
  | 'LimitError'
  /** Not Python's: a feature that depends on clock, chance or the machine. */
  | 'ClockError'
  /** Not Python's: an operation that needs a date which is known only in a session. */
  | 'SymbolicError'
  /** Not Python's: something Python prints or does that is not reproduced here. */
  | 'UnsupportedError';

/** Inside the interpreter an error of the template is thrown as Python throws it; `render.ts` makes a diagnostic of it. */
export class PyError extends Error {
  readonly kind: PyErrorKind;
  line: number | undefined;
  template: string | undefined;
  /** Only for UndefinedError: the name that was missing. */
  readonly missing: string | undefined;
  constructor(kind: PyErrorKind, message: string, at: { line?: number; template?: string; missing?: string } = {}) {
    super(message);
    this.kind = kind;
    this.line = at.line;
    this.template = at.template;
    this.missing = at.missing;
  }
}

export function typeError(message: string): PyError {
  return new PyError('TypeError', message);
}

export function valueError(message: string): PyError {
  return new PyError('ValueError', message);
}
