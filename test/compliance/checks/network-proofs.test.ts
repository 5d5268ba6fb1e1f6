import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Fn, PolicyValidationPluginReport, Stack, Validations } from 'aws-cdk-lib';
import { CfnInternetGateway, CfnRoute, CfnVPCGatewayAttachment } from 'aws-cdk-lib/aws-ec2';
import { Inspection, LandingZoneValidation, NetworkHub } from '../../../src';
import { declaredNetwork, networkProofs } from '../../../src/compliance/checks/network-proofs';
import { readAssembly } from '../../../src/model/assembly/read-assembly';
import { NetworkFixture } from '../../network/hub-fixture';

/** Two inspected hubs, prod and dev in one Region, shared in the other. */
function acme(): NetworkFixture {
  const fixture = new NetworkFixture();
  const inspection = Inspection.networkFirewall({ allowedDomains: ['.example.com'] });
  const [ireland, virginia] = ['eu-west-1', 'us-east-1'].map((region) => fixture.hub({ inspection, zones: 2 }, region)) as [NetworkHub, NetworkHub];
  ireland.peerWith(virginia);
  ireland.segment('prod').allowTo(ireland.segment('shared'));
  fixture.spoke('payments', { segment: ireland.segment('prod'), zones: 2 });
  fixture.spoke('trial', { segment: ireland.segment('dev'), zones: 2 });
  fixture.spoke('directory', { segment: virginia.segment('shared'), zones: 2 });
  return fixture;
}

const CORRECT = acme().app.synth().directory;

/** Changes the resources of all templates that hold one of the name. */
function faulty(change: (resources: { [logicalId: string]: any }, stack: string) => void): ReturnType<typeof networkProofs> {
  const dir = mkdtempSync(join(tmpdir(), 'faulty-'));
  cpSync(CORRECT, dir, { recursive: true });
  let changes = 0;
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.template.json'))) {
    const text = readFileSync(join(dir, name), 'utf8');
    const template = JSON.parse(text);
    change(template.Resources, name.replace('.template.json', ''));
    if (JSON.stringify(template) === JSON.stringify(JSON.parse(text))) continue;
    changes += 1;
    writeFileSync(join(dir, name), JSON.stringify(template));
  }
  expect(changes).toBeGreaterThan(0);
  return networkProofs(declaredNetwork(readAssembly(dir))!);
}

const thirdOf = (cidr: string) => Number(cidr.split('.')[2]);
const ofType = (resources: { [id: string]: any }, type: string) => Object.entries(resources).filter(([, resource]) => resource.Type === `AWS::EC2::${type}`);
const drop = (resources: { [id: string]: any }, id: string) => { expect(resources[id]).toBeDefined(); delete resources[id]; };

test('a correct network is proved, with a summary of its egress', () => {
  const { proved, findings, summary } = networkProofs(declaredNetwork(readAssembly(CORRECT))!);
  expect(findings).toEqual([]);
  expect(proved).toBeGreaterThan(15);
  expect(summary).toBe('5 VPCs · internet egress of 3, all inspected');
});

test('templates that declare no network are not asked', () => {
  const app = new App({ analyticsReporting: false });
  new Stack(app, 'Plain');
  expect(declaredNetwork(readAssembly(app.synth().directory))).toBeUndefined();
});

