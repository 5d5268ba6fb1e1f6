import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ManagedRuleIdentifiers } from 'aws-cdk-lib/aws-config';
import { Control, ConformancePack, ConformancePackProps, Controls, ControlSet, DetectiveMechanism, Severity } from '../../src';
import { ASKING, DEFAULT_PARAMETERS, GLOBAL_RULES } from '../../src/detection/rule-parameters';

const detecting = (number: number, ...rules: string[]) => new Control({
  id: `ACME.RULE.${number}`, title: 'One', description: 'Two', severity: Severity.LOW, detective: [...rules.map((rule) => DetectiveMechanism.configRule(rule)), DetectiveMechanism.securityHub('S3.15')],
});

function pack(props: Partial<ConformancePackProps> = {}) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Compliance', { env: { account: '333344445555', region: 'eu-west-1' } });
  const made = new ConformancePack(stack, 'Pack', { packName: 'landing-zone-acme', controls: [detecting(1, 'VPC_FLOW_LOGS_ENABLED')], isHomeRegion: true, ...props });
  const resource = () => Object.values(Template.fromStack(stack).findResources('AWS::Config::OrganizationConformancePack'))[0]!;
  return { stack, made, resource, template: () => JSON.parse(resource().Properties.TemplateBody) };
}

test('a rule of several controls is there once, with the controls that it serves; Security Hub\'s are not', () => {
  const { made, template, resource } = pack({ controls: [detecting(1, 'VPC_FLOW_LOGS_ENABLED', 'ENCRYPTED_VOLUMES'), detecting(2, 'ENCRYPTED_VOLUMES')] });
  expect(made.rules).toEqual(['ENCRYPTED_VOLUMES', 'VPC_FLOW_LOGS_ENABLED']);
  expect(template()).toEqual({
    Resources: {
      EncryptedVolumes: { Type: 'AWS::Config::ConfigRule', Properties: { ConfigRuleName: 'encrypted-volumes', Source: { Owner: 'AWS', SourceIdentifier: 'ENCRYPTED_VOLUMES' } } },
      VpcFlowLogsEnabled: { Type: 'AWS::Config::ConfigRule', Properties: { ConfigRuleName: 'vpc-flow-logs-enabled', Source: { Owner: 'AWS', SourceIdentifier: 'VPC_FLOW_LOGS_ENABLED' } } },
    },
  });
  expect(resource().Metadata['cdk-landing-zone'].rules).toEqual({ ENCRYPTED_VOLUMES: ['ACME.RULE.1', 'ACME.RULE.2'], VPC_FLOW_LOGS_ENABLED: ['ACME.RULE.1'] });
});

test('rules on what an account has once are looked at in the home Region', () => {
  const controls = [detecting(1, 'ROOT_ACCOUNT_MFA_ENABLED', 'ENCRYPTED_VOLUMES')];
  expect(pack({ controls }).made.rules).toEqual(['ENCRYPTED_VOLUMES', 'ROOT_ACCOUNT_MFA_ENABLED']);
  expect(pack({ controls, isHomeRegion: false }).made.rules).toEqual(['ENCRYPTED_VOLUMES']);
});

test('a rule that asks what only you can say is left out, and said so, until you say it', () => {
  const controls = [detecting(1, 'REQUIRED_TAGS', 'ACCESS_KEYS_ROTATED')];
  const without = pack({ controls });
  expect([without.made.rules, without.made.leftOut]).toEqual([['ACCESS_KEYS_ROTATED'], ['REQUIRED_TAGS']]);
  expect(without.resource().Metadata['cdk-landing-zone'].leftOut).toEqual({ REQUIRED_TAGS: 'asks for tag1Key' });
  const given = pack({ controls, parameters: { REQUIRED_TAGS: { tag1Key: 'owner' }, ACCESS_KEYS_ROTATED: { maxAccessKeyAge: '30' } } });
  expect(given.template().Resources.RequiredTags.Properties.InputParameters).toEqual({ tag1Key: 'owner' });
  expect(given.template().Resources.AccessKeysRotated.Properties.InputParameters).toEqual({ maxAccessKeyAge: '30' });
  expect(given.made.leftOut).toEqual([]);
});

test('every rule of the catalogue is one that AWS has, and fits into one pack', () => {
  const { made, template } = pack({ controls: Controls.all() });
  expect([...made.rules, ...made.leftOut].filter((rule) => !Object.values(ManagedRuleIdentifiers).includes(rule))).toEqual([]);
  expect(made.leftOut).toEqual(Object.keys(ASKING).sort());
  expect(Object.keys(template().Resources)).toHaveLength(made.rules.length);
  const catalogued = Controls.all().flatMap(({ detective }) => detective.map(({ identifier }) => identifier));
  expect([...Object.keys(DEFAULT_PARAMETERS), ...Object.keys(ASKING), ...GLOBAL_RULES].filter((rule) => !catalogued.includes(rule))).toEqual([]);
});

test.each(['foundational', 'workload', 'sandbox', 'regulated'])('the set %s has rules in every Region', (name) => {
  const { controls } = ControlSet.byName(name)!;
  expect(pack({ controls, isHomeRegion: false }).made.rules.length).toBeGreaterThan(0);
});

test('what cannot be is said, all of it', () => {
  expect(() => pack({ packName: '1', controls: [detecting(1)], parameters: { ENCRYPTED_VOLUMES: { kmsId: 'x' } } }))
    .toThrow(/packName is "1".*; parameters names ENCRYPTED_VOLUMES, which none of its controls has: ; its controls have no rule/);
  expect(() => pack({ controls: [detecting(1, ...Array.from({ length: 131 }, (_, index) => `RULE_${index}`))] })).toThrow('it has 131 rules, AWS takes 130');
  expect(() => pack({ controls: [detecting(1, 'ROOT_ACCOUNT_MFA_ENABLED')], isHomeRegion: false })).toThrow('no rule of AWS Config to look for here');
});

test('a control more moves no rule', () => {
  const controls = ControlSet.foundational().controls;
  expect(pack({ controls: [detecting(1, 'VPC_FLOW_LOGS_ENABLED'), ...controls] }).template().Resources).toMatchObject(pack({ controls }).template().Resources);
});
