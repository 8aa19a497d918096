import { type Program, runOrThrow } from '../run-program.ts';
import { installGoCommand } from './go-program.ts';

export const kustomizeVersion = 'v5.8.2';

/** kustomize from PATH where it is the wanted version, else installed, else the one inside kubectl. */
export async function findKustomize(): Promise<Program> {
  const onPath: Program = { file: 'kustomize', args: [] };
  if ((await versionOf(onPath)) === kustomizeVersion) return onPath;
  try {
    return await installGoCommand('sigs.k8s.io/kustomize/kustomize/v5', kustomizeVersion, 'kustomize');
  } catch (failure) {
    const kubectl: Program = { file: 'kubectl', args: ['kustomize'] };
    try {
      await runOrThrow(kubectl, ['--help']);
      return kubectl;
    } catch {
      throw failure;
    }
  }
}

/** The version as `v5.8.2`, or undefined where the program cannot be started. */
async function versionOf(program: Program): Promise<string | undefined> {
  try {
    const { stdout } = await runOrThrow(program, ['version']);
    return stdout.match(/v\d+\.\d+\.\d+/)?.[0];
  } catch {
    return undefined;
  }
}

/** Whether it is the wanted version, not the one inside kubectl. */
export function isWantedVersion(program: Program): boolean {
  return program.args.length === 0;
}

/** The arguments that build a folder: `kubectl kustomize` has no sub-command `build`. */
export function buildArguments(program: Program, folder: string): readonly string[] {
  return isWantedVersion(program) ? ['build', folder] : [folder];
}

export async function describeKustomize(program: Program): Promise<string> {
  if (isWantedVersion(program)) return `kustomize ${(await versionOf(program)) ?? '(unknown version)'}`;
  const { stdout } = await runOrThrow({ file: program.file, args: [] }, ['version', '--client']);
  return `kubectl kustomize ${stdout.match(/Kustomize Version: (\S+)/)?.[1] ?? '(unknown version)'}, not ${kustomizeVersion}`;
}
