"""Answers of real Jinja2: one case per line in, one `expect` per line out (the formats of test/vectors)."""
import json
import sys
import traceback
import warnings

import jinja2

warnings.simplefilter("ignore")
KINDS = {
    "default": jinja2.Undefined,
    "strict": jinja2.StrictUndefined,
    "chainable": jinja2.ChainableUndefined,
    "debug": jinja2.DebugUndefined,
}


def typed(value):
    if isinstance(value, list):
        return [typed(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$f" in value:
        return float(value["$f"])
    if "$i" in value:
        return int(value["$i"])
    pairs = value["$d"] if "$d" in value else value.items()
    return {typed(key): typed(item) for key, item in pairs}


def line_of(error):
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.lineno
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return frames[-1].lineno if frames else 1


def answer(case):
    options = dict(case["options"])
    options["undefined"] = KINDS[options.get("undefined", "default")]
    loader = jinja2.DictLoader({**case["templates"], "main": case["template"]})
    try:
        environment = jinja2.Environment(loader=loader, **options)
        return {"ok": True, "out": environment.get_template("main").render(typed(case["context"]))}
    except Exception as error:  # whatever a template can raise is an answer
        return {"ok": False, "err": type(error).__name__, "msg": str(error), "line": line_of(error)}


sys.setrecursionlimit(1000)
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=False)
