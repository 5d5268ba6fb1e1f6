import { CfnResource, Lazy } from 'aws-cdk-lib';
import { CfnNetworkInsightsAccessScope } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { AccessPath, UnwantedPaths } from './access-paths';

type Paths = CfnNetworkInsightsAccessScope.AccessScopePathRequestProperty[];

/** What the scopes of a hub follow from. */
export interface HubAccessScopesProps {
  /** As it is when the template is written. */
  readonly unwanted: () => UnwantedPaths;
  /** Ids or ARNs, any of which a path that is inspected passes. */
  readonly inspectors: readonly string[];
}

/**
 * What a hub declares, as Network Access Scopes of AWS's Network Access Analyzer: an analysis that someone starts after the deployment lists the paths that are there and must not be.
 * CloudFormation replaces a scope that changes.
 *
 * Amazon VPC, Network Access Analyzer, "Network Access Scopes" and "Resource statements" (docs.aws.amazon.com/vpc/latest/network-access-analyzer, read 2026-11-23).
 */
export class HubAccessScopes extends Construct {
  public constructor(scope: Construct, id: string, private readonly props: HubAccessScopesProps) {
    super(scope, id);
    this.update();
  }

  /** After more was allowed. */
  public update(): void {
    this.addScope('Isolation', 'isolation', []);
    // A load balancer is a door that somebody made.
    this.addScope('Internet', 'internet', [through({ resourceTypes: ['AWS::ElasticLoadBalancing::LoadBalancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer'] })]);
    this.addScope('Inspection', 'inspection', this.props.inspectors.map((resource) => through({ resources: [resource] })));
  }

  private addScope(id: string, kind: keyof UnwantedPaths, excludePaths: Paths): void {
    if (this.node.tryFindChild(id) || this.props.unwanted()[kind].length === 0) return;
    accessScope(this, id, { matchPaths: Lazy.any({ produce: () => this.props.unwanted()[kind].map(matched) }) as unknown as Paths, excludePaths });
  }
}

/** Of a spoke: paths into its VPC and out of it that are none of the hub. */
export function addSpokeAccessScope(spoke: Construct, vpcId: string): void {
  const around = { resourceStatement: { resourceTypes: ['AWS::EC2::InternetGateway', 'AWS::EC2::VPNGateway', 'AWS::EC2::VPCPeeringConnection'] } };
  const vpc = { resourceStatement: { resources: [vpcId] } };
  accessScope(spoke, 'AroundTheHub', { matchPaths: [{ source: around, destination: vpc }, { source: vpc, destination: around }], excludePaths: [] });
}

function accessScope(scope: Construct, id: string, { matchPaths, excludePaths }: { readonly matchPaths: Paths; readonly excludePaths: Paths }): CfnResource {
  const path = `${scope.node.path}/${id}`;
  return new CfnNetworkInsightsAccessScope(scope, id, { matchPaths, ...(excludePaths.length > 0 ? { excludePaths } : {}), tags: [{ key: 'Name', value: path.slice(-255) }] });
}

/** Packets as they are where the path begins: what NAT makes of them does not matter. */
function matched({ from, to, sources, destinations }: AccessPath): CfnNetworkInsightsAccessScope.AccessScopePathRequestProperty {
  const header = { ...(sources ? { sourceAddresses: [...sources] } : {}), ...(destinations ? { destinationAddresses: [...destinations] } : {}) };
  return {
    source: { resourceStatement: { resourceTypes: [from] }, ...(Object.keys(header).length > 0 ? { packetHeaderStatement: header } : {}) },
    destination: { resourceStatement: { resourceTypes: [to] } },
  };
}

function through(resourceStatement: CfnNetworkInsightsAccessScope.ResourceStatementRequestProperty): CfnNetworkInsightsAccessScope.AccessScopePathRequestProperty {
  return { throughResources: [{ resourceStatement }] };
}
