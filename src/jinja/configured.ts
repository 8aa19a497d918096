import type { Config } from '../config/schema.ts';
import { type JinjaOptions, jinjaPresets } from './environment.ts';

/** The preset that the configuration names, with what it sets besides. */
export function jinjaOptions(jinja: Config['jinja']): JinjaOptions {
  const preset = jinjaPresets[jinja.preset];
  return {
    ...preset,
    trimBlocks: jinja.trim_blocks ?? preset.trimBlocks,
    lstripBlocks: jinja.lstrip_blocks ?? preset.lstripBlocks,
    keepTrailingNewline: jinja.keep_trailing_newline ?? preset.keepTrailingNewline,
    undefined: jinja.undefined ?? preset.undefined,
    extensions: jinja.extensions ?? preset.extensions,
  };
}
