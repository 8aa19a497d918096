import os

import yaml
from jinja2 import Environment, FileSystemLoader
from kubernetes import client, config, watch

HERE = os.path.dirname(os.path.abspath(__file__))


def launch(**params):
    config.load_kube_config(context='batch-prd')
    templates = Environment(loader=FileSystemLoader(os.path.join(HERE, 'templates')))
    body = yaml.safe_load(templates.get_template('export.yaml.j2').render(**params))
    batch = client.BatchV1Api()
    job = batch.create_namespaced_job('batch', body)
    for event in watch.Watch().stream(batch.list_namespaced_job, 'batch', timeout_seconds=3600):
        if event['object'].status.failed:
            raise RuntimeError('failed')
