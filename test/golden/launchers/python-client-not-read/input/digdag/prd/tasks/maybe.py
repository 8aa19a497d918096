import yaml
from kubernetes import client


def run(day):
    body = {'apiVersion': 'batch/v1', 'kind': 'Job', 'metadata': {'name': 'x'}}
    if day.endswith('01'):
        client.BatchV1Api().create_namespaced_job('batch', body)
