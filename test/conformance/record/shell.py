"""Runs the command of a `sh>` task under real bash, with stand-ins for the programs that reach out."""
import json
import os
import pathlib
import re
import shlex
import subprocess
import tempfile

import job_fields

HERE = pathlib.Path(__file__).resolve().parent
EPOCH = 1700000000
# kube-job appends five random characters.
RANDOM_SUFFIX = 'xxxxx'


class RecordError(Exception):
    pass


def env_text(name, value):
    if value is None:
        raise RecordError(f"Parameter '{name}' is required but null")
    if isinstance(value, str):
        return value
    return json.dumps(value, separators=(',', ':'), ensure_ascii=False)


class Shell:
    def __init__(self, build, downloads, worker_env):
        self.build, self.downloads, self.worker_env = build, downloads, worker_env

    def run(self, script, params, cwd, outcome='complete'):
        """Exit status, events [(words, manifest text or None)], virtual seconds (None: it never ended)."""
        with tempfile.TemporaryDirectory(prefix='record-') as folder:
            state = pathlib.Path(folder)
            for name in ('events', 'jobs', 'tmp'):
                (state / name).mkdir()
            (state / 'clock').write_text('0\n')
            (state / 'polls').write_text('0\n')
            env = {name: env_text(name, value) for name, value in params.items() if re.fullmatch(r'[A-Za-z_][A-Za-z0-9_]*', name)}
            env = {
                **self.worker_env, **env,
                'PATH': f"{HERE / 'bin'}:/usr/local/bin:/usr/bin:/bin", 'HOME': folder, 'TMPDIR': str(state / 'tmp'), 'LC_ALL': 'C.UTF-8',
                'RECORD_DIR': folder, 'RECORD_BUILD': str(self.build), 'RECORD_DOWNLOADS': '\n'.join(self.downloads),
                'RECORD_EPOCH': str(EPOCH), 'RECORD_OUTCOME': outcome,
            }
            done = subprocess.run(['bash', '-c', script], cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True,
                                  text=True, start_new_session=True, check=False)
            if (state / 'unknown').exists():
                raise RecordError(f"{script}: no stand-in for: {(state / 'unknown').read_text().strip()}")
            if done.returncode == 127 or (outcome == 'complete' and done.returncode != 0):
                raise RecordError(f'{script}: exit {done.returncode}\n{done.stderr}')
            events = []
            for path in sorted((state / 'events').glob('*.args')):
                manifest = path.with_suffix('.file')
                words = path.read_bytes().decode().split('\0')[:-1]
                events.append((words, manifest.read_text(encoding='utf-8') if manifest.exists() else None))
            seconds = None if (state / 'forever').exists() else int((state / 'clock').read_text())
            return done.returncode, events, seconds


def load_manifest(text):
    documents = [document for document in job_fields.load_all(text) if document is not None]
    if len(documents) != 1:
        raise RecordError(f'{len(documents)} objects in one manifest')
    job_fields.check(documents[0])
    return documents[0]


def job_of(words, text):
    """The job part of an effect: what was applied, where."""
    manifest = load_manifest(text)
    declared = manifest['metadata'].get('namespace')
    if words[0] == 'job':
        cluster, project, namespace = words[1:]
        if declared not in (None, namespace):
            raise RecordError(f'the namespace of the object ({declared}) does not match -n {namespace}')
        return {'cluster': cluster, 'project': project, 'namespace': namespace, 'manifest': manifest}
    config, container, args = words[1:]
    manifest['metadata']['name'] += '-' + RANDOM_SUFFIX
    [target] = [item for item in manifest['spec']['template']['spec']['containers'] if item['name'] == container]
    if args:
        target['args'] = shlex.split(args)
    return {'cluster': os.path.basename(config), 'namespace': declared or 'default', 'manifest': manifest}


def effects_of(script, params, events, wait):
    """The effects of one run of a command. A command is either a launcher, a notification, or plain."""
    kinds = {words[0] for words, _ in events}
    if kinds & {'job', 'kube-job'}:
        if len(events) != 1:
            raise RecordError(f'a launcher with other effects: {script}')
        return [{'job': {**job_of(*events[0]), 'wait': wait}}]
    if 'post' in kinds:
        if kinds != {'post'}:
            raise RecordError(f'a notification with other effects: {script}')
        bodies = [json.loads(words[2]) for words, _ in events]
        return [{'notify': {'via': 'slack', 'to': body['channel'], 'text': body['text']}} for body in bodies]
    read = sorted(set(re.findall(r'\$\{?([A-Za-z_][A-Za-z0-9_]*)', script)) & set(params))
    calls = [words[1:] for words, _ in events]
    return [{'command': {'script': script, 'env': {name: env_text(name, params[name]) for name in read}, 'calls': calls}}]
