/** The library: the same as the command line, as functions that return files, report and findings and write nothing. */
export type { Diagnostic, DiagnosticCode, Severity } from './core/diagnostic.ts';
export type { Host } from './core/host.ts';
export { messageOf } from './core/messages.ts';
export { type RepoPath, repoPath, type SourceFile, type SourceSpan } from './core/source.ts';
export type { OutputFile } from './emit/types.ts';
export { folderHost, memoryHost } from './pipeline/host.ts';
export { convert } from './pipeline/run.ts';
export type { Conversion, ConvertOptions } from './pipeline/types.ts';
export type { JobReport, JobStatus, Report } from './report/types.ts';
