import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asList, asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { Plain } from '../../../src/verify/effect.ts';
import type { ClusterPrograms } from '../tools/argo-cluster.ts';
import { ApiClient, type Credentials, Refusal } from './api-client.ts';
import { Kinds } from './kinds.ts';
import { freePort, ServerProcess } from './server-process.ts';

const controllerNamespace = 'argo';
/** Ten are usual; a machine that does much else takes longer. */
const startSeconds = 600;
const configMapName = 'workflow-controller-configmap';

/** A kube-apiserver and Argo's workflow-controller on loopback, without nodes. */
export class Cluster {
  readonly api: ApiClient;
  readonly #kinds: Kinds;
  readonly #folder: string;
  readonly #apiserver: ServerProcess;
  readonly #programs: ClusterPrograms;
  readonly #kubeconfig: string;
  #controller: ServerProcess | undefined;

  private constructor(
    folder: string,
    programs: ClusterPrograms,
    apiserver: ServerProcess,
    access: { readonly api: ApiClient; readonly kubeconfig: string },
  ) {
    this.#folder = folder;
    this.#programs = programs;
    this.#apiserver = apiserver;
    this.api = access.api;
    this.#kubeconfig = access.kubeconfig;
    this.#kinds = new Kinds(access.api);
  }

  /** The API server with Argo's custom resources; the controller is started by `startController`. */
  static async start(programs: ClusterPrograms): Promise<Cluster> {
    const folder = await mkdtemp(join(tmpdir(), 'dig2argo-cluster-'));
    await mkdir(join(folder, 'certificates'));
    const port = await freePort();
    const token = randomBytes(24).toString('hex');
    await writeFile(join(folder, 'tokens.csv'), `${token},conformance,conformance,system:masters\n`, { mode: 0o600 });
    const apiserver = new ServerProcess(programs.apiserver, ['-dir', folder, '-port', String(port)], {
      log: join(folder, 'apiserver.log'),
    });
    try {
      const credentials = await awaitApi(apiserver, { folder, port, token });
      const kubeconfig = join(folder, 'kubeconfig.json');
      await writeFile(kubeconfig, JSON.stringify(kubeconfigOf(credentials)), { mode: 0o600 });
      const cluster = new Cluster(folder, programs, apiserver, { api: new ApiClient(credentials), kubeconfig });
      await cluster.#define();
      return cluster;
    } catch (error) {
      await apiserver.stop();
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Applies objects as `kubectl apply --server-side` does, namespaces first; returns the kinds that have no API here. */
  async apply(objects: readonly Plain[]): Promise<readonly string[]> {
    const unknown = new Set<string>();
    const maps = objects.map(asMap);
    await this.addNamespacesOf(maps);
    for (const object of maps) {
      const path = await this.#kinds.pathOf(object);
      if (path === undefined) unknown.add(asText(object['kind']));
      else await this.api.apply(path, object);
    }
    return [...unknown].sort();
  }

  /** An object as the server has it; undefined where it has none. */
  async find(object: Plain): Promise<PlainMap | undefined> {
    const path = await this.#kinds.pathOf(asMap(object));
    if (path === undefined) return undefined;
    try {
      return await this.api.get(path);
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) return undefined;
      throw error;
    }
  }

  async addNamespacesOf(objects: readonly PlainMap[]): Promise<void> {
    for (const namespace of new Set(objects.map((object) => asText(asMap(object['metadata'])['namespace']))))
      if (namespace !== '') await this.addNamespace(namespace);
  }

  /** A namespace with its default service account, which no controller makes here. */
  async addNamespace(name: string): Promise<void> {
    await this.api.apply(`/api/v1/namespaces/${name}`, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
    await this.api.apply(`/api/v1/namespaces/${name}/serviceaccounts/default`, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default' },
    });
  }

  /**
   * Starts the controller, or starts it again with another configuration.
   * @param images entry points of images, which the controller would otherwise ask the registry for
   */
  async startController(
    images: Readonly<Record<string, readonly string[]>>,
    { workflowDefaults, schedules = false }: { readonly workflowDefaults?: string; readonly schedules?: boolean } = {},
  ): Promise<void> {
    await this.#controller?.stop();
    const entries = Object.entries(images).map(([image, entrypoint]) => [image, { entrypoint, cmd: [] }]);
    await this.addNamespace(controllerNamespace);
    const configuration = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: configMapName },
      data: {
        images: JSON.stringify(Object.fromEntries(entries)),
        ...(workflowDefaults === undefined ? {} : { workflowDefaults }),
      },
    };
    const path = `/api/v1/namespaces/${controllerNamespace}/configmaps/${configMapName}`;
    // What a platform applied to it belongs to the configuration before.
    await this.api.deleteNow(path);
    await this.api.apply(path, configuration, 'installation');
    const controller = new ServerProcess(
      this.#programs.controller,
      ['-kubeconfig', this.#kubeconfig, '-namespace', controllerNamespace, '-cron-workers', schedules ? '2' : '0'],
      {
        log: join(this.#folder, 'controller.log'),
        env: { DEFAULT_REQUEUE_TIME: '200ms', CRON_SYNC_PERIOD: '1s' },
      },
    );
    this.#controller = controller;
  }

  /** Drops a cache of memoized templates, which the controller keeps in its own namespace. */
  forget(cache: string): Promise<void> {
    return this.api.deleteNow(`/api/v1/namespaces/${controllerNamespace}/configmaps/${cache}`);
  }

  /** Why no run can end any more, with the end of the log. */
  failure(): string | undefined {
    for (const server of [this.#apiserver, this.#controller])
      if (server?.failure !== undefined) return `${server.failure}\n${server.lastLines()}`;
    return undefined;
  }

  /** Ends both servers. The logs stay where something went wrong; returns their folder then. */
  async stop({ keepLogs }: { readonly keepLogs: boolean }): Promise<string | undefined> {
    this.api.close();
    await this.#controller?.stop();
    await this.#apiserver.stop();
    for (const name of ['etcd', 'certificates', 'tokens.csv', 'kubeconfig.json', 'service-account.key'])
      await rm(join(this.#folder, name), { recursive: true, force: true });
    if (keepLogs) return this.#folder;
    await rm(this.#folder, { recursive: true, force: true });
    return undefined;
  }

  /** Argo's custom resource definitions. */
  async #define(): Promise<void> {
    const definitions = asList(JSON.parse(await readFile(this.#programs.definitions, 'utf8')) as Plain).map(asMap);
    const root = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const paths = definitions.map((definition) => `${root}/${asText(asMap(definition['metadata'])['name'])}`);
    await Promise.all(definitions.map((definition, at) => this.api.apply(paths[at]!, definition)));
    await this.#apiserver.until(async () => {
      const found = await Promise.all(paths.map((path) => this.api.get(path)));
      return found.every(isEstablished);
    }, startSeconds);
  }
}

async function awaitApi(
  apiserver: ServerProcess,
  { folder, port, token }: { readonly folder: string; readonly port: number; readonly token: string },
): Promise<Credentials> {
  const url = `https://127.0.0.1:${port}`;
  let found: Credentials | undefined;
  await apiserver.until(async () => {
    let certificate: string;
    try {
      certificate = await readFile(join(folder, 'certificates', 'apiserver.crt'), 'utf8');
    } catch {
      return false;
    }
    const api = new ApiClient({ url, token, certificate });
    try {
      await api.get('/readyz');
      await api.get('/api/v1/namespaces/default');
      found = { url, token, certificate };
    } catch {
      // Not listening yet, or not all of its parts have started.
    } finally {
      api.close();
    }
    return found !== undefined;
  }, startSeconds);
  if (found === undefined) throw new Error('unreachable');
  return found;
}

function isEstablished(definition: PlainMap): boolean {
  return asList(asMap(definition['status'])['conditions'])
    .map(asMap)
    .some(({ type, status }) => type === 'Established' && status === 'True');
}

function kubeconfigOf({ url, token, certificate }: Credentials): Plain {
  const name = 'conformance';
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [
      { name, cluster: { server: url, 'certificate-authority-data': Buffer.from(certificate).toString('base64') } },
    ],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  };
}
