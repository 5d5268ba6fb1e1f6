import { NamespaceQuota } from './namespace-quota';

/** A namespace of a team. */
export interface TeamNamespace {
  readonly namespace: string;
  readonly team: string;
  /** Of Kubernetes: `1.34`. The standards of pods are those of this version. */
  readonly version: string;
  readonly quota: NamespaceQuota | undefined;
  readonly isAudit: boolean;
}

/** Namespaces that have it are a team's; policies of admission go by it. */
export const TEAM_LABEL = 'landing-zone/team';

/** Where pods get credentials of their role: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html (read 2026-11-23). */
const POD_IDENTITY = [{ ipBlock: { cidr: '169.254.170.23/32' } }];

/**
 * The namespace, what its pods may ask for, and no traffic but DNS, within the namespace, and to credentials; a team adds policies for the rest. Of DNS only the port is said, because in EKS Auto Mode it is a service
 * of the node and no pod that a selector finds. Pod Security Standards: https://kubernetes.io/docs/concepts/security/pod-security-admission/ (read 2026-11-23)
 */
export function teamNamespace({ namespace, team, version, isAudit, quota: { processors = 20, memoryGiB = 40, pods = 100 } = {} }: TeamNamespace): object[] {
  const metadata = (name: string) => ({ name, namespace });
  const standards = [...(isAudit ? [] : ['enforce']), 'audit', 'warn'].flatMap((mode) => [[`pod-security.kubernetes.io/${mode}`, 'restricted'], [`pod-security.kubernetes.io/${mode}-version`, `v${version}`]]);
  const policy = (name: string, spec: object) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadata(name), spec: { podSelector: {}, ...spec } });
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { [TEAM_LABEL]: team, ...Object.fromEntries(standards) } } },
    { apiVersion: 'v1', kind: 'ResourceQuota', metadata: metadata('landing-zone'), spec: { hard: { 'requests.cpu': String(processors), 'requests.memory': `${memoryGiB}Gi`, 'pods': String(pods) } } },
    // Where there is a quota of requests, a pod without any would be refused.
    { apiVersion: 'v1', kind: 'LimitRange', metadata: metadata('landing-zone'), spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '100m', memory: '128Mi' } }] } },
    policy('default-deny', { policyTypes: ['Ingress', 'Egress'] }),
    policy('within-the-namespace', { policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }] }], egress: [{ to: [{ podSelector: {} }] }] }),
    policy('dns-and-credentials', {
      policyTypes: ['Egress'], egress: [{ ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }] }, { to: POD_IDENTITY, ports: [{ protocol: 'TCP', port: 80 }] }],
    }),
  ];
}
