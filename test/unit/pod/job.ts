import { parse, stringify } from 'yaml';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { messageOf } from '../../../src/core/messages.ts';
import { formatPosition } from '../../../src/core/source.ts';
import type { PodInput } from '../../../src/rules/builtin/pod/context.ts';
import { jobToTemplate } from '../../../src/rules/builtin/pod/job-to-template.ts';
import type { PodTemplate } from '../../../src/rules/types.ts';
import { plain, podInput, value } from './fixture.ts';

export interface Converted {
  readonly template: PodTemplate | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it by path
  readonly body: any;
  readonly codes: readonly string[];
  readonly messages: readonly string[];
  readonly positions: readonly string[];
}

interface JobText {
  /** Fields of the Job's spec beside its template. */
  readonly job?: string;
  /** Fields of the pod spec beside restartPolicy and containers. */
  readonly pod?: string;
  /** Fields of the main container beside name, image and command. */
  readonly main?: string;
  /** Further containers. */
  readonly others?: string;
  readonly metadata?: string;
  readonly podMetadata?: string;
  readonly restartPolicy?: string;
}

/** Converts a Job with one container, changed and extended by pieces of YAML. */
export function convert(pieces: JobText, input: Partial<PodInput> = {}): Converted {
  const of = (yaml: string | undefined): object => (yaml === undefined ? {} : (parse(yaml) as object));
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'load', ...of(pieces.metadata) },
    spec: {
      backoffLimit: 0,
      ...of(pieces.job),
      template: {
        ...(pieces.podMetadata === undefined ? {} : { metadata: of(pieces.podMetadata) }),
        spec: {
          restartPolicy: pieces.restartPolicy ?? 'Never',
          containers: [
            { name: 'main', image: 'example.test/load:1', command: ['/app/load'], ...of(pieces.main) },
            ...((pieces.others === undefined ? [] : parse(pieces.others)) as object[]),
          ],
          ...of(pieces.pod),
        },
      },
    },
  };
  return convertYaml(stringify(job), input);
}

export function convertYaml(yaml: string, input: Partial<PodInput> = {}): Converted {
  const sink = new DiagnosticList();
  const template = jobToTemplate(value(yaml), podInput(sink, input));
  return {
    template,
    body: plain(template?.body),
    codes: sink.items.map((it) => it.code),
    messages: sink.items.map(messageOf),
    positions: sink.items.map((it) => (it.span === undefined ? '' : formatPosition(it.span))),
  };
}
