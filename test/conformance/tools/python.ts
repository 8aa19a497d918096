import { join } from 'node:path';
import { type Program, runOrThrow } from '../run-program.ts';
import { cachedFolder } from './cache-folder.ts';

const packages = ['jinja2==3.1.6', 'MarkupSafe==3.0.3', 'PyYAML==6.0.3'];

/** Python 3 with the pinned packages, in a virtual environment of its own. */
export async function findPython(): Promise<Program> {
  const system: Program = { file: 'python3', args: [] };
  const { stdout } = await runOrThrow(system, ['-c', 'import platform; print(platform.python_version())']);
  const name = ['python', stdout.trim(), ...packages.map((entry) => entry.replace('==', '-'))].join('-');
  // Only `bin/python3` is used: unlike the scripts beside it, it still works after the folder was renamed.
  const folder = await cachedFolder(name, async (target) => {
    await runOrThrow(system, ['-m', 'venv', target]);
    const inside: Program = { file: join(target, 'bin', 'python3'), args: [] };
    await runOrThrow(inside, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  });
  return { file: join(folder, 'bin', 'python3'), args: [] };
}

export async function describePython(program: Program): Promise<string> {
  const script =
    'import platform, jinja2, yaml; print(platform.python_version(), "jinja2", jinja2.__version__, "PyYAML", yaml.__version__)';
  const { stdout } = await runOrThrow(program, ['-c', script]);
  return `Python ${stdout.trim()}`;
}
