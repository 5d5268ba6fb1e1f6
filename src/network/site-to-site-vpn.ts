import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnCustomerGateway, CfnVPNConnection } from 'aws-cdk-lib/aws-ec2';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { announcedRanges, hybridProblems } from './announced-ranges';
import { AttachmentLookup } from './attachment-lookup';
import { mark } from './mark';
import type { NetworkHub } from './network-hub';
import { VpnCryptography } from './vpn-cryptography';
import { Cidr } from '../analysis/cidr';
import { InputError } from '../model/input-error';

/** Properties of a VPN to a site. */
export interface SiteToSiteVpnProps {
  /** Hub that it ends at; in the same stack. */
  readonly hub: NetworkHub;
  /** Public IPv4 address of the site's device. */
  readonly deviceIp: string;
  /** Number of the device among BGP speakers: it learns the routes of the hub, and is told when they change. @default - no BGP: the device's routes are set by hand */
  readonly bgpAsn?: number;
  /** Addresses that are behind it, of the plan's `onPremises`. @default - all of the plan's `onPremises` */
  readonly ranges?: string[];
  /** What tunnels agree upon. @default VpnCryptography.STRONG */
  readonly cryptography?: VpnCryptography;
  /** How long logs are kept, in days: a value that CloudWatch Logs takes. @default 365 */
  readonly logRetentionDays?: number;
}

/**
 * A VPN between the hub and a site: two tunnels with IKE version 2, logs of both, and keys that only AWS Secrets Manager gives out. The site is part of the segment
 * `on-premises`: say with `allowTo` who reaches it. The connection is kept when it leaves the template, as the device knows its addresses and keys.
 *
 * A hub sends to each block of addresses by the first link that has it; another one for the same block is associated and does not take over.
 *
 * AWS Site-to-Site VPN, "Tunnel options" and "Site-to-Site VPN logs"; AWS CloudFormation, AWS::EC2::VPNConnection (read 2026-11-23).
 *
 * @example
 * declare const hub: NetworkHub;
 * new SiteToSiteVpn(stack, 'Dublin', { hub, deviceIp: '203.0.113.10', bgpAsn: 65010 });
 * hub.segment('prod').allowTo(hub.onPremises!, { mutual: true });
 */
export class SiteToSiteVpn extends Construct {
  /** Id of the VPN connection. */
  public readonly vpnConnectionId: string;
  /** Id of its attachment to the transit gateway. */
  public readonly attachmentId: string;

  public constructor(scope: Construct, id: string, props: SiteToSiteVpnProps) {
    super(scope, id);
    this.check(props);
    const { hub, deviceIp, bgpAsn } = props;
    // Numbers above 31 bits have a property of their own. Without BGP any number will do.
    const asn = bgpAsn !== undefined && bgpAsn > 2_147_483_647 ? { bgpAsnExtended: bgpAsn } : { bgpAsn: bgpAsn ?? 65_000 };
    const device = new CfnCustomerGateway(this, 'Device', { type: 'ipsec.1', ipAddress: deviceIp, ...asn });
    device.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const tunnel = this.tunnel(props, bgpAsn !== undefined);
    const connection = new CfnVPNConnection(this, 'Resource', {
      type: 'ipsec.1',
      customerGatewayId: device.ref,
      transitGatewayId: hub.transitGatewayId,
      staticRoutesOnly: bgpAsn === undefined,
      preSharedKeyStorage: 'SecretsManager',
      vpnTunnelOptionsSpecifications: [tunnel, tunnel],
    });
    connection.applyRemovalPolicy(RemovalPolicy.RETAIN);
    mark(connection, { ranges: announcedRanges(props) });
    this.vpnConnectionId = connection.ref;
    this.attachmentId = new AttachmentLookup(this, 'Attachment', { transitGatewayId: hub.transitGatewayId, resourceType: 'vpn', resourceId: connection.ref, madeBy: connection.ref }).attachmentId;
    hub._attachOnPremises(this, 'OnPremises', { attachmentId: this.attachmentId, ranges: announcedRanges(props) });
  }

  private tunnel({ cryptography = VpnCryptography.STRONG, logRetentionDays = 365 }: SiteToSiteVpnProps, hasBgp: boolean): CfnVPNConnection.VpnTunnelOptionsSpecificationProperty {
    // Of this prefix, logs need no room in the account's policy of log deliveries (CloudWatch Logs, "Logging that requires additional permissions", read 2026-11-23).
    const logs = new CfnLogGroup(this, 'Log', { retentionInDays: logRetentionDays, logGroupName: `/aws/vendedlogs/vpn/${Names.uniqueResourceName(this, { maxLength: 128, separator: '-' })}` });
    const logGroupArn = Stack.of(this).formatArn({ service: 'logs', resource: `log-group:${logs.ref}` });
    const values = <T>(list: readonly T[]) => list.map((value) => ({ value }));
    return {
      ikeVersions: values(['ikev2']),
      phase1EncryptionAlgorithms: values(cryptography.ciphers),
      phase2EncryptionAlgorithms: values(cryptography.ciphers),
      phase1IntegrityAlgorithms: values(cryptography.hashes),
      phase2IntegrityAlgorithms: values(cryptography.hashes),
      phase1DhGroupNumbers: values(cryptography.groups),
      phase2DhGroupNumbers: values(cryptography.groups),
      dpdTimeoutAction: 'restart',
      startupAction: 'start',
      enableTunnelLifecycleControl: true,
      logOptions: {
        cloudwatchLogOptions: {
          logEnabled: true, logGroupArn, logOutputFormat: 'json', ...(hasBgp ? { bgpLogEnabled: true, bgpLogGroupArn: logGroupArn, bgpLogOutputFormat: 'json' } : {}),
        },
      },
    };
  }

  private check(props: SiteToSiteVpnProps): void {
    const { deviceIp, bgpAsn } = props;
    const problems = [
      ...hybridProblems(this, props),
      ...(Cidr.parse(`${deviceIp}/32`) ? [] : [`deviceIp is ${JSON.stringify(deviceIp)}, the public IPv4 address of the device is expected, like 203.0.113.10`]),
      ...(bgpAsn === undefined || (Number.isInteger(bgpAsn) && bgpAsn >= 1 && bgpAsn <= 4_294_967_294) ? [] : [`bgpAsn is ${bgpAsn}, 1 to 4294967294 are possible`]),
    ];
    if (problems.length > 0) throw new InputError(`SiteToSiteVpn ${this.node.path} has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}
