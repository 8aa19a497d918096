import type { JobReport, Report } from '../types.ts';

/** The whole report. */
export function reportJson(report: Report): string {
  return json(report);
}

export function jobJson(job: JobReport): string {
  return json(job);
}

/** JSON knows no big integers; as text they lose no digit. */
function json(data: object): string {
  return `${JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 2)}\n`;
}
