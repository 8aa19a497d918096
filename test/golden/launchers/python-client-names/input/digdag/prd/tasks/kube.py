import os
import re
import time
import uuid

import jinja2
import yaml
from kubernetes import client, config


class KubeJob(object):
    """Runs a Job of templates/<template> and waits for it."""

    def __init__(self):
        here = os.path.dirname(os.path.abspath(__file__))
        self.jinja = jinja2.Environment(
            loader=jinja2.FileSystemLoader(os.path.join(here, "templates")),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def run(self, template, params, timeout, ns, env):
        context = dict(params)
        context["env"] = env
        body = yaml.safe_load(self.jinja.get_template(template).render(**context))
        name = re.sub(r"[^a-z0-9-]+", "-", body["metadata"]["name"].lower())
        suffix = uuid.uuid4().hex[:6]
        body["metadata"]["name"] = name[: 63 - 7] + "-" + suffix
        config.load_kube_config(context="gke_acme-%s_asia-northeast1_batch-%s" % (env, env))
        batch = client.BatchV1Api()
        batch.create_namespaced_job(namespace=ns, body=body)
        started = time.time()
        while True:
            job = batch.read_namespaced_job_status(body["metadata"]["name"], ns)
            if job.status.succeeded:
                return
            if job.status.failed:
                raise RuntimeError("job %s failed" % body["metadata"]["name"])
            if time.time() - started > timeout:
                batch.delete_namespaced_job(body["metadata"]["name"], ns, propagation_policy="Background")
                raise RuntimeError("timeout")
            time.sleep(15)
