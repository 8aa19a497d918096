"""What yaml.safe_load makes of each text: one JSON string per line in, one typed value or error per line out."""
import base64
import datetime
import json
import math
import sys

import yaml


def typed(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return {"$i": str(value)}
    if isinstance(value, float):
        return {"$f": "nan" if math.isnan(value) else repr(value)}
    if isinstance(value, datetime.datetime):
        return {"$datetime": str(value)}
    if isinstance(value, datetime.date):
        return {"$date": str(value)}
    if isinstance(value, bytes):
        return {"$b": base64.b64encode(value).decode()}
    if isinstance(value, tuple):
        return {"$t": [typed(item) for item in value]}
    if isinstance(value, list):
        return [typed(item) for item in value]
    if isinstance(value, set):
        return {"$s": sorted(json.dumps(typed(item)) for item in value)}
    return {"$d": [[typed(key), typed(item)] for key, item in value.items()]}


for line in sys.stdin:
    try:
        print(json.dumps({"value": typed(yaml.safe_load(json.loads(line)))}))
    except Exception as error:  # whatever PyYAML raises is an answer
        print(json.dumps({"error": type(error).__name__, "message": str(error)}))
