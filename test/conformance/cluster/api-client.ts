import { Agent, request as send } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { Plain } from '../../../src/verify/effect.ts';

export interface Credentials {
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  readonly token: string;
  /** PEM of the server's own certificate. */
  readonly certificate: string;
}

interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: Plain;
  readonly contentType?: string;
}

interface Answer {
  readonly status: number;
  readonly body: PlainMap;
}

export interface WatchEvent {
  readonly type: string;
  readonly object: PlainMap;
}

/** The API server refused a request; `message` is what it said. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Of a request, or of a watch without an event between; with the pauses between, half a minute. */
const mostTries = 10;

const broken: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT']);

const jsonMergePatch = 'application/merge-patch+json';
const applyPatch = 'application/apply-patch+yaml';

/** Just enough of a Kubernetes client. */
export class ApiClient {
  readonly #credentials: Credentials;
  readonly #agent: Agent;
  readonly #watches = new AbortController();

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 32, ca: credentials.certificate });
  }

  get(path: string): Promise<PlainMap> {
    return this.#wanted({ method: 'GET', path });
  }

  create(path: string, body: Plain): Promise<PlainMap> {
    return this.#wanted({ method: 'POST', path, body });
  }

  mergePatch(path: string, body: Plain): Promise<PlainMap> {
    return this.#wanted({ method: 'PATCH', path, body, contentType: jsonMergePatch });
  }

  /** Server-side apply; an unknown field is an error. Fields that the same manager applied before and now leaves out go. */
  apply(path: string, body: Plain, manager = 'dig2argo'): Promise<PlainMap> {
    const query = `fieldManager=${manager}&fieldValidation=Strict&force=true`;
    return this.#wanted({ method: 'PATCH', path: `${path}?${query}`, body, contentType: applyPatch });
  }

  /** Deletes at once; an object that is gone already is no error. */
  async deleteNow(path: string): Promise<void> {
    const body = { gracePeriodSeconds: 0, propagationPolicy: 'Background' };
    const answer = await this.#ask({ method: 'DELETE', path, body });
    if (answer.status >= 400 && answer.status !== 404) throw refusalOf(answer);
  }

  /** Calls `seen` with everything that is there and then with every change, until the client is closed. */
  async watch(path: string, seen: (event: WatchEvent) => void): Promise<void> {
    const { signal } = this.#watches;
    let failures = 0;
    while (!signal.aborted) {
      try {
        await this.#stream(`${path}?watch=true`, (event) => {
          failures = 0;
          seen(event);
        });
      } catch (error) {
        if (signal.aborted) return;
        // A server that has much to do may end a watch, or be slow to begin the next one, which tells all again.
        failures += 1;
        if (failures > mostTries) throw error;
        await pause(250 * failures);
      }
    }
  }

  close(): void {
    this.#watches.abort();
    this.#agent.destroy();
  }

  async #wanted(request: Request): Promise<PlainMap> {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#answer(request);
      if (answer.status < 400) return answer.body;
      // A request whose answer came too late may have been done all the same.
      if (answer.status === 409 && request.method === 'POST' && attempt > 0) return answer.body;
      // The server is busy, or two wrote at once: it says to try again.
      const conflict = answer.status === 409 && request.method === 'PATCH';
      const again = [429, 503, 504].includes(answer.status) || conflict || isSlowStore(answer);
      if (!again || attempt === mostTries) throw refusalOf(answer);
      await pause(Math.min(5000, 200 * 2 ** attempt));
    }
  }

  /** A connection that was kept, and that the server has closed, is an answer too: to ask again. */
  async #answer(request: Request): Promise<Answer> {
    try {
      return await this.#ask(request);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && broken.has(String(error.code)))) throw error;
      return { status: 503, body: { message: `${request.method} ${request.path}: ${error.message}` } };
    }
  }

  #options({ method, path, contentType }: Request) {
    const { url, token } = this.#credentials;
    const headers = {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'content-type': contentType ?? 'application/json',
    };
    return { target: `${url}${path}`, options: { method, headers, agent: this.#agent } };
  }

  #ask(request: Request): Promise<Answer> {
    const { target, options } = this.#options(request);
    const body = request.body === undefined ? '' : JSON.stringify(request.body);
    // Node frames the body of a DELETE only where its length is stated.
    const headers = { ...options.headers, 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const outgoing = send(target, { ...options, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: bodyOf(Buffer.concat(parts).toString('utf8')) }),
        );
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  /** One watch, until the server ends it (it does so from time to time). */
  #stream(path: string, seen: (event: WatchEvent) => void): Promise<void> {
    const { target, options } = this.#options({ method: 'GET', path });
    return new Promise((resolve, reject) => {
      const outgoing = send(
        target,
        { ...options, agent: undefined, ca: this.#credentials.certificate, signal: this.#watches.signal },
        (response) => {
          if ((response.statusCode ?? 0) >= 400) {
            response.resume();
            return reject(new Error(`watch ${path}: status ${response.statusCode}`));
          }
          let rest = '';
          response.setEncoding('utf8');
          response.on('data', (text: string) => {
            const lines = (rest + text).split('\n');
            rest = lines.pop() ?? '';
            for (const line of lines) {
              const { type, object } = bodyOf(line);
              if (type === 'ERROR') return reject(new Error(`watch ${path}: ${JSON.stringify(object)}`));
              seen({ type: asText(type), object: asMap(object) });
            }
          });
          response.on('error', reject);
          response.on('end', resolve);
        },
      );
      outgoing.on('error', reject);
      outgoing.end();
    });
  }
}

function bodyOf(text: string): PlainMap {
  try {
    return asMap(JSON.parse(text) as Plain);
  } catch {
    // Not every refusal is JSON.
    return { message: text };
  }
}

/** etcd had no time; nothing is wrong with the request. */
function isSlowStore({ status, body }: Answer): boolean {
  return status === 500 && /etcdserver|timed? ?out/.test(asText(body['message']));
}

function refusalOf({ status, body }: Answer): Refusal {
  return new Refusal(status, asText(body['message']) || `status ${status}`);
}
