import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { LockFile, Organization, OrganizationPolicyDocument, OrganizationPolicyType, OrganizationProps } from '../../src';

const MANAGEMENT = { email: 'aws+management@acme.example' };

function compose(build: (organization: Organization) => void, props: Partial<OrganizationProps> = {}) {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Org', { env: { account: '111111111111', region: 'eu-west-1' } });
  const organization = new Organization(stack, 'Organization', { managementAccount: MANAGEMENT, ...props });
  build(organization);
  const assembly = app.synth();
  return { organization, templates: Object.fromEntries(assembly.stacks.map((item) => [item.stackName, item.template as any])), stack };
}

const account = (key: string) => ({ email: `aws+${key}@acme.example` });

/** Logical ids and properties of all resources of a type, over all stacks. */
function resources(templates: { [stack: string]: any }, type: string): { [id: string]: any } {
  return Object.fromEntries(Object.entries(templates).flatMap(([stack, template]) => Object.entries<any>(template.Resources)
    .filter(([, resource]) => resource.Type === type).map(([id, resource]) => [`${stack}/${id}`, resource])));
}

describe('tree', () => {
  test('units and accounts are native resources, and retained', () => {
    const { templates } = compose((organization) => {
      const prod = organization.root.addUnit('Workloads').addUnit('Prod', { unitName: 'Production' });
      prod.addAccount('payments', { ...account('payments'), tags: { owner: 'payments' } });
    });
    const template = Template.fromJSON(templates.Org);
    template.hasResource('AWS::Organizations::Organization', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { FeatureSet: 'ALL' } });
    template.hasResource('AWS::Organizations::OrganizationalUnit', { DeletionPolicy: 'Retain', Properties: { Name: 'Production', ParentId: { Ref: Match.anyValue() } } });
    template.hasResource('AWS::Organizations::Account', {
      DeletionPolicy: 'Retain',
      Properties: { AccountName: 'payments', Email: 'aws+payments@acme.example', ParentIds: [{ Ref: Match.anyValue() }], Tags: [{ Key: 'owner', Value: 'payments' }] },
    });
  });

  test('AWS creates accounts one after the other', () => {
    const { templates } = compose((organization) => ['a', 'b', 'c'].forEach((key) => organization.root.addAccount(key, account(key))));
    const accounts = resources(templates, 'AWS::Organizations::Account');
    const waits = Object.values(accounts).map(({ DependsOn }) => (DependsOn ?? []).length);
    expect(waits.sort()).toEqual([0, 1, 1]);
  });

  test('a unit finds its id by its name in AWS, which may differ from its key and hold a slash', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'names-')), 'organization.lock.json');
    writeFileSync(file, JSON.stringify({
      version: 1, organizationId: 'o-a1b2c3d4e5', rootId: 'r-a1b2', managementAccountId: '999999999999', accounts: {},
      units: { 'R~1D': 'ou-a1b2-11111111', 'R~1D/Production': 'ou-a1b2-22222222' },
    }));
    const stack = new Stack(new App(), 'Organization');
    const { root } = new Organization(stack, 'Organization', {
      managementAccount: { key: 'management', email: 'aws@acme.example' }, lockFile: LockFile.load(file),
    });
    const unit = root.addUnit('research', { unitName: 'R/D' });
    expect([unit.unitId, unit.addUnit('prod', { unitName: 'Production' }).unitId]).toEqual(['ou-a1b2-11111111', 'ou-a1b2-22222222']);
  });

  test('of many policies, AWS creates four at a time at most', () => {
    const { templates } = compose((organization) => Array.from({ length: 24 }, (_, at) => organization.root.attachPolicy(
      OrganizationPolicyDocument.json(OrganizationPolicyType.TAG, { name: `policy-${at}` }, { tags: { [`key-${at}`]: { tag_key: { '@@assign': `key-${at}` } } } }),
    )));
    const policies = resources(templates, 'AWS::Organizations::Policy');
    const ids = Object.keys(policies).map((id) => id.split('/')[1]);
    const waits = Object.values(policies).map(({ DependsOn }) => (DependsOn ?? []).filter((id: string) => ids.includes(id)));
    expect(waits.filter((on) => on.length === 0).length).toBeLessThanOrEqual(4);
    expect(new Set(waits.flat()).size).toBe(waits.flat().length);
  });

  test('a renamed or moved account keeps its logical id, and only its name or parent changes', () => {
    const build = (unit: string, accountName: string) => compose((organization) => {
      organization.root.addUnit('A');
      organization.root.addUnit('B');
      organization.unit(unit).addAccount('payments', { ...account('payments'), accountName });
    }).templates;
    const before = resources(build('A', 'Payments'), 'AWS::Organizations::Account');
    const after = resources(build('B', 'Payments Ltd'), 'AWS::Organizations::Account');
    expect(Object.keys(after)).toEqual(Object.keys(before));
    const [old, moved] = [Object.values(before)[0].Properties, Object.values(after)[0].Properties];
    expect(moved.AccountName).toBe('Payments Ltd');
    expect(moved.ParentIds).not.toEqual(old.ParentIds);
    expect(moved.Email).toBe(old.Email);
  });

  test('a sixth level of units is refused with the limit', () => {
    expect(() => compose((organization) => {
      let unit = organization.root;
      for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) unit = unit.addUnit(key);
    })).toThrow('Unit Root/a/b/c/d/e/f would be at level 6: AWS allows 5 levels of units below the root');
  });

  test.each([
    ['a key twice', (o: Organization) => { o.root.addAccount('a', account('a')); o.root.addAccount('a', account('b')); }, 'Account a is declared twice'],
    ['an e-mail twice', (o: Organization) => { o.root.addAccount('a', account('a')); o.root.addAccount('b', { email: 'AWS+A@acme.example' }); }, 'is used by a already'],
    ['the management account\'s e-mail', (o: Organization) => { o.root.addAccount('a', MANAGEMENT); }, 'is used by management already'],
    ['a unit twice', (o: Organization) => { o.root.addUnit('U'); o.root.addUnit('U'); }, 'Unit Root/U is declared twice'],
    ['a key that is a path', (o: Organization) => { o.root.addUnit('A/B'); }, '"A/B" cannot be the key of a unit'],
    ['an unknown unit', (o: Organization) => { o.root.addUnit('Prod'); o.unit('Prdo'); }, 'There is no unit "Prdo". Units: Root, Prod'],
    ['an unknown account', (o: Organization) => { o.root.addAccount('a', account('a')); o.account('b'); }, 'There is no account "b". Accounts: a'],
  ])('%s is refused', (_, build, message) => {
    expect(() => compose(build)).toThrow(message);
  });

  test('an existing organization is not created, and existing parts are only targets', () => {
    const { templates } = compose((organization) => {
      const unit = organization.root.addUnit('Old', { existingUnitId: 'ou-ab12-12345678' });
      unit.addAccount('old', { ...account('old'), existingAccountId: '222222222222' }).attachPolicy(tagPolicy('owner'));
      unit.addAccount('new', account('new'));
    }, { existing: { organizationId: 'o-abcdefghij', rootId: 'r-ab12', managementAccountId: '111111111111' } });
    const template = Template.fromJSON(templates.Org);
    template.resourceCountIs('AWS::Organizations::Organization', 0);
    template.resourceCountIs('AWS::Organizations::OrganizationalUnit', 0);
    template.hasResourceProperties('AWS::Organizations::Account', { AccountName: 'new', ParentIds: ['ou-ab12-12345678'] });
    template.hasResourceProperties('AWS::Organizations::Policy', { TargetIds: ['222222222222'] });
  });
});

