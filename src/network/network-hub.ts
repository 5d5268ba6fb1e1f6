import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  CfnTransitGateway, CfnTransitGatewayMeteringPolicy, CfnTransitGatewayMeteringPolicyEntry, CfnTransitGatewayRoute, CfnTransitGatewayRouteTable, CfnTransitGatewayRouteTableAssociation,
} from 'aws-cdk-lib/aws-ec2';
import { CfnResourceShare } from 'aws-cdk-lib/aws-ram';
import { Construct } from 'constructs';
import { unwantedPaths } from './access-paths';
import { HubAccessScopes } from './access-scopes';
import { AddressPlan } from './address-plan';
import { Egress } from './egress';
import { EgressVpc } from './egress-vpc';
import { addressRules } from './firewall-rules';
import { FlowLogs } from './flow-logs';
import { HubFirewall, HubFirewallProps } from './hub-firewall';
import { HubPeerings } from './hub-peerings';
import { EGRESS, HubFacts, hubRoutes, HubTarget, INSPECTION, ON_PREMISES, PEERING } from './hub-routes';
import { Inspection } from './inspection';
import { InspectionVpcPath } from './inspection-vpc';
import { mark, noteIntent } from './mark';
import { NetworkLimits, TRANSIT_GATEWAY_LIMITS } from './network-limits';
import { syncChildren } from './route-children';
import { Segment, SegmentOptions } from './segment';
import { SegmentIntents } from './segment-intents';
import { SpokeAttachments } from './spoke-attachments';
import { TransitGatewayLink } from './vpc-link';
import { zoneIds } from './zone-ids';
import { NetworkIntent } from '../analysis/network/topology';
import { InputError } from '../model/input-error';

/** Whom AWS charges for the data that a transit gateway processes. */
export enum MeteredAccount {
  /** Owner of the attachment that traffic comes from. */
  SOURCE = 'source-attachment-owner',
  /** Owner of the attachment that traffic goes to. */
  DESTINATION = 'destination-attachment-owner',
  /** The network account. */
  GATEWAY = 'transit-gateway-owner',
}

/** A VPN or Direct Connect, attached to a hub. */
interface OnPremisesLink {
  readonly attachmentId: string;
  /** Blocks that are behind it. */
  readonly ranges: readonly string[];
}

/** What a hub is like. */
export interface NetworkHubOptions {
  /** Who has which addresses. Hubs of other Regions use the same plan. */
  readonly addressPlan: AddressPlan;
  /** Where flow logs and the firewall's logs go. */
  readonly flowLogs: FlowLogs;
  /** What is inspected. @default Inspection.networkFirewall() */
  readonly inspection?: Inspection;
  /** How segments reach the internet. @default Egress.central() */
  readonly egress?: Egress;
  /** Segments that differ from the default; all segments of the plan exist. @default - VPCs of a segment reach each other and have egress */
  readonly segments?: { [name: string]: SegmentOptions };
  /** Availability Zones of the hub's own VPCs and firewall. @default 3 */
  readonly zones?: number;
  /** Ids of the zones, in place of the Region's first: `['euw1-az1', 'euw1-az3']`. @default - the first `zones` of the Region */
  readonly zoneIds?: string[];
  /** Number of the gateway among BGP speakers, 64512 to 65534. Hubs need different ones. @default - 64512 and the Region's slot in the plan */
  readonly amazonSideAsn?: number;
  /** Whom AWS charges for processed data; inspected traffic counts once, from where it came. @default - as AWS does: whoever's attachment sends */
  readonly metering?: MeteredAccount;
  /** Stacks that the spokes' associations are spread over by key, some 100 spokes each. Choose it once: another number moves associations. @default 1 */
  readonly spokeStacks?: number;
  /** Name of the role that reads outputs in other accounts; see `StackReaderRole`. @default 'landing-zone-stack-reader' */
  readonly stackReaderRole?: string;
  /**
   * Whether what is declared is also written as Network Access Scopes, of the hub and of its spokes' VPCs: an analysis of AWS that you start after a deployment then lists paths that must not be.
   * Scopes cost nothing, analyses do.
   *
   * @default false
   */
  readonly networkAccessScopes?: boolean;
  /** Limits that were agreed with AWS. @default - AWS's defaults */
  readonly limits?: NetworkLimits;
}

