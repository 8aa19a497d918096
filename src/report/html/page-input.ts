import type { WrittenUnit } from '../../explain/accounting-file.ts';
import type { FileMap } from '../../explain/file-map.ts';
import type { PageLanguage } from '../page/data.ts';
import type { Report } from '../types.ts';

/** What the page is made of besides the report: the texts that it shows side by side. */
export interface PageInput {
  readonly report: Report;
  readonly language: PageLanguage;
  readonly legacy: (path: string) => string | undefined;
  readonly output: (path: string) => string | undefined;
  /** Where the values of an output file come from. */
  readonly map: (path: string) => FileMap | undefined;
  /** What became of each unit of a legacy file. */
  readonly units: (file: string) => readonly WrittenUnit[];
}
