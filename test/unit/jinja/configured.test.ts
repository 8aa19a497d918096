import { expect, test } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { jinjaOptions } from '../../../src/jinja/configured.ts';
import { findings, renderProject } from './project.ts';

const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, string, string])[] = [
  [
    'delimiters',
    {
      block_start_string: '<%',
      block_end_string: '%>',
      variable_start_string: '[[',
      variable_end_string: ']]',
      comment_start_string: '<#',
      comment_end_string: '#>',
    },
    '<# no #><% if n > 1 %>[[ n ]] {{ n }}<% endif %>',
    '2 {{ n }}',
  ],
  [
    'only one pair of them',
    { variable_start_string: '${', variable_end_string: '}' },
    '{% if n %}${ n }{% endif %}',
    '2',
  ],
  [
    'line statements and comments',
    { line_statement_prefix: '%%', line_comment_prefix: '##' },
    '%% for i in range(n):\n- {{ i }} ## item\n%% endfor\nend',
    '- 0\n- 1\nend',
  ],
];

test.each(cases)('%s of the configuration', (_, jinja, template, want) => {
  const options = jinjaOptions(configSchema.parse({ jinja }).jinja);
  const { rendered, sink } = renderProject({ main: template }, 'n: 2\n', options);
  expect(findings(sink)).toEqual([]);
  expect(rendered?.text).toBe(want);
});
