import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { findingOf } from '../../../src/report/finding.ts';
import { githubAnnotations } from '../../../src/report/reporters/github.ts';
import { lintJunit, reportJunit, verifyJunit } from '../../../src/report/reporters/junit.ts';
import { findingsSarif, reportSarif } from '../../../src/report/reporters/sarif.ts';
import type { JobReport, ReportFinding } from '../../../src/report/types.ts';
import { samples } from '../../generated.ts';
import { errorIn, jobOf, placeIn, reportOf, warningIn } from './fixture.ts';

const schema: Record<string, unknown> = JSON.parse(
  readFileSync('test/unit/report/sarif/sarif-schema-2.1.0.json', 'utf8'),
);
// The schema is of draft 4; nothing in it but `id` means something else today.
const { $schema: _, id: __, ...today } = schema;
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addFormat('uri', (text) => URL.canParse(text));
ajv.addFormat('uri-reference', (text) => URL.canParse(text, 'file:///legacy/'));
ajv.addFormat('date-time', () => false);
const validate = ajv.compile(today);

interface Sarif {
  readonly runs: readonly [
    {
      readonly originalUriBaseIds: Record<string, unknown>;
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly message: { readonly text: string };
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
              readonly region?: Record<string, number>;
            };
          },
        ];
      }[];
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    },
  ];
}

function checked(text: string): Sarif {
  const log: Sarif = JSON.parse(text);
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log;
}

describe('SARIF', () => {
  test.each(samples)('of %s is valid, and each result names its rule and a place', (sample) => {
    const { runs } = checked(readFileSync(`reports/${sample}/out/reports/dig2argo.sarif`, 'utf8'));
    const [{ results, tool, originalUriBaseIds }] = runs;
    expect(results.length).toBeGreaterThan(0);
    for (const { ruleId, ruleIndex, locations, message } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      const { artifactLocation, region } = locations[0].physicalLocation;
      expect(originalUriBaseIds).toHaveProperty(artifactLocation.uriBaseId);
      expect(artifactLocation.uri).not.toBe('');
      expect(message.text).not.toBe('');
      for (const [name, value] of Object.entries(region ?? {})) expect(value, name).toBeGreaterThanOrEqual(1);
    }
  });

  test('of findings with unusual places is valid too', () => {
    const point = { ...placeIn('a b/日本.dig'), end: placeIn('a b/日本.dig').start };
    const findings: readonly ReportFinding[] = [
      findingOf(diagnose('PROJECT_EMPTY', {})),
      findingOf(diagnose('YAML_TAB', {}, { span: point })),
      findingOf(diagnose('YAML_TAB', {}, { span: { ...placeIn('x.dig'), file: repoPath('manifests:a/b.j2') } })),
      findingOf(
        diagnose('YAML_DUPLICATE_KEY', { key: 'a' }, { span: point, related: [{ span: placeIn('y.dig'), note: '' }] }),
      ),
    ];
    const { runs } = checked(reportSarif(reportOf([], { diagnostics: findings })));
    const places = runs[0].results.map(({ locations }) => locations[0].physicalLocation);
    expect(places.map(({ artifactLocation: { uri, uriBaseId } }) => `${uriBaseId} ${uri}`)).toEqual([
      'LEGACY dig2argo.yaml',
      'LEGACY a%20b/%E6%97%A5%E6%9C%AC.dig',
      'SOURCE_MANIFESTS a/b.j2',
      'LEGACY a%20b/%E6%97%A5%E6%9C%AC.dig',
    ]);
    // An empty range is a point: it has a start and no end.
    expect(places[1]?.region).toEqual({ startLine: 2, startColumn: 3 });
    expect(places[2]?.region).toEqual({ startLine: 2, startColumn: 3, endLine: 2, endColumn: 9 });
  });

  test('a finding of several environments is one result that names them', () => {
    const findings = ['dev', 'prd'].map((environment) => errorIn('a.dig', 'sales', environment));
    const options = { version: '1', tree: 'legacy', fallback: () => 'x' } as const;
    const [{ results }] = checked(findingsSarif(findings, options)).runs;
    expect(results.map(({ message }) => message.text)).toEqual([expect.stringMatching(/In sales \(dev, prd\)\.$/)]);
  });

  test('a finding without a place is shown at a file of its job', () => {
    const found = findingOf(diagnose('FLOW_NOTHING_TO_RUN', {}, { job: 'sales' }));
    const job = jobOf('sales', { sources: [placeIn('digdag/prd/sales.dig')], diagnostics: [found] });
    const [{ results }] = checked(reportSarif(reportOf([job]))).runs;
    expect(results[0]?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'digdag/prd/sales.dig', uriBaseId: 'LEGACY' },
    });
  });
});