/** Properties of a hub. */
export interface NetworkHubProps extends NetworkHubOptions {
  /** ARN of the organization, or of a unit, whose accounts attach their VPCs: `arn:aws:organizations::111122223333:organization/o-abcdefghij`. */
  readonly shareWith: string;
}

/**
 * The hub of a Region, in the network account: a transit gateway with a table for each segment, inspection and egress.
 *
 * Nothing is reachable until `segment.allowTo(other)` says so. Every table ends in black holes, so a default route never leads around; the gateway associates and learns nothing
 * by itself, so accepting attachments of the organization's accounts gives them nothing.
 *
 * @example
 * declare const plan: AddressPlan;
 * const hub = new NetworkHub(stack, 'Hub', {
 *   addressPlan: plan,
 *   shareWith: 'arn:aws:organizations::111122223333:organization/o-abcdefghij',
 *   flowLogs: FlowLogs.toBucket('arn:aws:s3:::acme-flow-logs'),
 * });
 * hub.segment('prod').allowTo(hub.segment('shared'));
 */
export class NetworkHub extends Construct {
  /** The address plan. */
  public readonly addressPlan: AddressPlan;
  /** Region of the hub. */
  public readonly region: string;
  /** Id of the transit gateway. */
  public readonly transitGatewayId: string;
  /** ARN of the transit gateway. */
  public readonly transitGatewayArn: string;
  /** Id of the egress VPC. @default - there is no central egress */
  public readonly egressVpcId?: string;
  /** Networks on premises, as a segment. @default - the plan has none */
  public readonly onPremises?: Segment;
  /** @internal */
  public readonly _props: NetworkHubProps;
  private readonly inspection: Inspection;
  private readonly egress: Egress;
  private readonly zoneIds: string[];
  private readonly intents: SegmentIntents;
  private readonly segments: Segment[];
  private readonly tables = new Map<string, CfnTransitGatewayRouteTable>();
  private readonly attachments = new Map<'inspection' | 'egress', string>();
  private readonly links = new Map<string, OnPremisesLink>();
  private readonly spokes: SpokeAttachments;
  private readonly peerings: HubPeerings;
  private inspectors: readonly string[] = [];
  private natGatewayIds: readonly string[] = [];
  private readonly accessScopes?: HubAccessScopes;

