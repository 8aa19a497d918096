"""Parses and renders each template once with one Environment, as the other side does; prints seconds of CPU and characters."""
import json
import sys
import time

import jinja2
import yaml

work = json.load(sys.stdin)
variables = yaml.safe_load(work["variables"])
environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)


def render(templates):
    started = time.process_time()
    texts = [environment.from_string(template).render(variables) for template in templates]
    return time.process_time() - started, texts


render(work["templates"][: work["warm"]])
seconds, texts = render(work["templates"])
print(json.dumps({"version": jinja2.__version__, "seconds": seconds, "texts": texts}))
