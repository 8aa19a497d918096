/** The reason that marks a text as read from the clock of the worker when the launcher ran. */
export const WORKER_CLOCK = "the worker's clock";
/** The reason that marks a text as read from the clock when the templates were rendered. */
export const BUILD_CLOCK = 'the clock at the time of rendering';
