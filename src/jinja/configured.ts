import type { Config } from '../config/schema.ts';
import { type Delimiters, defaultDelimiters, type JinjaOptions, jinjaPresets } from './environment.ts';

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
    delimiters: delimitersOf(jinja),
    linePrefixes: {
      ...(jinja.line_statement_prefix === undefined ? {} : { statement: jinja.line_statement_prefix }),
      ...(jinja.line_comment_prefix === undefined ? {} : { comment: jinja.line_comment_prefix }),
    },
  };
}

function delimitersOf(jinja: Config['jinja']): Delimiters {
  return {
    blockStart: jinja.block_start_string ?? defaultDelimiters.blockStart,
    blockEnd: jinja.block_end_string ?? defaultDelimiters.blockEnd,
    variableStart: jinja.variable_start_string ?? defaultDelimiters.variableStart,
    variableEnd: jinja.variable_end_string ?? defaultDelimiters.variableEnd,
    commentStart: jinja.comment_start_string ?? defaultDelimiters.commentStart,
    commentEnd: jinja.comment_end_string ?? defaultDelimiters.commentEnd,
  };
}
