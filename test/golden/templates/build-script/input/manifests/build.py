#!/usr/bin/env python3
"""build.py ENV: renders every template of this folder to build/ENV."""
import pathlib
import sys

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import signing

HERE = pathlib.Path(__file__).parent


def mib(n):
    return f"{n // 1024}Gi" if n % 1024 == 0 else f"{n}Mi"


def merge(base, over):
    for key, value in over.items():
        base[key] = merge(base[key], value) if isinstance(value, dict) and isinstance(base.get(key), dict) else value
    return base


env = Environment(
    loader=FileSystemLoader(HERE),
    block_start_string="<%", block_end_string="%>",
    variable_start_string="<<", variable_end_string=">>",
    comment_start_string="<#", comment_end_string="#>",
    trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    undefined=StrictUndefined,
)
env.filters["mib"] = mib
env.filters["sign"] = signing.sign

name = sys.argv[1]
variables = yaml.safe_load((HERE / "vars/common.yaml").read_text())
merge(variables, yaml.safe_load((HERE / f"vars/{name}.yaml").read_text()))
out = HERE / "build" / name
out.mkdir(parents=True, exist_ok=True)
for template in sorted(HERE.glob("*.yaml.j2")):
    text = env.get_template(template.name).render(**variables)
    (out / template.name[: -len(".j2")]).write_text(text)
