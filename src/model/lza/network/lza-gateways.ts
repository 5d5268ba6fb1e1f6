import { LzaNode } from './lza-node';
import { LzaOrigin, LzaSite, LzaTemplates } from './lza-templates';

/** A transit gateway of the configuration. */
export interface LzaGateway {
  readonly node: LzaNode;
  readonly name: string;
  readonly site: LzaSite;
  readonly id: string;
}

/** An attachment that routes of gateways name. */
interface Named {
  readonly gateway: string;
  readonly id: string;
}

/** Transit gateways with their tables and routes, and what is attached to them: VPCs tell theirs, the rest is here. */
export class LzaGateways {
  private readonly gateways = new Map<string, LzaGateway>();
  /** By kind and name: `vpc Network/inspection`, `vpn dublin`. */
  private readonly attached = new Map<string, Named[]>();

  public constructor(private readonly config: LzaNode, private readonly templates: LzaTemplates, private readonly siteOf: (account: string | undefined, region: string | undefined) => LzaSite) {
    for (const node of config.items('transitGateways')) this.addGateway(node);
  }

  public byName(name: string): LzaGateway | undefined {
    return this.gateways.get(name);
  }

  /** Remembers an attachment by a name that routes use. */
  public remember(what: string, gateway: LzaGateway | undefined, id: string): void {
    if (gateway) this.attached.set(what, [...this.attached.get(what) ?? [], { gateway: gateway.name, id }]);
  }

  /** Associates an attachment with tables, and tells others of it. */
  public connect(site: LzaSite, gateway: LzaGateway | undefined, attachment: string, name: string, node: LzaNode, origin: LzaOrigin): void {
    const tables = (key: string) => node.texts(key).map((table) => ({ table, id: this.tableId(gateway, table) }));
    for (const { table, id } of tables('routeTableAssociations')) {
      this.templates.add(site, 'associationTo', [attachment, table], 'AWS::EC2::TransitGatewayRouteTableAssociation', { TransitGatewayAttachmentId: attachment, TransitGatewayRouteTableId: id }, origin);
    }
    for (const { table, id } of tables('routeTablePropagations')) {
      this.templates.add(site, 'propagationTo', [attachment, table], 'AWS::EC2::TransitGatewayRouteTablePropagation', { TransitGatewayAttachmentId: attachment, TransitGatewayRouteTableId: id }, origin);
    }
    this.remember(`attachment ${name}`, gateway, attachment);
  }

  /** Peerings, Connect, VPN and Direct Connect; then the routes, which name what is attached. */
  public write(vpnGatewayOf: (vpc: string) => string | undefined): void {
    for (const node of this.config.items('transitGatewayPeering')) this.writePeering(node);
    for (const node of this.config.items('customerGateways')) this.writeSite(node, vpnGatewayOf);
    for (const node of this.config.items('directConnectGateways')) this.writeDirectConnect(node);
    for (const node of this.config.items('transitGatewayConnects')) this.writeConnect(node);
    for (const gateway of this.gateways.values()) for (const table of gateway.node.items('routeTables')) this.writeRoutes(gateway, table);
  }

  private addGateway(node: LzaNode): void {
    const name = node.text('name')!;
    const site = this.siteOf(node.text('account'), node.text('region'));
    const origin = { name, place: node.place };
    const id = this.templates.add(site, 'gateway', [name], 'AWS::EC2::TransitGateway', {
      DefaultRouteTableAssociation: node.text('defaultRouteTableAssociation') ?? 'enable', DefaultRouteTablePropagation: node.text('defaultRouteTablePropagation') ?? 'enable',
    }, origin);
    const gateway: LzaGateway = { node, name, site, id };
    this.gateways.set(name, gateway);
    for (const table of node.items('routeTables')) {
      const segment = table.text('name')!;
      this.templates.add(site, 'gatewayTable', [name, segment], 'AWS::EC2::TransitGatewayRouteTable', { TransitGatewayId: id }, { name: segment, place: table.place, mark: { segment } });
    }
  }

  private tableId(gateway: LzaGateway | undefined, table: string): string {
    return gateway ? this.templates.ref(gateway.site, 'gatewayTable', gateway.name, table) : table;
  }

  private writePeering(node: LzaNode): void {
    const name = node.text('name')!;
    const [requester, accepter] = [node.child('requester'), node.child('accepter')];
    const [one, other] = [requester, accepter].map((end) => this.byName(end?.text('transitGatewayName') ?? ''));
    const site = this.siteOf(requester?.text('account'), requester?.text('region'));
    accepter?.text('account');
    accepter?.text('region');
    const id = this.templates.add(site, 'gatewayPeering', [name], 'AWS::EC2::TransitGatewayPeeringAttachment', {
      TransitGatewayId: one?.id ?? requester?.text('transitGatewayName'), PeerTransitGatewayId: other?.id ?? accepter?.text('transitGatewayName'),
    }, { name, place: node.place });
    [requester, accepter].forEach((end, index) => {
      const gateway = [one, other][index];
      for (const table of end?.texts('routeTableAssociations') ?? []) {
        this.templates.add(site, 'peeringAssociation', [name, String(index), table], 'AWS::EC2::TransitGatewayRouteTableAssociation', { TransitGatewayAttachmentId: id, TransitGatewayRouteTableId: this.tableId(gateway, table) }, { name, place: end!.place });
      }
      this.remember(`peering ${name}`, gateway, id);
    });
  }

