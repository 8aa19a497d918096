import type { Plain } from '../verify/effect.ts';

/** Values that the API server fills in for fields a manifest leaves out (Kubernetes 1.35). */

export const podDefaults: Readonly<Record<string, Plain>> = {
  dnsPolicy: 'ClusterFirst',
  enableServiceLinks: true,
  hostIPC: false,
  hostNetwork: false,
  hostPID: false,
  preemptionPolicy: 'PreemptLowerPriority',
  restartPolicy: 'Never',
  schedulerName: 'default-scheduler',
  securityContext: {},
  serviceAccountName: 'default',
  setHostnameAsFQDN: false,
  shareProcessNamespace: false,
  terminationGracePeriodSeconds: 30,
};

export const containerDefaults: Readonly<Record<string, Plain>> = {
  args: [],
  command: [],
  env: [],
  envFrom: [],
  ports: [],
  resources: {},
  securityContext: {},
  stdin: false,
  stdinOnce: false,
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  tty: false,
  volumeMounts: [],
};

export const probeDefaults: Readonly<Record<string, Plain>> = {
  failureThreshold: 3,
  initialDelaySeconds: 0,
  periodSeconds: 10,
  successThreshold: 1,
  timeoutSeconds: 1,
};
export const httpGetDefaults: Readonly<Record<string, Plain>> = { path: '/', scheme: 'HTTP' };
export const portDefaults: Readonly<Record<string, Plain>> = { protocol: 'TCP' };
export const mountDefaults: Readonly<Record<string, Plain>> = { readOnly: false, subPath: '' };
/** `0644` */
export const fileMode = 420;

/** The pull policy of a container that states none. */
export function defaultPullPolicy(image: string): 'Always' | 'IfNotPresent' {
  if (image.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}
