import { writeFileSync } from 'fs';
import { join } from 'path';
import { attachCustomSynthesis, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { stringify } from 'yaml';
import { admissionPolicies } from './admission-policies';
import { ContainerPlatform } from './container-platform';
import { NamespaceQuota } from './namespace-quota';
import { teamNamespace } from './team-namespace';
import { InputError } from '../../model/input-error';

/** Properties of policies in a platform. */
export interface PlatformPoliciesProps {
  /** Platform whose teams' namespaces they are for. */
  readonly platform: ContainerPlatform;
  /** Registries, or parts of them, that images of pods come from: `111122223333.dkr.ecr.eu-west-1.amazonaws.com`, `111122223333.dkr.ecr.eu-west-1.amazonaws.com/approved`. */
  readonly registries: string[];
  /** Labels that each pod has. @default - `app.kubernetes.io/name` */
  readonly requiredLabels?: string[];
  /** What pods of a namespace ask for together. @default - 20 processors, 40 GiB of memory, 100 pods */
  readonly quota?: NamespaceQuota;
  /** Whether pods and services that are not as they should be are only told of, to those who make them and in the audit log: for clusters that have some already. Quotas and network policies act at once. @default false */
  readonly auditOnly?: boolean;
}

/**
 * Guardrails inside of a cluster: of each team's namespaces, with the strictest of Kubernetes' Pod Security Standards, a quota, and no traffic that nobody asked for; and admission policies, by which images come from known
 * registries, pods have labels, and load balancers are none of the internet. All of it is Kubernetes' own, so there is nothing to run or to patch.
 *
 * The API of a platform is in the network alone, so the manifests are a file of the assembly, for what is in the network: `kubectl apply --server-side -f cdk.out/<file>`, or a commit to the repository that Argo CD or Flux
 * reads. Teams cannot change them: their rights end at their namespaces, and there at Kubernetes' role `edit`, with one exception: they may delete network policies, and add others. Fails with all that is wrong.
 *
 * Network policies work in EKS Auto Mode when a ConfigMap says so, which is in the file: https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html (read 2026-11-23)
 *
 * @example
 * declare const platform: ContainerPlatform;
 * new PlatformPolicies(stack, 'Policies', { platform, registries: ['111122223333.dkr.ecr.eu-west-1.amazonaws.com'] });
 */
export class PlatformPolicies extends Construct {
  /** Name of the file in the assembly. */
  public readonly fileName: string;

  public constructor(scope: Construct, id: string, private readonly props: PlatformPoliciesProps) {
    super(scope, id);
    this.check();
    this.fileName = `${Stack.of(this).artifactId}.${props.platform.health.serviceName}.policies.yaml`;
    attachCustomSynthesis(this, { onSynthesize: ({ assembly }) => writeFileSync(join(assembly.outdir, this.fileName), this.manifests) });
  }

  /** The manifests, as YAML with a document for each; those of the teams that were added until now. */
  public get manifests(): string {
    const { platform, registries, requiredLabels = ['app.kubernetes.io/name'], quota, auditOnly: isAudit = false } = this.props;
    const enableNetworkPolicies = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'amazon-vpc-cni', namespace: 'kube-system' }, data: { 'enable-network-policy-controller': 'true' } };
    const objects = [
      enableNetworkPolicies,
      ...platform._teams.flatMap(({ name, namespaces }) => namespaces.flatMap((namespace) => teamNamespace({ namespace, team: name, version: platform.cluster.version!, quota, isAudit }))),
      ...admissionPolicies({ registries, requiredLabels, isAudit }),
    ];
    return objects.map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
  }

  private check(): void {
    const { registries, requiredLabels = ['app.kubernetes.io/name'], quota = {}, platform } = this.props;
    const amounts = Object.entries(quota).filter(([, amount]) => !(Number.isInteger(amount) && amount > 0));
    const problems = [
      ...(registries.length > 0 ? [] : ['registries is empty: no pod could start']),
      ...registries.filter((one) => !/^[a-z0-9][a-z0-9.-]*\.[a-z]+(:\d+)?(\/[a-z0-9._/-]+)?$/.test(one)).map((one) => `registries has "${one}": a host is expected, with a path or without, like 111122223333.dkr.ecr.eu-west-1.amazonaws.com/approved`),
      ...requiredLabels.filter((one) => !/^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/.test(one)).map((one) => `requiredLabels has "${one}": a label of Kubernetes is expected, like app.kubernetes.io/name`),
      ...amounts.map(([name, amount]) => `quota.${name} is ${amount}: a whole number above zero is expected`),
      ...(Stack.of(platform) === Stack.of(this) ? [] : [`platform ${platform.node.path} is in another stack: the file belongs to the platform's`]),
    ];
    if (problems.length > 0) throw new InputError(`PlatformPolicies ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}
