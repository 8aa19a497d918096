import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { type Inspection, inspectProject } from '../pipeline/inspect.ts';
import { convert } from '../pipeline/run.ts';
import type { Conversion, ConvertOptions } from '../pipeline/types.ts';

/** What the commands ask of the pipeline. */
export interface Services {
  convert(host: Host, options: ConvertOptions): Promise<Conversion>;
  inspect(host: Host, sink: DiagnosticSink, afresh?: boolean): Inspection;
}

export const services: Services = { convert, inspect: inspectProject };
