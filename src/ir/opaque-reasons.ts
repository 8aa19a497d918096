/** The reason that marks a text as read from the clock of the worker when the launcher ran. */
export const WORKER_CLOCK = "the worker's clock";