describe('GitHub annotations', () => {
  test('name the file from the top of the repository; the gravest come first', () => {
    const text = githubAnnotations([warningIn('a.dig'), errorIn('b.dig', 'sales', 'prd')], (file) => `legacy/${file}`);
    const [first = '', second = ''] = text.split('\n');
    expect(first).toMatch(
      /^::error file=legacy\/b\.dig,line=2,endLine=2,col=3,endColumn=9,title=DIG_INCLUDE_MISSING::the included file x\.dig/,
    );
    expect(first).toMatch(/%0AIn sales \(prd\)$/);
    expect(second).toMatch(/^::warning file=legacy\/a\.dig,/);
  });

  test('keep their form whatever the texts hold', () => {
    const found: ReportFinding = { ...errorIn('a,b:c.dig'), message: '100 %\nof ::it::', hint: 'no\r' };
    const text = githubAnnotations([found], (file) => file);
    expect(text.split('\n')).toHaveLength(2);
    expect(text).toContain('file=a%2Cb%3Ac.dig,');
    expect(text).toContain('100 %25%0Aof ::it::%0ATo do: no%0D');
  });

  test('of several lines have no columns', () => {
    const { span, ...found } = errorIn('a.dig');
    const long = { ...placeIn('a.dig'), end: { offset: 14, line: 3, col: 1 } };
    expect(span).toBeDefined();
    expect(githubAnnotations([{ ...found, span: long }], (file) => file)).toContain('line=2,endLine=3,title=');
  });
});

describe('JUnit', () => {
  const rows: JobReport['proof'] = (['proved', 'differs', 'not-provable'] as const).map((kind) => ({
    job: 'sales',
    environment: 'prd',
    start: { environment: 'prd', sessionTime: '2026-03-01T00:00:00+09:00', creationTime: '' },
    verdict:
      kind === 'differs'
        ? { kind, differences: [{ path: 'manifest.spec', legacy: 'a<b', argo: 'a&b' }] }
        : kind === 'not-provable'
          ? { kind, reason: 'a "reason"' }
          : { kind },
  }));

  const verified = {
    job: 'sales',
    name: 'sales',
    environment: 'prd',
    rows: [],
    schedule: { kind: 'none' },
    aids: [],
    accepted: [],
    unreached: [],
    injected: 0,
  } as const;

  test('of verify: a schedule that differs and what is found besides fail too', () => {
    const differences = [{ path: 'at', legacy: 'a', argo: 'b' }];
    const text = verifyJunit([
      { ...verified, schedule: { kind: 'differs', fires: 9, differences }, aids: differences },
    ]);
    expect(text).toContain('<testsuites name="dig2argo verify" tests="2" failures="2" errors="0" skipped="0">');
    expect(text).toContain('<testcase name="prd schedule" classname="sales">');
    expect(text).toContain('<testcase name="prd everything else" classname="sales">');
    expect(verifyJunit([{ ...verified, schedule: { kind: 'proved', fires: 9 } }])).toContain(
      'name="prd schedule" classname="sales"/>',
    );
  });

  test('of verify: differences fail, what cannot be proved is skipped', () => {
    expect(verifyJunit([{ ...verified, rows }])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="dig2argo verify" tests="3" failures="1" errors="0" skipped="1">
  <testsuite name="sales" tests="3" failures="1" errors="0" skipped="1">
    <testcase name="prd 2026-03-01T00:00:00+09:00" classname="sales"/>
    <testcase name="prd 2026-03-01T00:00:00+09:00" classname="sales">
      <failure message="1 differences">manifest.spec&#10;  Digdag: a&lt;b&#10;  Argo:   a&amp;b</failure>
    </testcase>
    <testcase name="prd 2026-03-01T00:00:00+09:00" classname="sales">
      <skipped message="a &quot;reason&quot;"/>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  test('of lint: a finding fails, a note passes, and nothing found is one test that passes', () => {
    expect(lintJunit([errorIn('cron/a/base/workflow.yaml')])).toContain('tests="1" failures="1"');
    expect(lintJunit([{ ...errorIn('a'), severity: 'info' }])).toContain('tests="1" failures="0"');
    expect(lintJunit([])).toContain('tests="1" failures="0"');
  });

  test('of a conversion: a job that needs work fails', () => {
    const jobs = [jobOf('a'), jobOf('b', { status: 'needs-work', diagnostics: [errorIn('b.dig', 'b')] })];
    const text = reportJunit(reportOf(jobs));
    expect(text).toContain('tests="2" failures="1"');
    expect(text).toContain('<failure message="the included file x.dig does not exist">');
  });

  test('holds no character that XML forbids', () => {
    const text = lintJunit([{ ...errorIn('a'), message: 'a\u0000b\ud800c\u001bd' }]);
    expect(text).toContain('a\ufffdb\ufffdc\ufffdd');
  });
});