  public constructor(scope: Construct, id: string, props: NetworkHubProps) {
    super(scope, id);
    this._props = props;
    this.addressPlan = props.addressPlan;
    this.region = regionOf(this, props.addressPlan);
    this.inspection = props.inspection ?? Inspection.networkFirewall();
    this.egress = props.egress ?? Egress.central();
    this.zoneIds = props.zoneIds ?? zoneIds(this.region, props.zones ?? 3);
    const problems = this.problemsOf(props);
    if (problems.length > 0) throw new InputError(`NetworkHub ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
    this.intents = SegmentIntents.of(this.addressPlan);
    this.segments = this.addressPlan.segments.map((name) => new Segment(this, name, props.segments?.[name]?.isolated ?? false, props.segments?.[name]?.egress ?? true));
    if (this.addressPlan.onPremises.length > 0) this.onPremises = new Segment(this, ON_PREMISES, true, false);

    const gateway = this.addGateway();
    this.transitGatewayId = gateway.ref;
    this.transitGatewayArn = gateway.attrTransitGatewayArn;
    for (const table of this.tableNames()) this.addTable(table);
    this.addInspection();
    this.egressVpcId = this.egress.isCentral ? this.addEgress() : undefined;
    this.addMetering();
    this.spokes = new SpokeAttachments(this);
    this.peerings = new HubPeerings(this);
    if (props.networkAccessScopes) {
      this.accessScopes = new HubAccessScopes(this, 'AccessScopes', { unwanted: () => unwantedPaths({ ...this._facts, regions: this.addressPlan.regions }), inspectors: this.inspectors });
    }
    this.intents.join(this);
    this._intentsChanged();
    noteIntent(this, () => this.intent());
    this.node.addValidation({ validate: () => this.quotaProblems() });
  }

  /** A segment of the plan. Fails with the known ones. */
  public segment(name: string): Segment {
    const found = [...this.segments, ...(this.onPremises ? [this.onPremises] : [])].find((segment) => segment.name === name);
    if (!found) throw new InputError(`Hub ${this.node.path} has no segment ${name}. Segments of the plan: ${this.addressPlan.segments.join(', ')}`);
    return found;
  }

  /** Connects this hub with the one of another Region, in the same account and with the same plan. Either may say it. */
  public peerWith(other: NetworkHub): void {
    if (other.addressPlan !== this.addressPlan) throw new InputError(`${this.node.path} and ${other.node.path} have different address plans: use one, so that their addresses are known to be disjoint`);
    if (other.region === this.region) throw new InputError(`${this.node.path} and ${other.node.path} are both in ${this.region}: a hub serves its whole Region`);
    this.peerings.add(other);
  }

  /** @internal */
  public _allow(from: string, to: string, isMutual: boolean): void {
    this.intents.allow(from, to, isMutual);
  }

  /** @internal */
  public _intentsChanged(): void {
    this.updateRoutes();
    this.peerings.update();
    this.spokes.update();
    this.accessScopes?.update();
  }

  /** Attachment of networks on premises: VPN, Direct Connect. @internal */
  public _attachOnPremises(scope: Construct, id: string, link: OnPremisesLink): void {
    if (!this.onPremises) throw new InputError(`${scope.node.path}: the address plan names no networks on premises. Give their addresses in onPremises.`);
    this.links.set(scope.node.path, link);
    this.associate(scope, `${id}.Association`, ON_PREMISES, link.attachmentId);
    this._intentsChanged();
    this.peerings.changed();
  }

  /** @internal */
  public get _spokes(): SpokeAttachments {
    return this.spokes;
  }

  /** @internal */
  public get _peerings(): HubPeerings {
    return this.peerings;
  }

  /** @internal */
  public get _onPremisesRanges(): string[] {
    return [...new Set([...this.links.values()].flatMap(({ ranges }) => ranges))];
  }

  /** NAT gateways of central egress. @internal */
  public get _natGatewayIds(): readonly string[] {
    return this.natGatewayIds;
  }

  /** Id of a table, within the hub's stack. @internal */
  public _tableId(name: string): string {
    return (this.tables.get(name) ?? this.addTable(name)).ref;
  }

  /** @internal */
  public get _facts(): HubFacts {
    return {
      region: this.region,
      plan: {
        cidr: this.addressPlan.cidr,
        onPremises: this.addressPlan.onPremises.map(({ cidr }) => cidr),
        regionCidr: (region) => this.addressPlan.regionCidr(region),
        segmentCidr: (region, segment) => this.addressPlan.segmentCidr(region, segment),
      },
      segments: this.segments,
      peers: this.peerings?.peers ?? [],
      hasEgress: this.egress.isCentral,
      inspectsEgress: this.egress.isCentral && this.inspection.northSouth,
      inspectsEastWest: this.inspection.eastWest,
      links: [...this.links].map(([key, { ranges }]) => ({ key, ranges })),
      connects: (one, other) => this.intents.connects(one, other),
    };
  }

  /** Attachment a static route leads to, for routes that are not a peering's. @internal */
  public _attachmentOf(target: HubTarget): string | undefined {
    if (target.kind === 'on-premises') return this.links.get(target.link)!.attachmentId;
    return target.kind === 'blackhole' || target.kind === 'peer' ? undefined : this.attachments.get(target.kind);
  }

  private addGateway(): CfnTransitGateway {
    const { shareWith, flowLogs, amazonSideAsn } = this._props;
    const gateway = new CfnTransitGateway(this, 'Resource', {
      description: `Hub of ${this.region}`,
      amazonSideAsn: amazonSideAsn ?? 64_512 + this.addressPlan._regionSlot(this.region),
      defaultRouteTableAssociation: 'disable',
      defaultRouteTablePropagation: 'disable',
      // Sharing is limited to the organization, and an accepted attachment is associated with nothing until the hub says so.
      autoAcceptSharedAttachments: 'enable',
      dnsSupport: 'enable',
      vpnEcmpSupport: 'enable',
      multicastSupport: 'disable',
      tags: [{ key: 'Name', value: Stack.of(this).stackName }],
    });
    gateway.applyRemovalPolicy(RemovalPolicy.RETAIN);
    new CfnResourceShare(this, 'Share', {
      name: `${Stack.of(this).stackName}-transit-gateway`, allowExternalPrincipals: false, principals: [shareWith], resourceArns: [gateway.attrTransitGatewayArn],
    });
    flowLogs._of(this, 'TransitGateway', gateway.ref);
    return gateway;
  }

  private tableNames(): string[] {
    return [
      ...this.addressPlan.segments,
      ...(this.onPremises ? [ON_PREMISES] : []),
      ...(this.inspection.eastWest || (this.egress.isCentral && this.inspection.northSouth) ? [INSPECTION] : []),
      ...(this.egress.isCentral ? [EGRESS] : []),
    ];
  }

  private addTable(name: string): CfnTransitGatewayRouteTable {
    const table = new CfnTransitGatewayRouteTable(this, `Table.${name}`, { transitGatewayId: this.transitGatewayId, tags: [{ key: 'Name', value: name }] });
    table.applyRemovalPolicy(RemovalPolicy.RETAIN);
    mark(table, { segment: name });
    this.tables.set(name, table);
    return table;
  }

  private addInspection(): void {
    const { flowLogs } = this._props;
    if (!this.tables.has(INSPECTION)) return;
    const firewall: Omit<HubFirewallProps, 'place'> = {
      ...this.inspection._firewall, logs: flowLogs, home: [this.addressPlan.cidr, ...this._facts.plan.onPremises], rules: () => addressRules(this.firewallFacts()),
    };
    const attachmentId = this.inspection._kind === 'native' ? this.addNativeFirewall(firewall) : this.addInspectionVpc(firewall);
    this.attachments.set('inspection', attachmentId);
    this.associate(this, 'InspectionAssociation', INSPECTION, attachmentId);
  }

  private addNativeFirewall(firewall: Omit<HubFirewallProps, 'place'>): string {
    const { attachmentId, arns } = new HubFirewall(this, 'Firewall', { ...firewall, place: { transitGatewayId: this.transitGatewayId, zoneIds: this.zoneIds } });
    this.inspectors = [...arns, attachmentId!];
    return attachmentId!;
  }

  private addInspectionVpc(firewall: Omit<HubFirewallProps, 'place'>): string {
    const { attachmentId, inspectors } = new InspectionVpcPath(this, 'Inspection', {
      inspection: this.inspection, firewall, zoneIds: this.zoneIds, link: new TransitGatewayLink(this.transitGatewayId), flowLogs: this._props.flowLogs,
    });
    this.inspectors = inspectors;
    return attachmentId;
  }

  private addEgress(): string {
    const vpc = new EgressVpc(this, 'Egress', {
      egress: this.egress, zoneIds: this.zoneIds, link: new TransitGatewayLink(this.transitGatewayId), flowLogs: this._props.flowLogs, clients: [this.addressPlan.regionCidr(this.region)],
    });
    this.attachments.set('egress', vpc.attachmentId);
    this.natGatewayIds = vpc.natGatewayIds;
    this.associate(this, 'EgressAssociation', EGRESS, vpc.attachmentId);
    return vpc.vpcId;
  }

  private addMetering(): void {
    const { metering } = this._props;
    if (!metering) return;
    const middle = [...this.attachments.values()];
    const policy = new CfnTransitGatewayMeteringPolicy(this, 'Metering', { transitGatewayId: this.transitGatewayId, ...(middle.length > 0 ? { middleboxAttachmentIds: middle } : {}) });
    new CfnTransitGatewayMeteringPolicyEntry(this, 'MeteringOfAll', {
      transitGatewayMeteringPolicyId: policy.attrTransitGatewayMeteringPolicyId, policyRuleNumber: 1_000, meteredAccount: metering,
    });
  }

  private associate(scope: Construct, id: string, table: string, attachmentId: string): void {
    new CfnTransitGatewayRouteTableAssociation(scope, id, { transitGatewayAttachmentId: attachmentId, transitGatewayRouteTableId: this._tableId(table) });
  }

  /** Those by peerings are in the peerings' stack. */
  private updateRoutes(): void {
    const own = hubRoutes(this._facts).filter(({ table, target }) => target.kind !== 'peer' && table !== PEERING);
    const scope = (this.node.tryFindChild('Routes') as Construct | undefined) ?? new Construct(this, 'Routes');
    syncChildren(scope, own, (id, route) => new CfnTransitGatewayRoute(scope, id, {
      transitGatewayRouteTableId: this._tableId(route.table),
      destinationCidrBlock: route.destination,
      ...(route.target.kind === 'blackhole' ? { blackhole: true } : { transitGatewayAttachmentId: this._attachmentOf(route.target)! }),
    }));
  }

  private firewallFacts() {
    const { addressPlan: plan } = this;
    return {
      ...this._facts,
      plan: plan.cidr,
      onPremises: this._facts.plan.onPremises,
      blocksOf: (segment: string) => (segment === ON_PREMISES ? this._facts.plan.onPremises : plan.regions.map((region) => plan.segmentCidr(region, segment))),
      allowed: this.intents.allowed(),
      passesAllEgress: this.inspection._firewall.allowedDomains === undefined,
    };
  }

  private intent(): NetworkIntent {
    const facts = this._facts;
    return {
      hub: this.node.path,
      region: this.region,
      segments: [
        ...this.segments.map(({ name, isIsolated, hasEgress }) => ({
          name, ranges: [this.addressPlan.segmentCidr(this.region, name)], isIsolated, hasEgress: hasEgress && this.egress.isCentral,
        })),
      ],
      allowed: this.intents.allowed().map((one) => ({ ...one, isOneWay: one.isOneWay && facts.inspectsEastWest })),
      egress: this.egress.isCentral ? 'central' : 'none',
      inspectsEgress: facts.inspectsEgress,
      inspectsEastWest: facts.inspectsEastWest,
    };
  }

  private problemsOf({ segments = {}, spokeStacks, amazonSideAsn }: NetworkHubProps): string[] {
    const { addressPlan: plan } = this;
    const reserved = [INSPECTION, EGRESS, PEERING, ON_PREMISES];
    return [
      ...plan.segments.filter((name) => reserved.includes(name)).map((name) => `${name} is a table of the hub itself: give the segment another name`),
      ...Object.keys(segments).filter((name) => !plan.segments.includes(name)).map((name) => `segments names ${name}, which the plan does not have. Segments of the plan: ${plan.segments.join(', ')}`),
      ...(this.zoneIds.length < 1 || this.zoneIds.length > 4 ? [`${this.zoneIds.length} zones are asked for, 1 to 4 are possible`] : []),
      ...(new Set(this.zoneIds).size < this.zoneIds.length ? [`zoneIds names a zone twice: ${this.zoneIds.join(', ')}`] : []),
      ...(spokeStacks !== undefined && !(Number.isInteger(spokeStacks) && spokeStacks >= 1 && spokeStacks <= 64) ? [`spokeStacks is ${spokeStacks}, a whole number from 1 to 64 is expected`] : []),
      ...(amazonSideAsn !== undefined && !(amazonSideAsn >= 64_512 && amazonSideAsn <= 65_534) ? [`amazonSideAsn is ${amazonSideAsn}, 64512 to 65534 is expected`] : []),
    ];
  }

  private quotaProblems(): string[] {
    const limits = { ...TRANSIT_GATEWAY_LIMITS, ...this._props.limits };
    const facts = this._facts;
    const routes = hubRoutes(facts).length + this.spokes.propagationCount;
    const tables = this.tables.size;
    const attachments = this.spokes.count + this.attachments.size + this.links.size + facts.peers.length;
    const fix = 'Agree on more with AWS and say so in limits';
    return [
      ...(routes > limits.routes ? [`${this.node.path}: ${routes.toLocaleString('en-US')} routes in ${tables} tables, ${limits.routes.toLocaleString('en-US')} are possible in a transit gateway. `
        + `${facts.inspectsEastWest ? fix : 'Inspect east-west: each VPC is then a route of its own segment and of the inspection only. Or'} ${facts.inspectsEastWest ? '' : fix.toLowerCase()}`.trim() + '.'] : []),
      ...(tables > limits.routeTables ? [`${this.node.path}: ${tables} route tables, ${limits.routeTables} are possible in a transit gateway. ${fix}, or plan fewer segments.`] : []),
      ...(attachments > limits.attachments ? [`${this.node.path}: ${attachments} attachments, ${limits.attachments} are possible. ${fix}.`] : []),
      ...(facts.peers.length > limits.peerings ? [`${this.node.path}: ${facts.peers.length} peerings, ${limits.peerings} are possible. ${fix}.`] : []),
      ...this.spokes.problems(),
    ];
  }
}

function regionOf(hub: NetworkHub, plan: AddressPlan): string {
  const { region, account } = Stack.of(hub);
  if (region.includes('${') || account.includes('${')) {
    throw new InputError(`NetworkHub ${hub.node.path}: its stack needs an environment, env: { account, region }, as the hub has the addresses of its Region`);
  }
  plan.regionCidr(region);
  return region;
}
