from pathlib import Path

import yaml
from kubernetes import client, config


def start(memory, env):
    config.load_kube_config(context=f'batch-{env}')
    with open(Path(__file__).parent / 'job.yaml') as f:
        job = yaml.safe_load(f)
    main = job['spec']['template']['spec']['containers'][0]
    main['resources'] = {'limits': {'memory': memory}}
    main['args'] += ['--env', env]
    client.BatchV1Api().create_namespaced_job(body=job, namespace='batch')