function tagPolicy(name: string, value: string = name): OrganizationPolicyDocument {
  return OrganizationPolicyDocument.json(OrganizationPolicyType.TAG, { name }, { tags: { [value]: { tag_key: { '@@assign': value } } } });
}

describe('policies', () => {
  test('a document attached to several targets is one policy, its content an object', () => {
    const { templates } = compose((organization) => {
      const unit = organization.root.addUnit('U');
      for (const target of [organization.root, unit, unit.addAccount('a', account('a'))]) target.attachPolicy(tagPolicy('owner'));
    });
    const policies = Object.values(resources(templates, 'AWS::Organizations::Policy'));
    expect(policies).toHaveLength(1);
    expect(policies[0].Properties.TargetIds).toHaveLength(3);
    expect(policies[0].Properties.Content).toEqual({ tags: { owner: { tag_key: { '@@assign': 'owner' } } } });
  });

  test('its type is enabled on the root first', () => {
    const { templates } = compose((organization) => organization.root.attachPolicy(tagPolicy('owner')));
    const [type] = Object.entries<any>(templates.Org.Resources).find(([, { Type }]) => Type === 'Custom::OrganizationPolicyType')!;
    const [policy] = Object.values(resources(templates, 'AWS::Organizations::Policy'));
    expect(policy.DependsOn).toContain(type);
  });

  test('two documents of one name are refused', () => {
    expect(() => compose((organization) => {
      organization.root.attachPolicy(tagPolicy('owner'));
      organization.root.addUnit('U').attachPolicy(tagPolicy('owner', 'cost'));
    })).toThrow('Two different TAG_POLICY documents are named "owner"');
  });

  test('all 13 types of CloudFormation can be attached', () => {
    const types = Object.values(OrganizationPolicyType).filter((value): value is OrganizationPolicyType => value instanceof OrganizationPolicyType);
    expect(types).toHaveLength(13);
    const { templates } = compose((organization) => types.forEach((type) => organization.root.attachPolicy(OrganizationPolicyDocument.json(type, { name: type.name }, {}))));
    expect(Object.values(resources(templates, 'AWS::Organizations::Policy')).map(({ Properties }) => Properties.Type).sort()).toEqual(types.map(({ name }) => name).sort());
  });
});

