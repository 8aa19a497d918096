import { formatPosition } from '../../core/source.ts';
import type { Origin, OutputFile } from '../../emit/types.ts';

/** One map for each file with origins: JSON pointer → where the value came from, and the rule that made it. One pointer a line, for people and grep; besides, what rules changed in pods on purpose. */
export function mapFiles(files: readonly OutputFile[]): readonly OutputFile[] {
  return files.flatMap((file) => (file.origins.size === 0 ? [] : [mapFile(file)]));
}

function mapFile(file: OutputFile): OutputFile {
  const lines = [...file.origins].map(
    ([pointer, origin]) => `    ${JSON.stringify(pointer)}: ${JSON.stringify(plainOrigin(origin))}`,
  );
  const accepted = (file.accepted ?? []).map((difference) => `    ${JSON.stringify(difference)}`);
  const list = accepted.length === 0 ? '' : `,\n  "accepted": [\n${accepted.join(',\n')}\n  ]`;
  const text = `{\n  "file": ${JSON.stringify(file.path)},\n  "origins": {\n${lines.join(',\n')}\n  }${list}\n}\n`;
  return {
    path: `.dig2argo/map/${file.path}.json`,
    text,
    origins: new Map(),
    ...(file.job === undefined ? {} : { job: file.job }),
  };
}

function plainOrigin({ span, rule }: Origin): Readonly<Record<string, string>> {
  return {
    source: formatPosition(span),
    end: `${span.end.line}:${span.end.col}`,
    ...(rule === undefined ? {} : { rule }),
  };
}
