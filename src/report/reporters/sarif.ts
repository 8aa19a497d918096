import { createHash } from 'node:crypto';
import type { Severity } from '../../core/diagnostic.ts';
import { jsonText } from '../../core/json-text.ts';
import { compareText, sortedBy } from '../../core/order.ts';
import { allFindings } from '../finding.ts';
import type { Report, ReportFinding, ReportPlace } from '../types.ts';
import { type Finding, groupFindings } from './group-findings.ts';

export interface SarifOptions {
  /** Version of the program. */
  readonly version: string;
  /** The tree that the places of the findings lie in. */
  readonly tree: 'legacy' | 'output';
  /** The file that a finding about a job, or about everything, is shown at: readers want a place for each. */
  readonly fallback: (finding: ReportFinding) => string;
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** All findings of a report as SARIF 2.1.0. */
export function reportSarif(report: Report): string {
  const firstFile = new Map(report.details.map((job) => [job.job, job.sources[0]?.file]));
  return findingsSarif(allFindings(report), {
    version: report.tool.version,
    tree: 'legacy',
    fallback: (finding) => firstFile.get(finding.job ?? '') ?? 'dig2argo.yaml',
  });
}

export function findingsSarif(findings: readonly ReportFinding[], options: SarifOptions): string {
  const groups = groupFindings(findings);
  const codes = [...new Set(groups.map(({ diagnostic }) => diagnostic.code))].sort(compareText);
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'dig2argo',
            semanticVersion: options.version,
            rules: codes.map((code) => descriptor(code, groups)),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: baseIds(groups, options),
        results: groups.map((group) => result(group, codes, options)),
      },
    ],
  };
  return jsonText(log);
}

/** What a code is called in lists of rules: the hint, which is the same wherever it is found, says most. */
function descriptor(code: string, groups: readonly Finding[]): object {
  const first = groups.find(({ diagnostic }) => diagnostic.code === code)?.diagnostic;
  const words = code.toLowerCase().replaceAll('_', ' ');
  return {
    id: code,
    name: code
      .toLowerCase()
      .split('_')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(''),
    shortDescription: { text: words },
    ...(first === undefined ? {} : { defaultConfiguration: { level: levels[first.severity] } }),
    help: { text: `${first?.hint ?? words}. See rules/diagnostics.md.` },
  };
}

function result({ diagnostic, where }: Finding, codes: readonly string[], options: SarifOptions): object {
  const { code, severity, span, hint, related, message } = diagnostic;
  const places = where.length === 0 ? '' : ` In ${where.join(', ')}.`;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: `${sentence(message)}${hint === undefined ? '' : ` To do: ${sentence(hint)}`}${places}` },
    locations: [{ physicalLocation: location(span, options.fallback(diagnostic), options) }],
    ...(related === undefined || related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, at) => ({
            id: at + 1,
            physicalLocation: location(each.span, '', options),
            message: { text: each.note === '' ? 'see also' : each.note },
          })),
        }),
    partialFingerprints: { 'dig2argo/v1': fingerprint(diagnostic) },
  };
}

/** The same finding keeps its fingerprint when lines move. */
function fingerprint({ code, span, message, job }: ReportFinding): string {
  return createHash('sha256')
    .update([code, span?.file ?? '', message, job ?? ''].join('\u0000'))
    .digest('hex');
}

function location(span: ReportPlace | undefined, fallback: string, options: SarifOptions): object {
  if (span === undefined) return { artifactLocation: artifact(fallback, options) };
  return { artifactLocation: artifact(span.file, options), region: region(span) };
}

/** Lines and columns count from 1, the end is exclusive; an empty range is a point, which has no end. */
function region({ start, end }: ReportPlace): object {
  const begin = { startLine: Math.max(1, start.line), startColumn: Math.max(1, start.col) };
  const empty = end.line < start.line || (end.line === start.line && end.col <= start.col);
  return empty ? begin : { ...begin, endLine: end.line, endColumn: Math.max(1, end.col) };
}

function artifact(file: string, options: SarifOptions): object {
  const [base, path] = split(file, options);
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: base };
}

/** Files of a further checkout are written `<source>:<path>`. */
function split(file: string, { tree }: SarifOptions): readonly [string, string] {
  const colon = file.indexOf(':');
  if (colon < 0) return [tree === 'legacy' ? 'LEGACY' : 'OUTPUT', file];
  return [
    `SOURCE_${file
      .slice(0, colon)
      .replaceAll(/[^A-Za-z0-9]/g, '_')
      .toUpperCase()}`,
    file.slice(colon + 1),
  ];
}

function baseIds(groups: readonly Finding[], options: SarifOptions): object {
  const files = groups.flatMap(({ diagnostic: { span, related } }) => [
    ...(span === undefined ? [] : [span.file]),
    ...(related ?? []).map((each) => each.span.file),
  ]);
  const bases = new Map([[options.tree === 'legacy' ? 'LEGACY' : 'OUTPUT', '']]);
  for (const file of files) bases.set(split(file, options)[0], file.slice(0, Math.max(0, file.indexOf(':'))));
  return Object.fromEntries(
    sortedBy(bases, ([base]) => base).map(([base, source]) => [
      base,
      {
        description: {
          text:
            base === 'LEGACY'
              ? 'the folder of the legacy platform'
              : base === 'OUTPUT'
                ? 'the folder that dig2argo wrote'
                : `the further checkout ${source}`,
        },
      },
    ]),
  );
}

function sentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(upper) ? upper : `${upper}.`;
}
