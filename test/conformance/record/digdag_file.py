"""Reads a .dig file as Digdag's loader does: its YAML dialect, `!include :`, and the keys a task may have."""
import pathlib
import re

import yaml

GROUP_KEYS = {'timezone', 'schedule', 'sla', '_parallel', '_background', '_after', '_error', '_check', '_retry', '_export', '_secrets'}
TOP_KEYS = {'timezone', '_export', 'schedule', 'sla', '_error', '_check', '_retry', '_parallel'}
PLAYED_DIRECTIVES = {'_export', '_error', '_retry', '_parallel', '_do', '_else_do'}
TASK_NAME = re.compile(r'\+[A-Za-z_0-9\-=\[\]{}%&@`,.]+')


class DigError(Exception):
    pass


class DigLoader(yaml.SafeLoader):
    """SnakeYAML with Digdag's resolver: no timestamps, no base-60 integers, only true and false are booleans."""


DigLoader.yaml_implicit_resolvers = {}
DigLoader.add_implicit_resolver('tag:yaml.org,2002:bool', re.compile(r'^(?:true|True|false|False)$'), list('tTfF'))
DigLoader.add_implicit_resolver(
    'tag:yaml.org,2002:int',
    re.compile(r'^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+)$'), list('-+0123456789'))
DigLoader.add_implicit_resolver(
    'tag:yaml.org,2002:float',
    re.compile(r'^(?:[-+]?[1-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[1-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9_]+)$'), list('-+123456789.'))
DigLoader.add_implicit_resolver('tag:yaml.org,2002:null', re.compile(r'^(?:~|null|Null|NULL|)$'), ['~', 'n', 'N', ''])
# Read differently by SnakeYAML: merge keys, base-60 floats, infinities, a negative float without a leading digit.
UNPLAYED_SCALAR = re.compile(r'<<|[-+]?[0-9][0-9:]*:[0-9]+\.[0-9]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|-\.[0-9]+')


def deep_merge(low, high):
    merged = dict(low)
    for key, value in high.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = deep_merge(merged[key], value)
        else:
            merged[key] = value
    return merged


def construct_mapping(loader, node):
    result, own = {}, set()
    for key_node, value_node in node.value:
        for scalar in (key_node, value_node):
            if isinstance(scalar, yaml.ScalarNode) and scalar.style is None and UNPLAYED_SCALAR.fullmatch(scalar.value):
                raise DigError(f'{loader.name}:{scalar.start_mark.line + 1}: {scalar.value} is not played')
        value = loader.construct_object(value_node, deep=True)
        if key_node.tag == '!include':
            folder = pathlib.Path(loader.name).parent
            if '..' in pathlib.PurePosixPath(value).parts:
                raise DigError(f'{loader.name}: !include leaves its folder: {value}')
            for key, item in load_yaml(folder / value).items():
                both = isinstance(item, dict) and isinstance(result.get(key), dict)
                result[key] = deep_merge(result[key], item) if both else item
            continue
        key = loader.construct_object(key_node)
        if key is None or key in own:
            raise DigError(f'{loader.name}:{key_node.start_mark.line + 1}: duplicate or null key {key!r}')
        own.add(key)
        result[str(key)] = value
    return result


DigLoader.add_constructor('tag:yaml.org,2002:map', construct_mapping)


def load_yaml(path):
    with open(path, encoding='utf-8', newline='') as stream:
        tree = yaml.load(stream, DigLoader)
    if not isinstance(tree, dict):
        raise DigError(f'{path}: not a mapping')
    return tree


def operator_of(task):
    operators = [key for key in task if key.endswith('>')]
    if len(operators) > 1:
        raise DigError(f'more than one operator: {operators}')
    return operators[0] if operators else None


def check_task(task, where):
    if not isinstance(task, dict) or not task:
        raise DigError(f'{where}: a task must be a mapping')
    children = [key for key in task if key.startswith('+')]
    for child in children:
        if not TASK_NAME.fullmatch(child):
            raise DigError(f'{where}: bad task name {child}')
        check_task(task[child], where + child)
    if operator_of(task):
        if children:
            raise DigError(f'{where}: a task with an operator cannot have subtasks')
        unplayed = [key for key in task if key.startswith('_') and key not in PLAYED_DIRECTIVES]
    else:
        unplayed = [key for key in task if not key.startswith('+') and key not in GROUP_KEYS & PLAYED_DIRECTIVES]
    if unplayed:
        raise DigError(f'{where}: keys this player does not know: {unplayed}')
    for key in ('_error', '_do', '_else_do'):
        if key in task:
            check_task(task[key], f'{where}^{key[1:]}')


def load_workflow(path):
    """The top-level keys of a workflow and its root task."""
    tree = load_yaml(path)
    unknown = [key for key in tree if not key.startswith('+') and key not in TOP_KEYS]
    if unknown:
        raise DigError(f'{path}: unknown keys {unknown}')
    root = {key: value for key, value in tree.items() if key not in ('timezone', 'schedule')}
    check_task(root, '+' + path.stem)
    return tree, root
