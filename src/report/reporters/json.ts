import { jsonText } from '../../core/json-text.ts';
import type { JobReport, Report } from '../types.ts';

/** The whole report. */
export function reportJson(report: Report): string {
  return jsonText(report);
}

export function jobJson(job: JobReport): string {
  return jsonText(job);
}

/** JSON knows no big integers; as text they lose no digit. */
