"""Talks to evaluate.cjs: one node process per time zone."""
import json
import os
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent


class EvaluationError(Exception):
    pass


class Evaluator:
    def __init__(self):
        self.processes = {}

    def ask(self, zone, request):
        if zone not in self.processes:
            self.processes[zone] = subprocess.Popen(
                ['node', str(HERE / 'evaluate.cjs')], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                text=True, encoding='utf-8', env={**os.environ, 'TZ': zone})
        process = self.processes[zone]
        process.stdin.write(json.dumps(request) + '\n')
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        if 'error' in answer:
            raise EvaluationError(answer['error'])
        return answer

    def values(self, zone, params, local=()):
        return self.ask(zone, {'entries': list(params.items()), 'local': list(local)})['values']

    def text(self, zone, params, text):
        return self.ask(zone, {'entries': list(params.items()), 'local': [], 'text': text})['text']

    def close(self):
        for process in self.processes.values():
            process.stdin.close()
            process.wait()
            process.stdout.close()
