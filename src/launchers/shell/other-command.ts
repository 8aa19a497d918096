/** Why a command that has nothing to do with the Job is not in the workflow; reported for each. */
export const OTHER_COMMAND = 'is no part of starting the Job; reported as lost';
