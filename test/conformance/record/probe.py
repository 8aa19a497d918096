"""Finds out how a launcher waits by letting its Job fail, and by letting it run for ever."""
from shell import RecordError


class Probe:
    def __init__(self, shell):
        self.shell = shell
        self.known = {}

    def wait_of(self, script, params, folder):
        words = script.split()
        # A project script waits in its own way whatever it starts; a ready-made program waits as its flags say.
        key = words[0] if '/' in words[0] else ' '.join(word for word in words if word.startswith('--timeout='))
        if key not in self.known:
            self.known[key] = self.measure(script, params, folder)
        return dict(self.known[key])

    def measure(self, script, params, folder):
        status, _, limit = self.shell.run(script, params, folder, 'running')
        if limit is not None and status == 0:
            raise RecordError(f'{script}: does not wait')
        failed_status, _, seen_after = self.shell.run(script, params, folder, 'failed')
        if failed_status == 0:
            sees_failure = 'never'
        elif limit is not None and limit > 0 and seen_after == limit:
            sees_failure = 'at_timeout'
        else:
            sees_failure = 'at_once'
        wait = {} if limit is None else {'timeout_seconds': limit}
        return {**wait, 'sees_failure': sees_failure}
