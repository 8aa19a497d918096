"""Plays one session of one workflow with Digdag's semantics, and collects its effects in order.

Only what the sample platforms use is known; anything else raises.
"""
import itertools
import json
import urllib.parse

import digdag_file
from digdag_file import deep_merge
from shell import RecordError, effects_of, env_text, load_manifest


class Player:
    def __init__(self, evaluator, shell, probe, builtins, failing_task=None):
        self.evaluator, self.shell, self.probe = evaluator, shell, probe
        self.builtins = builtins
        self.failing_task = failing_task
        self.effects = []
        self.runs = {}

    def play(self, root, name, folder):
        ok, _ = self.task(root, name, {}, folder, [])
        return ok

    # A task is played with the effects' tasks that must be finished before it, and answers
    # whether it succeeded and which tasks must be finished before what follows it.
    def task(self, config, name, exports, folder, before):
        exports = deep_merge(exports, config.get('_export', {}))
        retry = config.get('_retry', 0)
        if isinstance(retry, dict) and not set(retry) <= {'limit', 'interval', 'interval_type', 'max_interval'}:
            raise RecordError(f'{name}: {retry}')
        limit = retry['limit'] if isinstance(retry, dict) else retry
        for _ in range(limit + 1):
            ok, before = self.attempt(config, name, exports, folder, before)
            if ok:
                return True, before
        if '_error' in config:
            _, before = self.task(config['_error'], f'{name}^error', exports, folder, before)
        return False, before

    def attempt(self, config, name, exports, folder, before):
        operator = digdag_file.operator_of(config)
        if operator is None:
            return self.group(config, name, exports, folder, before)
        local = {key: value for key, value in config.items() if key not in ('_export', '_error', '_retry', '_do', '_else_do')}
        params = {**exports, **self.builtins, 'task_name': name, **local}
        only_local = [key for key in local if key not in exports and key not in self.builtins]
        values = self.evaluator.values(self.builtins['timezone'], params, only_local)
        if operator == 'sh>':
            return self.sh(values, name, folder, before)
        if operator == 'k8s_job>':
            return self.k8s_job(values, params, name, folder, before)
        if operator == 'if>':
            if '_do' not in config and '_else_do' not in config:
                raise RecordError(f'{name}: if> without _do and _else_do')
            body = config.get('_do' if truth(values[operator], name) else '_else_do')
            return self.task(body, f'{name}^sub', exports, folder, before) if body else (True, before)
        if operator == 'for_each>':
            return self.task(for_each(config, values), f'{name}^sub', exports, folder, before)
        if operator == 'call>':
            path = folder / (values[operator].removesuffix('.dig') + '.dig')
            _, root = digdag_file.load_workflow(path)
            return self.task(root, f'{name}^sub', exports, path.parent, before)
        raise RecordError(f'{name}: operator {operator} is not played')

    def group(self, config, name, exports, folder, before):
        children = [(key, value) for key, value in config.items() if key.startswith('+')]
        parallel = config.get('_parallel', False)
        if parallel is True:
            size = max(len(children), 1)
        elif isinstance(parallel, dict) and set(parallel) == {'limit'}:
            size = parallel['limit']
        elif parallel is False:
            size = 1
        else:
            raise RecordError(f'{name}: _parallel: {parallel}')
        for start in range(0, len(children), size):
            ends = []
            ok = True
            for key, child in children[start:start + size]:
                child_ok, child_ends = self.task(child, name + key, exports, folder, before)
                ok = ok and child_ok
                ends += [end for end in child_ends if end not in ends]
            before = ends
            if not ok:
                return False, before
        return True, before

    def add(self, name, before, effects):
        # Counted per task, so that retries of a group above it count too.
        self.runs[name] = self.runs.get(name, 0) + 1
        for effect in effects:
            entry = {'task': name, 'after': list(before)}
            if self.runs[name] > 1:
                entry['attempt'] = self.runs[name]
            self.effects.append({**entry, **effect})

    def sh(self, values, name, folder, before):
        script = values['sh>']
        outcome = 'failed' if name == self.failing_task else 'complete'
        status, events, _ = self.shell.run(script, values, folder, outcome)
        launches = any(words[0] in ('job', 'kube-job') for words, _ in events)
        wait = self.probe.wait_of(script, values, folder) if launches else None
        self.add(name, before, effects_of(script, values, events, wait))
        return status == 0, [name]

    def k8s_job(self, values, params, name, folder, before):
        """The platform's plug-in: expands ${…} in the file, creates the Job, waits for it to complete or fail."""
        text = (folder / values['k8s_job>']).read_text(encoding='utf-8')
        manifest = load_manifest(self.evaluator.text(self.builtins['timezone'], params, text))
        job = {
            'cluster': values['cluster'], 'namespace': manifest['metadata']['namespace'], 'manifest': manifest,
            'wait': {'timeout_seconds': values['timeout'], 'sees_failure': 'at_once'},
        }
        self.add(name, before, [{'job': job}])
        return name != self.failing_task, [name]


def truth(value, name):
    if value in (True, 'true'):
        return True
    if value in (False, 'false', ''):
        return False
    raise RecordError(f'{name}: if>: {value!r}')


def for_each(config, values):
    """The generated subtasks: the last key varies fastest."""
    axes = {}
    for key, items in values['for_each>'].items():
        axes[key] = json.loads(items) if isinstance(items, str) else items
    subtasks = {}
    if '_parallel' in config:
        subtasks['_parallel'] = values['_parallel']
    body = config['_do']
    for chosen in itertools.product(*[list(enumerate(items)) for items in axes.values()]):
        parts = [f'{position}={key[:8]}={index}={urllib.parse.quote_plus(env_text(key, item)[:8])}'
                 for position, (key, (index, item)) in enumerate(zip(axes, chosen, strict=True))]
        exported = {key: item for key, (_, item) in zip(axes, chosen, strict=True)}
        subtasks['+for-' + '&'.join(parts)] = {**body, '_export': {**body.get('_export', {}), **exported}}
    return subtasks
