import { z } from 'zod';
import type { SourceSpan } from '../core/source.ts';
import type { OutputFile } from '../emit/types.ts';

/** A position in a legacy file, as maps write it: `file:line:col`. */
export interface MapPlace {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

export interface MapLink {
  readonly via: string;
  readonly name?: string;
  readonly at?: MapPlace;
}

export interface MapEntry {
  /** JSON pointer in the output file. */
  readonly pointer: string;
  /** The legacy text that the value comes from first of all; absent for what a rule or default adds. */
  readonly source?: MapPlace & { readonly endLine: number; readonly endCol: number };
  readonly rule?: string;
  readonly chain: readonly MapLink[];
}

/** Where each value of one output file comes from. */
export interface FileMap {
  readonly file: string;
  readonly entries: readonly MapEntry[];
  /** Differences from the legacy pods that rules made on purpose. */
  readonly accepted: readonly object[];
}

const mapSchema = z.object({
  file: z.string(),
  accepted: z.array(z.looseObject({})).exactOptional(),
  origins: z.record(
    z.string(),
    z.object({
      source: z.string().exactOptional(),
      end: z.string().exactOptional(),
      rule: z.string().exactOptional(),
      chain: z.array(z.object({ via: z.string(), name: z.string().exactOptional(), at: z.string().exactOptional() })),
    }),
  ),
});

type WrittenMap = z.infer<typeof mapSchema>;

export function fileMapOf(file: OutputFile): FileMap {
  return {
    file: file.path,
    accepted: file.accepted ?? [],
    entries: [...file.origins].map(([pointer, { span, rule, chain }]) => ({
      pointer,
      ...(span === undefined ? {} : { source: { ...mapPlace(span), endLine: span.end.line, endCol: span.end.col } }),
      ...(rule === undefined ? {} : { rule }),
      chain: chain.map(({ via, name, at }) => ({
        via,
        ...(name === undefined ? {} : { name }),
        ...(at === undefined ? {} : { at: mapPlace(at) }),
      })),
    })),
  };
}

function mapPlace({ file, start }: SourceSpan): MapPlace {
  return { file, line: start.line, col: start.col };
}

/** A map as it stands in `.dig2argo/map/<file>.json`: one pointer a line, for people and grep. */
export function writtenMap({ file, entries, accepted }: FileMap): string {
  const lines = entries.map(({ pointer, source, rule, chain }) => {
    const origin: WrittenMap['origins'][string] = {
      ...(source === undefined ? {} : { source: positionText(source), end: `${source.endLine}:${source.endCol}` }),
      ...(rule === undefined ? {} : { rule }),
      chain: chain.map(({ via, name, at }) => ({
        via,
        ...(name === undefined ? {} : { name }),
        ...(at === undefined ? {} : { at: positionText(at) }),
      })),
    };
    return `    ${JSON.stringify(pointer)}: ${JSON.stringify(origin)}`;
  });
  const differences = accepted.map((difference) => `    ${JSON.stringify(difference)}`);
  const list = differences.length === 0 ? '' : `,\n  "accepted": [\n${differences.join(',\n')}\n  ]`;
  return `{\n  "file": ${JSON.stringify(file)},\n  "origins": {\n${lines.join(',\n')}\n  }${list}\n}\n`;
}

export function positionText({ file, line, col }: MapPlace): string {
  return `${file}:${line}:${col}`;
}

/** A map read back; undefined where the text is none. */
export function readMap(text: string): FileMap | undefined {
  const parsed = mapSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { file, origins, accepted } = parsed.data;
  return {
    file,
    accepted: accepted ?? [],
    entries: Object.entries(origins).map(([pointer, { source, end, rule, chain }]) => {
      const place = source === undefined ? undefined : placeOf(source);
      const [endLine = 0, endCol = 0] = (end ?? '').split(':').map(Number);
      return {
        pointer,
        ...(place === undefined ? {} : { source: { ...place, endLine, endCol } }),
        ...(rule === undefined ? {} : { rule }),
        chain: chain.map(({ via, name, at }) => {
          const found = at === undefined ? undefined : placeOf(at);
          return { via, ...(name === undefined ? {} : { name }), ...(found === undefined ? {} : { at: found }) };
        }),
      };
    }),
  };
}

function placeOf(text: string): MapPlace | undefined {
  const match = /^(.+):(\d+):(\d+)$/.exec(text);
  return match === null ? undefined : { file: match[1] ?? '', line: Number(match[2]), col: Number(match[3]) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
