import requests
from kubernetes import client


def run():
    body = requests.get('https://example.test/job').json()
    client.BatchV1Api().create_namespaced_job('batch', body)
