import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import fg from 'fast-glob';
import { parse } from 'yaml';
import type { Plain } from '../../src/verify/effect.ts';

/** One effect that the legacy platform was seen to have; the form is described in test/conformance/record/README.md. */
export interface RecordedEffect {
  readonly task: string;
  readonly after: readonly string[];
  readonly attempt?: number;
  readonly job?: { readonly cluster: string; readonly namespace: string; readonly manifest: Plain };
  readonly notify?: { readonly via: string; readonly to: string; readonly text: string };
  readonly command?: { readonly script: string };
}

export interface Recording {
  readonly file: string;
  readonly workflow: string;
  readonly environment: string;
  readonly session_time: string;
  readonly failing_task?: string;
  readonly effects: readonly RecordedEffect[];
}

/** What real bash, Python Jinja2 and stand-ins for the tools recorded for samples/shop-batch. */
export function recordings(): readonly Recording[] {
  return fg
    .sync('samples/shop-batch/expected/*/*.yaml')
    .sort()
    .map((path) => ({
      file: `${path.split('/').at(-2) ?? ''}/${basename(path)}`,
      ...(parse(readFileSync(path, 'utf8'), { schema: 'yaml-1.1', version: '1.1' }) as Omit<Recording, 'file'>),
    }));
}
