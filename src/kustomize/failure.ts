/** kustomize fails here too. */
export class BuildFailure extends Error {}

/** A feature that is not built here; nothing is said about what kustomize would do. */
export class BuildRefusal extends Error {}