describe('laws', () => {
  const keys = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/), { minLength: 1, maxLength: 6 });
  const build = (units: string[], accounts: string[], accountStacks?: number) => compose((organization) => {
    units.forEach((key) => organization.root.addUnit(`U-${key}`).attachPolicy(tagPolicy(key)));
    accounts.forEach((key) => organization.unit(`U-${units[key.length % 2] ?? units[0]}`).addAccount(key, account(key)));
  }, { accountStacks }).templates;
  const withoutOrder = (all: { [id: string]: any }) => Object.fromEntries(Object.entries(all).map(([id, { DependsOn: _, ...rest }]) => [id, rest]));

  test('adding units and accounts changes nothing that exists', () => {
    fc.assert(fc.property(keys, keys, fc.constantFrom(undefined, 4), (accounts, more, stacks) => {
      const added = more.filter((key) => !accounts.includes(key));
      const units = ['x', 'y'];
      const before = build(units, accounts, stacks);
      const after = build([...units, 'z'], [...accounts, ...added], stacks);
      for (const type of ['AWS::Organizations::Account', 'AWS::Organizations::OrganizationalUnit', 'AWS::Organizations::Policy']) {
        expect(withoutOrder(resources(after, type))).toMatchObject(withoutOrder(resources(before, type)));
      }
    }), { numRuns: 15 });
  });

  test('order does not matter', () => {
    const ids = (accounts: string[]) => Object.keys(resources(build(['x'], accounts), 'AWS::Organizations::Account')).sort();
    expect(ids(['a', 'b', 'c'])).toEqual(ids(['c', 'a', 'b']));
  });

  test('two syntheses are identical', () => {
    expect(JSON.stringify(build(['x', 'y'], ['a', 'b'], 2))).toBe(JSON.stringify(build(['x', 'y'], ['a', 'b'], 2)));
  });
});

describe('many accounts', () => {
  const many = (count: number, accountStacks?: number) => compose((organization) => {
    const unit = organization.root.addUnit('Workloads');
    for (let index = 0; index < count; index++) unit.addAccount(`a${index}`, account(`a${index}`));
    organization.account('a0').attachPolicy(tagPolicy('owner'));
  }, { accountStacks });

  test('more than 400 in one stack are refused with the number to set', () => {
    expect(() => many(401)).toThrow('Stack Org would hold more than 400 accounts; a stack holds 500 resources. Set accountStacks to 2');
  });

  test('they are spread over stacks, and read units by stack output', () => {
    const { templates } = many(500, 4);
    expect(Object.keys(templates).filter((name) => name.includes('Accounts'))).toHaveLength(4);
    const accounts = Object.values(resources(templates, 'AWS::Organizations::Account'));
    expect(accounts).toHaveLength(500);
    expect(accounts[0].Properties.ParentIds[0]['Fn::GetStackOutput'].StackName).toBe('Org');
  });

  test('stacks of accounts follow one another, and each waits for one alone: CDK walks every path among them', () => {
    const { stack, templates } = many(600, 64);
    const names = Object.keys(templates).filter((name) => name.includes('Accounts')).sort((one, other) => Number(/\d+$/.exec(one)![0]) - Number(/\d+$/.exec(other)![0]));
    expect(names).toHaveLength(64);
    const waitsFor = (name: string) => (stack.node.root.node.findAll().filter(Stack.isStack).find((one) => one.stackName === name)!.dependencies.map(({ stackName }) => stackName));
    expect(names.map(waitsFor)).toEqual(names.map((_, index) => [index === 0 ? 'Org' : names[index - 1]]));
    expect(waitsFor(Object.keys(templates).find((name) => name.includes('Policies'))!)).toContain(names.at(-1));
  });
});
