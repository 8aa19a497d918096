import type { OutputFile } from '../../emit/types.ts';
import { fileMapOf, writtenMap } from '../../explain/file-map.ts';

/** One map for each file with origins: where each of its values came from; besides, what rules changed in pods on purpose. */
export function mapFiles(files: readonly OutputFile[]): readonly OutputFile[] {
  return files.flatMap((file) => (file.origins.size === 0 ? [] : [mapFile(file)]));
}

function mapFile(file: OutputFile): OutputFile {
  return {
    path: `.dig2argo/map/${file.path}.json`,
    text: writtenMap(fileMapOf(file)),
    origins: new Map(),
    ...(file.job === undefined ? {} : { job: file.job }),
  };
}
