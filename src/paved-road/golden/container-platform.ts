import { Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { CfnAccessEntry, CfnCluster, CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import { ManagedPolicy, PolicyStatement, PrincipalWithConditions, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { GoldenPath, GoldenPathOptions } from './golden-path';
import { InputError } from '../../model/input-error';
import { ServiceLevelIndicator } from '../../resilience/service-level-indicator';
import { ProductNetwork } from '../product-network';

/** Properties of a platform for containers of several teams. */
export interface ContainerPlatformProps extends GoldenPathOptions {
  /** Version of Kubernetes, `1.34`: one that AWS supports without extra charge. */
  readonly version: string;
  /** ARNs of roles that administer all of the cluster. */
  readonly administratorRoleArns: string[];
  /** Network, with private subnets. @default - the account's, as the landing zone publishes it */
  readonly vpc?: IVpc;
  /** Share of requests to the API of Kubernetes in percent that it does not fail at. @default 99.9 */
  readonly availabilityTarget?: number;
}

/** A team on a platform. */
export interface PlatformTeam {
  /** Its namespaces, which it makes nothing outside of. */
  readonly namespaces: string[];
  /** ARN of the role that its people or its pipeline have. */
  readonly roleArn: string;
}

/** What pods of a team may do in AWS. */
export interface PodRoleOptions {
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Their service account. */
  readonly serviceAccount: string;
}

/** What EKS Auto Mode asks of the two roles: https://docs.aws.amazon.com/eks/latest/userguide/auto-get-started-cli.html (read 2026-11-23). */
const CLUSTER_POLICIES = ['AmazonEKSBlockStoragePolicy', 'AmazonEKSClusterPolicy', 'AmazonEKSComputePolicy', 'AmazonEKSLoadBalancingPolicy', 'AmazonEKSNetworkingPolicy'];
const NODE_POLICIES = ['AmazonEC2ContainerRegistryPullOnly', 'AmazonEKSWorkerNodeMinimalPolicy'];

/**
 * A Kubernetes cluster of Amazon EKS in Auto Mode for several teams: AWS runs, patches and replaces the nodes. Its API is in the network alone, teams reach their own namespaces, and pods have roles of their own.
 *
 * Whoever made it has no rights in it; administrators and teams are named here. What pods may be is said by `PlatformPolicies`. Control-plane logs come from the paved road, and Secrets are encrypted by EKS with a key of AWS.
 *
 * @example
 * const platform = new ContainerPlatform(stack, 'Platform', {
 *   serviceName: 'platform', runbook: 'https://runbooks.acme.example/platform', version: '1.34',
 *   administratorRoleArns: ['arn:aws:iam::111122223333:role/platform-administrators'],
 * });
 * platform.addTeam('Orders', { namespaces: ['orders'], roleArn: 'arn:aws:iam::111122223333:role/team-orders' });
 * new Bucket(stack, 'Receipts').grantPut(platform.addPodRole('Shop', { namespace: 'orders', serviceAccount: 'shop' }));
 */
export class ContainerPlatform extends GoldenPath {
  /** The cluster. */
  public readonly cluster: CfnCluster;
  /** What the control plane is. */
  public readonly clusterRole: Role;
  /** What nodes are. */
  public readonly nodeRole: Role;
  private readonly teams: { readonly name: string; readonly namespaces: readonly string[] }[] = [];

  public constructor(scope: Construct, id: string, props: ContainerPlatformProps) {
    super(scope, id, props);
    this.check(props);
    const vpc = props.vpc ?? ProductNetwork.vpcOf(this);
    this.clusterRole = this.role('ClusterRole', 'eks.amazonaws.com', CLUSTER_POLICIES);
    this.clusterRole.assumeRolePolicy!.addStatements(new PolicyStatement({
      actions: ['sts:TagSession'], principals: [new PrincipalWithConditions(new ServicePrincipal('eks.amazonaws.com'), { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } })],
    }));
    this.nodeRole = this.role('NodeRole', 'ec2.amazonaws.com', NODE_POLICIES);
    this.cluster = new CfnCluster(this, 'Cluster', {
      version: props.version,
      roleArn: this.clusterRole.roleArn,
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      computeConfig: { enabled: true, nodePools: ['general-purpose', 'system'], nodeRoleArn: this.nodeRole.roleArn },
      kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
      storageConfig: { blockStorage: { enabled: true } },
      resourcesVpcConfig: { subnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId), endpointPrivateAccess: true, endpointPublicAccess: false },
      upgradePolicy: { supportType: 'STANDARD' },
      deletionProtection: true,
    });
    this.cluster.applyRemovalPolicy(RemovalPolicy.RETAIN);
    for (const arn of props.administratorRoleArns) this.addEntry(`Administrator${arn.split('/').at(-1)!}`, arn, 'AmazonEKSClusterAdminPolicy');
    this.watch(props.availabilityTarget ?? 99.9);
  }

  /** A team that does in its namespaces what Kubernetes' role `edit` may, and nothing elsewhere. Fails without a namespace, and for one that Kubernetes has for itself. */
  public addTeam(id: string, { namespaces, roleArn }: PlatformTeam): void {
    const wrong = namespaces.filter((name) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name) || name.startsWith('kube-') || name === 'default');
    if (namespaces.length === 0 || wrong.length > 0) {
      throw new InputError(`${this.node.path}.addTeam(${id}): ${namespaces.length === 0 ? 'namespaces is empty' : `${wrong.join(', ')}: names in lower case with hyphens are expected, neither "default" nor those of Kubernetes itself`}`);
    }
    this.addEntry(`Team${id}`, roleArn, 'AmazonEKSEditPolicy', namespaces);
    this.teams.push({ name: id, namespaces });
  }

  /** Teams, in the order in which they were added. @internal */
  public get _teams(): readonly { readonly name: string; readonly namespaces: readonly string[] }[] {
    return this.teams;
  }

  /** A role for pods of a service account, to grant to: its credentials come by EKS Pod Identity, which is part of Auto Mode. */
  public addPodRole(id: string, { namespace, serviceAccount }: PodRoleOptions): Role {
    const role = new Role(this, `Pod${id}`, { assumedBy: this.podIdentity() });
    role.assumeRolePolicy!.addStatements(new PolicyStatement({ actions: ['sts:TagSession'], principals: [this.podIdentity()] }));
    new CfnPodIdentityAssociation(this, `PodIdentity${id}`, { clusterName: this.cluster.ref, namespace, serviceAccount, roleArn: role.roleArn });
    return role;
  }

  /** Of this account: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html (read 2026-11-23) */
  private podIdentity(): PrincipalWithConditions {
    return new PrincipalWithConditions(new ServicePrincipal('pods.eks.amazonaws.com'), { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } });
  }

  private role(id: string, service: string, policies: readonly string[]): Role {
    const conditions = service.startsWith('eks') ? { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } : {};
    const role = new Role(this, id, { assumedBy: new ServicePrincipal(service, { conditions }), managedPolicies: policies.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)) });
    const reason = 'EKS Auto Mode asks for this policy, and AWS keeps it with what the service does.';
    for (const name of policies) Validations.of(role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`, reason });
    return role;
  }

  private addEntry(id: string, principalArn: string, policy: string, namespaces?: string[]): void {
    new CfnAccessEntry(this, id, {
      clusterName: this.cluster.ref,
      principalArn,
      accessPolicies: [{ policyArn: `arn:${Stack.of(this).partition}:eks::aws:cluster-access-policy/${policy}`, accessScope: namespaces ? { type: 'namespace', namespaces } : { type: 'cluster' } }],
    });
  }

  /** Metrics that EKS has at no charge: https://docs.aws.amazon.com/eks/latest/userguide/cloudwatch.html. */
  private watch(target: number): void {
    const metric = (metricName: string, statistic: string) => new Metric({ namespace: 'AWS/EKS', metricName, dimensionsMap: { ClusterName: this.cluster.ref }, statistic, period: Duration.minutes(5) });
    this.health.addObjective('Availability', {
      target, indicator: ServiceLevelIndicator.availability({ requests: metric('apiserver_request_total', Stats.SUM), failures: metric('apiserver_request_total_5XX', Stats.SUM) }),
    });
    this.health.addAlarm('Unschedulable', {
      meaning: 'Pods find no place to run for a quarter of an hour', metric: metric('scheduler_pending_pods_UNSCHEDULABLE', Stats.MINIMUM), threshold: 0, periods: 3,
    });
    this.health.addGraph('Requests to the API', ['apiserver_request_total', 'apiserver_request_total_4XX', 'apiserver_request_total_5XX'].map((name) => metric(name, Stats.SUM)));
    this.health.addGraph('Pods that wait', [metric('scheduler_pending_pods', Stats.MAXIMUM), metric('scheduler_pending_pods_UNSCHEDULABLE', Stats.MAXIMUM)]);
  }

  private check({ version, administratorRoleArns }: ContainerPlatformProps): void {
    const problems = [
      ...(/^1\.\d+$/.test(version) ? [] : [`version is "${version}": a version of Kubernetes is expected, like 1.34`]),
      ...(administratorRoleArns.length > 0 ? [] : ['administratorRoleArns is empty: nobody could ever reach the cluster']),
      ...administratorRoleArns.filter((arn) => !/^arn:aws[a-z-]*:iam::\d{12}:role\/.+/.test(arn)).map((arn) => `administratorRoleArns has "${arn}": the ARN of a role is expected`),
    ];
    if (problems.length > 0) throw new InputError(`ContainerPlatform ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}
