#!/usr/bin/env python3
"""Records what a legacy platform starts: record.py --platform DIR --out DIR [--check]

DIR of --platform holds record.yaml (environments, worker, downloads, sessions) and legacy/. Manifests are rendered by
the platform's own build.py, launchers run under real bash. With --check nothing is written: the answer is a diff
against --out, and exit status 1 if there is one.
"""
import argparse
import difflib
import pathlib
import shutil
import subprocess
import sys
import tempfile

import yaml

sys.dont_write_bytecode = True

from block_yaml import dump
from digdag_file import load_workflow
from evaluator import Evaluator
from player import Player
from probe import Probe
from session import built_ins
from shell import Shell, load_manifest


def render(platform, environments, build):
    script = platform / 'legacy' / 'manifests' / 'build.py'
    for environment in environments:
        subprocess.run([sys.executable, '-B', str(script), environment, str(build)], check=True)
    for path in sorted(build.glob('*/*.yaml')):
        try:
            load_manifest(path.read_text(encoding='utf-8'))
        except Exception as error:
            # Names and namespaces may still hold run-time macros here; everything else must be right already.
            if 'job name' not in str(error):
                raise


def has_key(tree, key):
    if isinstance(tree, dict):
        return key in tree or any(has_key(value, key) for value in tree.values())
    return False


def record_workflow(path, environment, times, reference, evaluator, shell, probe):
    workflow, root = load_workflow(path)

    def play(time, failing_task=None):
        player = Player(evaluator, shell, probe, built_ins(workflow, time), failing_task)
        ok = player.play(root, '+' + path.stem, path.parent)
        result = {'workflow': path.stem, 'environment': environment, 'session_time': time}
        if failing_task:
            result['failing_task'] = failing_task
        return {**result, 'succeeded': ok, 'effects': player.effects}

    for time in times:
        name = f"{path.stem}@{time.replace(':', '')}"
        recorded = play(time)
        yield f'{name}.yaml', recorded
        if time == times[0] and environment == reference and (has_key(root, '_error') or has_key(root, '_retry')):
            first = next(effect['task'] for effect in recorded['effects'] if 'job' in effect)
            yield f'{name}.failing.yaml', play(time, first)


def record(platform, out):
    settings = yaml.load((platform / 'record.yaml').read_text(encoding='utf-8'), yaml.BaseLoader)
    evaluator = Evaluator()
    with tempfile.TemporaryDirectory(prefix='record-build-') as folder:
        build = pathlib.Path(folder)
        render(platform, settings['environments'], build)
        shell = Shell(build, settings['downloads'], settings['worker_env'])
        probe = Probe(shell)
        seen = set()
        for environment in settings['environments']:
            (out / environment).mkdir(parents=True)
            for path in sorted((platform / 'legacy' / 'digdag' / environment).glob('*.dig')):
                seen.add(path.stem)
                times = settings['sessions'][path.stem]
                if isinstance(times, dict):
                    times = times[environment]
                for name, recorded in record_workflow(path, environment, times, settings['reference'], evaluator, shell, probe):
                    (out / environment / name).write_text(dump(recorded), encoding='utf-8')
        if seen != set(settings['sessions']):
            raise SystemExit(f"record.yaml names workflows that do not exist: {sorted(set(settings['sessions']) - seen)}")
    evaluator.close()


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_text(encoding='utf-8') for path in sorted(folder.rglob('*.yaml'))}


def differences(expected, actual):
    for name in sorted(expected.keys() | actual.keys()):
        before, after = expected.get(name, ''), actual.get(name, '')
        if before != after or (name in expected) != (name in actual):
            yield from difflib.unified_diff(before.splitlines(True), after.splitlines(True), f'recorded/{name}', f'now/{name}')


def missing_programs():
    return [name for name in ('bash', 'node', 'sed', 'envsubst') if shutil.which(name) is None]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--platform', type=pathlib.Path, required=True)
    parser.add_argument('--out', type=pathlib.Path, required=True)
    parser.add_argument('--check', action='store_true')
    options = parser.parse_args()
    if missing_programs():
        raise SystemExit(f"record.py needs: {', '.join(missing_programs())} (envsubst is part of gettext)")
    platform = options.platform.resolve()
    with tempfile.TemporaryDirectory(prefix='record-out-') as folder:
        fresh = pathlib.Path(folder) / 'expected'
        record(platform, fresh)
        if options.check:
            found = list(differences(files_of(options.out), files_of(fresh)))
            sys.stdout.writelines(found)
            return 1 if found else 0
        shutil.rmtree(options.out, ignore_errors=True)
        shutil.copytree(fresh, options.out)
    return 0


if __name__ == '__main__':
    sys.exit(main())
