"""Checks that a manifest is a batch/v1 Job by its field names and types, as far as the samples use them."""
import re

import yaml


class FieldError(Exception):
    pass


class ManifestLoader(yaml.SafeLoader):
    """kubectl's reading: no timestamps, only true and false are booleans."""


ManifestLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in pairs if not tag.endswith((':timestamp', ':bool'))]
    for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
ManifestLoader.add_implicit_resolver('tag:yaml.org,2002:bool', re.compile(r'^(?:true|True|TRUE|false|False|FALSE)$'), list('tTfF'))


def construct_mapping(loader, node):
    keys = [key.value for key, _ in node.value]
    if len(keys) != len(set(keys)):
        raise FieldError(f'duplicate key in {keys}')
    return {loader.construct_object(key): loader.construct_object(value, deep=True) for key, value in node.value}


ManifestLoader.add_constructor('tag:yaml.org,2002:map', construct_mapping)


def load_all(text):
    return list(yaml.load_all(text, ManifestLoader))


NAMES = {'*': str}
REF = {'name': str, 'key': str}
METADATA = {'name': str, 'namespace': str, 'labels': NAMES, 'annotations': NAMES}
QUANTITIES = {'cpu': (str, int), 'memory': str}
CONTAINER = {
    'name': str, 'image': str, 'imagePullPolicy': str, 'command': [str], 'args': [str],
    'env': [{'name': str, 'value': str,
             'valueFrom': {'secretKeyRef': REF, 'configMapKeyRef': REF, 'fieldRef': {'fieldPath': str}}}],
    'envFrom': [{'configMapRef': {'name': str}, 'secretRef': {'name': str}}],
    'ports': [{'name': str, 'containerPort': int}],
    'resources': {'requests': QUANTITIES, 'limits': QUANTITIES},
    'securityContext': {'runAsUser': int, 'allowPrivilegeEscalation': bool, 'capabilities': {'drop': [str]}},
    'volumeMounts': [{'name': str, 'mountPath': str, 'readOnly': bool}],
}
VOLUME = {
    'name': str, 'emptyDir': {'medium': str, 'sizeLimit': str}, 'secret': {'secretName': str},
    'configMap': {'name': str, 'defaultMode': int}, 'persistentVolumeClaim': {'claimName': str},
}
AFFINITY = {'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution': {
    'nodeSelectorTerms': [{'matchExpressions': [{'key': str, 'operator': str, 'values': [str]}]}]}}}
POD = {
    'restartPolicy': str, 'serviceAccountName': str, 'shareProcessNamespace': bool, 'nodeSelector': NAMES, 'affinity': AFFINITY,
    'tolerations': [{'key': str, 'operator': str, 'value': str, 'effect': str}],
    'securityContext': {'runAsUser': int, 'runAsGroup': int, 'fsGroup': int},
    'initContainers': [CONTAINER], 'containers': [CONTAINER], 'volumes': [VOLUME],
}
JOB = {
    'apiVersion': str, 'kind': str, 'metadata': METADATA,
    'spec': {'backoffLimit': int, 'activeDeadlineSeconds': int, 'ttlSecondsAfterFinished': int,
             'template': {'metadata': METADATA, 'spec': POD}},
}


def walk(value, shape, path):
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            raise FieldError(f'{path}: {value!r} is not an object')
        for key, item in value.items():
            if key not in shape and '*' not in shape:
                raise FieldError(f'{path}.{key}: unknown field')
            walk(item, shape.get(key, shape.get('*')), f'{path}.{key}')
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise FieldError(f'{path}: {value!r} is not a list')
        for index, item in enumerate(value):
            walk(item, shape[0], f'{path}[{index}]')
    elif not isinstance(value, shape) or (isinstance(value, bool) and shape is int):
        raise FieldError(f'{path}: {value!r} has the wrong type')


def check(manifest):
    walk(manifest, JOB, 'job')
    pod = manifest['spec']['template']['spec']
    if (manifest['apiVersion'], manifest['kind']) != ('batch/v1', 'Job') or pod['restartPolicy'] not in ('Never', 'OnFailure'):
        raise FieldError('not a batch/v1 Job')
    if not re.fullmatch(r'[a-z0-9]([-a-z0-9]*[a-z0-9])?', manifest['metadata']['name']) or len(manifest['metadata']['name']) > 63:
        raise FieldError(f"job name {manifest['metadata']['name']!r}")
    volumes = {volume['name'] for volume in pod.get('volumes', [])}
    containers = pod['containers'] + pod.get('initContainers', [])
    if len({container['name'] for container in containers}) != len(containers):
        raise FieldError('two containers of one name')
    for container in containers:
        for mount in container.get('volumeMounts', []):
            if mount['name'] not in volumes:
                raise FieldError(f"{container['name']}: no volume {mount['name']}")
        names = [entry['name'] for entry in container.get('env', [])]
        if len(names) != len(set(names)):
            raise FieldError(f"{container['name']}: an environment variable twice")
