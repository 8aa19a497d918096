/** The real evaluator fails here: an error in the strict pass, text left as it is in the lenient one. */
export class ExpressionError extends Error {}

/** The text does not parse; the real evaluator fails in both passes. */
export class SyntaxFailure extends ExpressionError {}

/** Outside the subset that is evaluated here; nothing is said about what Argo would do. */
export class Refusal extends Error {}
