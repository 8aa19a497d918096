/** Stands in every report; equal to the version in package.json. */
export const TOOL_VERSION = '0.1.0';
