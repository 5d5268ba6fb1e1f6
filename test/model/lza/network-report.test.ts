import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { LzaNetworkReport, lzaNetworkReports } from '../../../src/model/lza/network/lza-network-report';

const NETWORK = `
transitGateways:
  - name: hub
    account: Network
    region: eu-west-1
    asn: 64512
    defaultRouteTableAssociation: disable
    defaultRouteTablePropagation: disable
    routeTables:
      - name: prod
        routes: [{ destinationCidrBlock: 10.0.0.0/8, blackhole: true }]
vpcs:
  - name: orders
    account: Network
    region: eu-west-1
    cidrs: [10.1.0.0/16]
    quantumLink: true
    routeTables:
      - name: private
        routes: [{ name: out, destination: 0.0.0.0/0, type: transitGateway, target: hub }]
    subnets: [{ name: a, availabilityZone: a, routeTable: private, ipv4CidrBlock: 10.1.0.0/24 }]
    transitGatewayAttachments:
      - { name: orders, transitGateway: { name: hub, account: Network }, routeTableAssociations: [prod], routeTablePropagations: [prod], subnets: [a] }
`;

function reportsOf(files: { readonly [name: string]: string }): LzaNetworkReport[] {
  const dir = mkdtempSync(join(tmpdir(), 'lza-report-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return lzaNetworkReports(dir);
}

test('segments, VPCs, routes, and what is not modelled with its line', () => {
  expect(reportsOf({ 'network-config.yaml': NETWORK })).toEqual([{
    file: 'network-config.yaml',
    segments: [{ name: 'prod', gateway: 'hub', vpcs: 1, routes: 1, learns: 1 }],
    vpcs: [{ name: 'orders', region: 'eu-west-1', segment: 'prod', addresses: '10.1.0.0/16', subnets: 1, routes: 1 }],
    routes: 2,
    unknowns: ['vpcs[].quantumLink (network-config.yaml:17)'],
    notices: expect.arrayContaining([{ kind: 'not carried over', subject: 'network-config.yaml: vpcs[].quantumLink', message: 'line 17; it is not modelled: answers could be others' }]),
  }]);
});

test('networks to choose from, where there is no network-config.yaml; none at all', () => {
  expect(reportsOf({ 'network/b.yaml': NETWORK, 'network/a.yaml': NETWORK, 'network/rules.txt': '' }).map(({ file, routes }) => [file, routes])).toEqual([['network/a.yaml', 2], ['network/b.yaml', 2]]);
  expect(reportsOf({ 'network-config.yaml': NETWORK, 'network/a.yaml': NETWORK }).map(({ file }) => file)).toEqual(['network-config.yaml']);
  expect(reportsOf({})).toEqual([]);
});

test('a file that is no YAML is told, and fails nothing', () => {
  const [report] = reportsOf({ 'network-config.yaml': 'vpcs: [' });
  expect(report).toMatchObject({ segments: [], vpcs: [], routes: 0, notices: [{ kind: 'not carried over', subject: 'network-config.yaml' }] });
  expect(report!.notices[0]!.message).toMatch(/network-config\.yaml/);
});
