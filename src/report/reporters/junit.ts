import { formatPosition } from '../../core/source.ts';
import type { Verdict } from '../../verify/effect.ts';
import type { Verification } from '../../verify/proof.ts';
import type { Report, ReportFinding } from '../types.ts';
import { groupFindings } from './group-findings.ts';

interface TestCase {
  readonly name: string;
  /** Shown as the class of the test. */
  readonly group: string;
  readonly outcome:
    | { readonly kind: 'passed'; readonly note?: string }
    | { readonly kind: 'failed'; readonly message: string; readonly detail: string }
    | { readonly kind: 'skipped'; readonly message: string };
}

/** One test for each finding of `lint`, and one that passes where there is none: a suite without tests looks like an error. */
export function lintJunit(findings: readonly ReportFinding[]): string {
  const groups = groupFindings(findings);
  const cases = groups.map(({ diagnostic }): TestCase => {
    const { code, span, message, hint, severity } = diagnostic;
    const place = span === undefined ? '' : formatPosition(span);
    return {
      name: `${code}${place === '' ? '' : ` ${place}`}`,
      group: span?.file ?? 'output',
      outcome:
        severity === 'info'
          ? { kind: 'passed', note: message }
          : { kind: 'failed', message, detail: [place, message, hint ?? ''].filter((part) => part !== '').join('\n') },
    };
  });
  return junit(
    'dig2argo lint',
    cases.length === 0 ? [{ name: 'no finding', group: 'output', outcome: { kind: 'passed' } }] : cases,
  );
}

/**
 * One test for each job, environment and start, one for its schedule, and one for what else is found. What cannot be
 * proved is skipped, with its reason.
 */
export function verifyJunit(jobs: Verification['jobs']): string {
  return junit(
    'dig2argo verify',
    jobs.flatMap(({ job, environment, rows, schedule, aids }): readonly TestCase[] => [
      ...rows.map(({ start, verdict }) => ({
        name: `${environment} ${start.targetDate === undefined ? start.sessionTime : `target_date ${start.targetDate}`}`,
        group: job,
        outcome: outcomeOf(verdict),
      })),
      ...(schedule.kind === 'none'
        ? []
        : [{ name: `${environment} schedule`, group: job, outcome: outcomeOf(schedule) }]),
      ...(aids.length === 0
        ? []
        : [
            {
              name: `${environment} everything else`,
              group: job,
              outcome: outcomeOf({ kind: 'differs', differences: aids }),
            },
          ]),
    ]),
  );
}

/** One test for each job of a conversion: it fails where the job needs work. */
export function reportJunit(report: Report): string {
  return junit(
    'dig2argo convert',
    report.details.map((job): TestCase => {
      const errors = job.diagnostics
        .filter((finding) => finding.severity === 'error')
        .map((finding) => finding.message);
      return {
        name: job.job,
        group: 'jobs',
        outcome:
          job.status === 'needs-work'
            ? { kind: 'failed', message: errors[0] ?? 'something is unaccounted for', detail: errors.join('\n') }
            : { kind: 'passed', note: job.status },
      };
    }),
  );
}

function outcomeOf(verdict: Verdict): TestCase['outcome'] {
  switch (verdict.kind) {
    case 'proved':
    case 'observed':
      return { kind: 'passed' };
    case 'proved-given':
      return { kind: 'passed', note: `given ${verdict.assumption}` };
    case 'not-provable':
      return { kind: 'skipped', message: verdict.reason };
    case 'differs':
      return {
        kind: 'failed',
        message: `${verdict.differences.length} differences`,
        detail: verdict.differences
          .map(({ path, legacy, argo }) => `${path}\n  Digdag: ${legacy}\n  Argo:   ${argo}`)
          .join('\n'),
      };
  }
}

function junit(name: string, cases: readonly TestCase[]): string {
  const groups = new Map<string, TestCase[]>();
  for (const each of cases) groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  const suites = [...groups].map(([group, members]) => {
    const tests = members.map(testcase).join('');
    return `  <testsuite name="${escaped(group)}" ${counts(members)}>\n${tests}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${escaped(name)}" ${counts(cases)}>\n${suites.join('')}</testsuites>\n`;
}

function counts(cases: readonly TestCase[]): string {
  const of = (kind: TestCase['outcome']['kind']): number => cases.filter(({ outcome }) => outcome.kind === kind).length;
  return `tests="${cases.length}" failures="${of('failed')}" errors="0" skipped="${of('skipped')}"`;
}

function testcase({ name, group, outcome }: TestCase): string {
  const head = `    <testcase name="${escaped(name)}" classname="${escaped(group)}"`;
  switch (outcome.kind) {
    case 'passed':
      return outcome.note === undefined
        ? `${head}/>\n`
        : `${head}>\n      <system-out>${escaped(outcome.note)}</system-out>\n    </testcase>\n`;
    case 'skipped':
      return `${head}>\n      <skipped message="${escaped(outcome.message)}"/>\n    </testcase>\n`;
    case 'failed':
      return `${head}>\n      <failure message="${escaped(outcome.message)}">${escaped(outcome.detail)}</failure>\n    </testcase>\n`;
  }
}

/** XML knows no control characters but tab and line ends, not even escaped. */
function escaped(text: string): string {
  return text
    .replaceAll(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\r\n\t]/g, (found) => `&#${found.charCodeAt(0)};`);
}
