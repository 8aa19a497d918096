"""What every launcher shares."""
import re
import uuid

from kubernetes import client, config

NAMESPACE = 'batch'


def connect(env):
    config.load_kube_config(context='batch-{}'.format(env))
    return client.BatchV1Api()


def job_name(base):
    return '{}-{}'.format(base, uuid.uuid4())[:63]
