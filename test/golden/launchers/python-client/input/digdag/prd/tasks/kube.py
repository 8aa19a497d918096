import time

from kubernetes import client

from tasks.common import NAMESPACE, connect, job_name


class KubeJob(object):
    registry = 'example.test'

    def __init__(self):
        self.retries = 2

    def container(self, name, image_tag, day):
        args = ['--date=%s' % day]
        if name == 'train':
            args.append('--gpu')
        return client.V1Container(
            name='main',
            image=f'{self.registry}/{name}:{image_tag}',
            command=['/app/run'],
            args=args,
            env=[client.V1EnvVar(name='TOKEN', value_from=client.V1EnvVarSource(
                secret_key_ref=client.V1SecretKeySelector(name='models', key='token')))],
            resources=client.V1ResourceRequirements(limits={'memory': '2Gi'}),
        )

    def run(self, name, image_tag, day, env='dev'):
        api = connect(env)
        pod = client.V1PodSpec(restart_policy='Never', containers=[self.container(name, image_tag, day)])
        job = client.V1Job(
            metadata=client.V1ObjectMeta(name=job_name(name)),
            spec=client.V1JobSpec(
                backoff_limit=self.retries,
                active_deadline_seconds=2 * 3600,
                template=client.V1PodTemplateSpec(spec=pod),
            ),
        )
        created = api.create_namespaced_job(namespace=NAMESPACE, body=job)
        while True:
            status = api.read_namespaced_job_status(created.metadata.name, NAMESPACE).status
            if status.succeeded:
                return
            if status.failed:
                raise Exception('the Job failed')
            time.sleep(10)