const faults: { readonly [name: string]: { readonly change: Parameters<typeof faulty>[0]; readonly rule: string; readonly says: RegExp } } = {
  'propagation into the wrong tables, both ways': {
    change: (resources, stack) => {
      if (!stack.startsWith('Hub-eu-west-1.Spokes')) return;
      const propagations = ofType(resources, 'TransitGatewayRouteTablePropagation');
      for (const [spoke, table] of [['payments', 'OutTabledev'], ['trial', 'OutTableprod']] as const) {
        const [, own] = propagations.find(([id]) => id.startsWith(`${spoke}To`))!;
        resources[`Wrong${spoke}`] = JSON.parse(JSON.stringify(own).replace(/OutTable\w+/, table));
      }
    },
    rule: 'LZ.NET.PROOF.2', says: /segment (dev|prod) reaches segment (prod|dev)/,
  },
  'a forgotten association': {
    change: (resources, stack) => { if (stack.startsWith('Hub-eu-west-1.Spokes')) ofType(resources, 'TransitGatewayRouteTableAssociation').filter(([id]) => id.startsWith('payments')).forEach(([id]) => drop(resources, id)); },
    rule: 'LZ.NET.PROOF.1', says: /associated with no route table/,
  },
  'one zone around the firewall': {
    change: (resources, stack) => {
      if (stack !== 'Spoke-payments') return;
      resources.Gateway = { Type: 'AWS::EC2::InternetGateway' };
      resources.GatewayOfVpc = { Type: 'AWS::EC2::VPCGatewayAttachment', Properties: { VpcId: { Ref: 'Network1C6012B5' }, InternetGatewayId: { Ref: 'Gateway' } } };
      resources.Address = { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } };
      const subnet = ofType(resources, 'Subnet').find(([id]) => id.startsWith('Networkisolatedeuw1az1'))![0];
      resources.Nat = { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: subnet }, AllocationId: { 'Fn::GetAtt': ['Address', 'AllocationId'] } } };
      resources.Out = { Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: 'NetworkisolatedTable9F4ED1C0' }, DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Gateway' } } };
      resources.Around = { Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: 'NetworkprivateTable2A65B83D' }, DestinationCidrBlock: '52.0.0.0/8', NatGatewayId: { Ref: 'Nat' } } };
      for (const [, { Properties }] of ofType(resources, 'NetworkAclEntry')) if (Properties.RuleAction === 'allow') Properties.CidrBlock = '0.0.0.0/0';
    },
    rule: 'LZ.NET.PROOF.7', says: /around the firewall/,
  },
  'a network ACL that blocks the way back': {
    change: (resources, stack) => { if (stack === 'Spoke-directory') ofType(resources, 'NetworkAclEntry').filter(([id]) => id.startsWith('NetworkprivateOut')).forEach(([, entry]) => { entry.Properties.RuleAction = 'deny'; }); },
    rule: 'LZ.NET.PROOF.1', says: /network ACL/i,
  },
  'two spokes with the same addresses': {
    change: (resources, stack) => {
      if (stack !== 'Spoke-trial') return;
      const own = thirdOf(resources.Network1C6012B5.Properties.CidrBlock);
      const [first, second, third] = JSON.parse(readFileSync(join(CORRECT, 'Spoke-payments.template.json'), 'utf8')).Resources.Network1C6012B5.Properties.CidrBlock.split('.').map(Number);
      const moved = JSON.stringify(resources).replace(/"10\.[4-7]\.(\d+)\./g, (_, old) => `"${first}.${second}.${Number(old) - own + third}.`);
      Object.assign(resources, JSON.parse(moved));
    },
    rule: 'LZ.NET.OVERLAP', says: /both have 10\./,
  },
  'no black hole where Regions meet, and a way back': {
    change: (resources, stack) => { if (stack === 'Hub-eu-west-1') ofType(resources, 'TransitGatewayRoute').filter(([id, { Properties }]) => Properties.Blackhole === true || /inspection/.test(id)).forEach(([id]) => drop(resources, id)); },
    rule: 'LZ.NET.PROOF.1', says: /no route|segment/,
  },
};

test.each(Object.entries(faults))('%s is found, with the path and where it is made', (_, { change, rule, says }) => {
  const { findings } = faulty(change);
  const own = findings.filter((finding) => finding.rule === rule);
  expect(findings.map((finding) => finding.rule)).toContain(rule);
  expect(own.map(({ message, details }) => [message, ...details ?? []].join('\n')).join('\n')).toMatch(says);
  if (rule.startsWith('LZ.NET.PROOF')) expect(own[0]!.details!.join('\n')).toMatch(/path: .* → /);
  expect(own[0]!.origins[0]).toMatchObject({ template: expect.stringContaining('.template.json'), logicalId: expect.any(String) });
  expect(own[0]!.hint).not.toBe('');
});

describe('synthesis', () => {
  /** What the plugin says of an app, without stopping it. */
  function reportOf({ app }: NetworkFixture): PolicyValidationPluginReport {
    const plugin = new LandingZoneValidation();
    let report: PolicyValidationPluginReport | undefined;
    Validations.of(app).addPlugins({ name: 'listener', validate: (context) => { report = plugin.validate(context); return { success: true, violations: [] }; } });
    app.synth();
    return report!;
  }

  test('passes a correct network that stands alone', () => {
    expect(reportOf(acme())).toEqual({ success: true, violations: [] });
  });

  test('fails when a product team opens a way of its own', () => {
    const fixture = acme();
    const stack = fixture.app.node.findChild('Spoke-payments') as Stack;
    const gateway = new CfnInternetGateway(stack, 'Own');
    new CfnVPCGatewayAttachment(stack, 'OwnAttachment', { vpcId: Fn.ref('Network1C6012B5'), internetGatewayId: gateway.ref });
    new CfnRoute(stack, 'OwnRoute', { routeTableId: Fn.ref('NetworkprivateTable2A65B83D'), destinationCidrBlock: '8.0.0.0/8', gatewayId: gateway.ref });
    const { success, violations } = reportOf(fixture);
    expect(success).toBe(false);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual(['LZ.NET.PROOF.3']);
    expect(violations[0]!.violatingResources[0]).toMatchObject({ resourceLogicalId: expect.any(String), templatePath: expect.stringContaining('.template.json') });
  });
});
