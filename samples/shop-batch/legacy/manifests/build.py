#!/usr/bin/env python3
"""Renders the Job manifests of one environment: build.py ENV [OUT]

CI runs this for every environment and pushes build/ to the batch-manifests repository.
"""
import pathlib
import sys

import jinja2
import yaml

HERE = pathlib.Path(__file__).resolve().parent


def main():
    env_name = sys.argv[1]
    out = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else HERE / 'build') / env_name
    out.mkdir(parents=True, exist_ok=True)

    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(HERE)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # 後の方が優先 (トップレベルのキー単位で上書き。ネストはマージしない)
    variables = {}
    for name in ('common', env_name):
        variables.update(yaml.safe_load((HERE / 'vars' / f'{name}.yaml').read_text(encoding='utf-8')))

    for path in sorted((HERE / 'templates').glob('*.yaml.j2')):
        text = env.get_template(f'templates/{path.name}').render(**variables)
        (out / path.name[:-len('.j2')]).write_text(text, encoding='utf-8')


if __name__ == '__main__':
    main()
