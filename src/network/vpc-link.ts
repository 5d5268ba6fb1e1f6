import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnTransitGatewayAttachment } from 'aws-cdk-lib/aws-ec2';
import { CfnVpcAttachment } from 'aws-cdk-lib/aws-networkmanager';
import { Construct } from 'constructs';

/** A VPC that is to be attached. */
export interface AttachedVpc {
  readonly vpcId: string;
  /** One a zone. */
  readonly subnetIds: readonly string[];
  /** Whether both ways of a flow use the same zone. */
  readonly applianceMode: boolean;
}

/** What VPCs are attached to, and where their routes lead. Its resource's Ref is the attachment's id. */
export interface VpcLink {
  readonly target: { readonly transitGatewayId: string } | { readonly coreNetworkArn: string };
  attach(scope: Construct, id: string, vpc: AttachedVpc): CfnResource;
}

/** To a transit gateway. Not by TransitGatewayVpcAttachment: it is replaced when a zone is added (CloudFormation specification, read 2026-11-23). */
export class TransitGatewayLink implements VpcLink {
  public readonly target: { readonly transitGatewayId: string };

  public constructor(transitGatewayId: string) {
    this.target = { transitGatewayId };
  }

  public attach(scope: Construct, id: string, { vpcId, subnetIds, applianceMode }: AttachedVpc): CfnResource {
    return new CfnTransitGatewayAttachment(scope, id, {
      transitGatewayId: this.target.transitGatewayId, vpcId, subnetIds: [...subnetIds], options: { ApplianceModeSupport: applianceMode ? 'enable' : 'disable', DnsSupport: 'enable' },
    });
  }
}

/** To the edge of a core network in the VPC's Region; a tag of the attachment decides where it belongs. Subnets come and go in place (CloudFormation specification, read 2026-11-23). */
export class CoreNetworkLink implements VpcLink {
  public readonly target: { readonly coreNetworkArn: string };

  public constructor(private readonly coreNetworkId: string, coreNetworkArn: string, private readonly tag: { readonly key: string; readonly value: string }) {
    this.target = { coreNetworkArn };
  }

  public attach(scope: Construct, id: string, { vpcId, subnetIds, applianceMode }: AttachedVpc): CfnResource {
    const arnOf = (resource: string, resourceName: string) => Stack.of(scope).formatArn({ service: 'ec2', resource, resourceName });
    return new CfnVpcAttachment(scope, id, {
      coreNetworkId: this.coreNetworkId,
      vpcArn: arnOf('vpc', vpcId),
      subnetArns: subnetIds.map((subnetId) => arnOf('subnet', subnetId)),
      options: { applianceModeSupport: applianceMode, dnsSupport: true, ipv6Support: false },
      tags: [{ ...this.tag }],
    });
  }
}
