import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnTransitGatewayRoute, CfnTransitGatewayRouteTableAssociation, CfnTransitGatewayRouteTablePropagation } from 'aws-cdk-lib/aws-ec2';
import { networkZone } from '../../examples/network/zone';
import { NetworkHub } from '../../src';
import { Network } from '../../src/analysis/network/network';
import { proveIntents } from '../../src/analysis/network/prove-intents';
import { valueFrom } from '../../src/delivery/stack-output';
import { readAssembly } from '../../src/model/assembly/read-assembly';
import { networkFromAssembly } from '../../src/model/network/network-from-assembly';

const outdirs: string[] = [];
afterAll(() => outdirs.forEach((outdir) => rmSync(outdir, { recursive: true })));

function synthesized(change: (app: App) => void = () => undefined): string {
  const outdir = mkdtempSync(join(tmpdir(), 'network-example-'));
  outdirs.push(outdir);
  const app = new App({ outdir, analyticsReporting: false });
  networkZone(app);
  change(app);
  app.synth();
  return outdir;
}

const proofOf = (outdir: string) => proveIntents(new Network(networkFromAssembly(readAssembly(outdir)).topology));
const outdir = synthesized();

test('all that the example declares is proved, of a topology in which nothing is unknown', () => {
  const { topology, problems } = networkFromAssembly(readAssembly(outdir));
  expect({ problems, unknowns: topology.unknowns }).toEqual({ problems: [], unknowns: [] });
  expect({ vpcs: topology.vpcs.length, gateways: topology.gateways.length, firewalls: topology.firewalls.length, outsides: topology.outsides.length })
    .toEqual({ vpcs: 7, gateways: 2, firewalls: 2, outsides: 1 });
  // 15 pairs of three segments and the data centre, without the data centre with itself; three of them allowed, and those past a firewall; then what four populated segments have with the internet.
  expect(proofOf(outdir)).toEqual({ proved: 15 + 3 + 4 * 3, findings: [] });
});

describe('what nobody declared stops the synthesis', () => {
  const HUB = 'Acme-Hub-eu-west-1';
  const VPN = 'inspection.192.168.0.0-18.on-premises';

  /** Another route in a table of the Irish hub, to where one of its routes leads. */
  function addRoute(app: App, table: string, destination: string, like: string): void {
    const hub = app.node.findChild(HUB) as Stack;
    const routes = hub.node.findAll().filter((one): one is CfnTransitGatewayRoute => one instanceof CfnTransitGatewayRoute);
    const known = (beginning: string) => routes.find(({ node }) => node.id.startsWith(beginning))!;
    new CfnTransitGatewayRoute(hub, `Wrong.${table}`, {
      transitGatewayRouteTableId: known(`${table}.`).transitGatewayRouteTableId, destinationCidrBlock: destination, transitGatewayAttachmentId: known(like).transitGatewayAttachmentId!,
    });
  }

  /** The table of networks on premises learns a spoke. */
  function learn(app: App, spoke: string): void {
    const spokes = app.node.findChild(`${HUB}.Spokes`) as Stack;
    const association = spokes.node.findChild(spoke).node.findChild('Association') as CfnTransitGatewayRouteTableAssociation;
    const hub = app.node.findChild(HUB).node.findChild('Hub') as NetworkHub;
    new CfnTransitGatewayRouteTablePropagation(spokes, 'Wrong', {
      transitGatewayAttachmentId: association.transitGatewayAttachmentId,
      transitGatewayRouteTableId: valueFrom(Stack.of(hub), 'Table.on-premises', hub._tableId('on-premises'), spokes),
    });
  }

  test('development and the data centre know each other, beside the firewall', () => {
    const leak = (app: App) => {
      addRoute(app, 'dev', '192.168.7.0/24', VPN);
      learn(app, 'payments-dev');
    };
    expect(() => synthesized(leak)).toThrow(/segment dev reaches the network on premises: .* to 192\.168\.7\.[^]*the network on premises reaches segment dev/);
  });

  test('a shortcut of production to the data centre: the firewall sees answers alone, and drops them', () => {
    expect(() => synthesized((app) => addRoute(app, 'prod', '192.168.7.0/24', VPN))).toThrow(/segment prod does not always reach the network on premises[^]*asymmetric, it drops it/);
  });
});

test('two syntheses write the same bytes', () => {
  const again = synthesized();
  const names = readdirSync(outdir).filter((name) => /\.template\.json$|manifest\.json$/.test(name)).sort();
  expect(readdirSync(again).filter((name) => /\.template\.json$|manifest\.json$/.test(name)).sort()).toEqual(names);
  for (const name of names) expect([name, readFileSync(join(again, name), 'utf8') === readFileSync(join(outdir, name), 'utf8')]).toEqual([name, true]);
});

test('its stacks in the order of deployment, as a small snapshot', () => {
  const { artifacts } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
  const stacks = Object.entries<any>(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const waitsFor = (id: string): number => 1 + Math.max(-1, ...(artifacts[id].dependencies ?? []).filter((other: string) => artifacts[other]?.type === 'aws:cloudformation:stack').map(waitsFor));
  const lines = stacks.map(([id, { environment, properties }]) => {
    const { Resources } = JSON.parse(readFileSync(join(outdir, properties.templateFile), 'utf8'));
    return `${waitsFor(id)} ${id} ${environment.split('/').pop()} ${Object.keys(Resources).length} resources`;
  });
  expect(lines.sort()).toMatchSnapshot();
});
