import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runMain } from '../../src/cli/run-main.ts';
import type { Services } from '../../src/cli/services.ts';

export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A temporary folder in which the program is called. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'dig2argo-test-'));

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** All files below a folder, sorted. */
  files(folder: string): readonly string[] {
    return readdirSync(join(this.folder, folder), { recursive: true, withFileTypes: true })
      .flatMap((entry) =>
        entry.isDirectory() ? [] : [join(entry.parentPath, entry.name).slice(join(this.folder, folder).length + 1)],
      )
      .sort();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async run(services: Services, ...argv: string[]): Promise<CliRun> {
    const texts = { out: '', err: '' };
    const code = await runMain(
      argv,
      {
        out: (text) => {
          texts.out += text;
        },
        err: (text) => {
          texts.err += text;
        },
        colorOut: false,
        colorErr: false,
        interactive: false,
        columns: 100,
        cwd: this.folder,
      },
      services,
    );
    return { code, ...texts };
  }
}