  private writeSite(node: LzaNode, vpnGatewayOf: (vpc: string) => string | undefined): void {
    const site = this.siteOf(node.text('account'), node.text('region'));
    for (const vpn of node.items('vpnConnections')) {
      const name = vpn.text('name')!;
      const origin = { name, place: vpn.place };
      const gateway = this.byName(vpn.text('transitGateway') ?? '');
      const vpc = vpn.text('vpc');
      const id = this.templates.add(site, 'vpn', [name], 'AWS::EC2::VPNConnection', {
        StaticRoutesOnly: vpn.flag('staticRoutesOnly') ?? false,
        ...(vpc !== undefined ? { VpnGatewayId: vpnGatewayOf(vpc) ?? vpc } : { TransitGatewayId: gateway?.id ?? vpn.text('transitGateway') }),
      }, origin);
      if (vpc !== undefined) continue;
      this.connect(site, gateway, `${id}#attachment`, name, vpn, origin);
      this.remember(`vpn ${name}`, gateway, `${id}#attachment`);
    }
  }

  private writeDirectConnect(node: LzaNode): void {
    const name = node.text('name')!;
    const origin = { name, place: node.place };
    for (const association of node.items('transitGatewayAssociations')) {
      const gateway = this.byName(association.text('name') ?? '');
      const site = this.siteOf(association.text('account'), gateway?.site.region);
      const outside = this.templates.add(this.siteOf(node.text('account'), gateway?.site.region), 'directConnect', [name], 'AWS::DirectConnect::DirectConnectGateway', {}, origin);
      const id = this.templates.add(site, 'directConnectAssociation', [name, association.text('name')!], 'AWS::DirectConnect::DirectConnectGatewayAssociation', {
        DirectConnectGatewayId: outside, AssociatedGatewayId: gateway?.id ?? association.text('name'),
      }, { name, place: association.place });
      this.connect(site, gateway, `${id}#attachment`, name, association, origin);
      this.remember(`direct-connect ${name}`, gateway, `${id}#attachment`);
    }
  }

  private writeConnect(node: LzaNode): void {
    const name = node.text('name')!;
    const target = node.child('transitGateway');
    const gateway = this.byName(target?.text('name') ?? '');
    const vpc = node.child('vpc');
    vpc?.text('vpcName');
    const over = vpc ? `attachment ${vpc.text('vpcAttachment')}` : `direct-connect ${node.text('directConnect')}`;
    const transport = this.attached.get(over)?.find((one) => one.gateway === gateway?.name)?.id;
    this.templates.add(this.siteOf(target?.text('account'), node.text('region')), 'connect', [name], 'AWS::EC2::TransitGatewayConnect', { TransportTransitGatewayAttachmentId: transport ?? over }, { name, place: node.place });
  }

  private writeRoutes(gateway: LzaGateway, table: LzaNode): void {
    const tableName = table.text('name')!;
    table.items('routes').forEach((route, index) => {
      const list = route.text('destinationPrefixList');
      const attachment = route.child('attachment');
      const blocks = list === undefined ? [route.text('destinationCidrBlock')] : this.blocksOf(list);
      blocks.forEach((block, part) => this.templates.add(gateway.site, 'gatewayRoute', [gateway.name, tableName, `${index}-${part}`], 'AWS::EC2::TransitGatewayRoute', {
        TransitGatewayRouteTableId: this.tableId(gateway, tableName), DestinationCidrBlock: block,
        ...(route.flag('blackhole') ? { Blackhole: true } : attachment ? { TransitGatewayAttachmentId: this.attachmentOf(gateway, attachment) } : {}),
      }, { name: `${tableName}/${block ?? list}`, place: route.place }));
    });
  }

  private blocksOf(list: string): readonly (string | undefined)[] {
    const found = this.config.items('prefixLists').find((one) => one.text('name') === list);
    return found ? found.texts('entries') : [`prefix list ${list}`];
  }

  private attachmentOf(gateway: LzaGateway, node: LzaNode): string {
    const [vpc, account] = [node.text('vpcName'), node.text('account')];
    const named = ([['vpn', 'vpnConnectionName'], ['direct-connect', 'directConnectGatewayName'], ['peering', 'transitGatewayPeeringName']] as const).map(([kind, key]) => ({ kind, name: node.text(key) }));
    const what = vpc !== undefined ? `vpc ${account}/${vpc}` : named.filter(({ name }) => name !== undefined).map(({ kind, name }) => `${kind} ${name}`)[0] ?? 'nothing';
    return this.attached.get(what)?.find((one) => one.gateway === gateway.name)?.id ?? what;
  }
}
