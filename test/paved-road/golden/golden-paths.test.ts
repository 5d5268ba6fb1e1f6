import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { outside } from './outside';
import { OUTSIDE } from './outside-allowed';
import { broken, promisedOf } from './promised';
import { PRODUCT, sampleTemplate, stackOf } from './samples';
import { GOLDEN_PATHS } from '../../../examples/golden-paths/all';
import { GoldenPath, PavedRoad } from '../../../src';
import { violations } from '../violations';

const NAMES = Object.keys(GOLDEN_PATHS);
const ofType = (template: any, type: string): any[] => Object.values<any>(template.Resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

test('no check finds anything: CloudFormation\'s validation, AwsSolutions, our controls', () => {
  const found = violations((app) => {
    PavedRoad.apply(app, PRODUCT);
    for (const name of NAMES) GOLDEN_PATHS[name]!(stackOf(app, name));
  });
  expect(found).toEqual([]);
}, 300_000);

describe.each(NAMES)('%s', (name) => {
  const template = sampleTemplate(name);
  const promised = JSON.parse(readFileSync(join(__dirname, 'promised', `${name}.json`), 'utf8'));

  test('its roles reach what is its own, in every context, by every action of AWS; but for what is listed', () => {
    const found = outside(template).filter(({ actions }) => actions.length > 0);
    expect(Object.fromEntries(found.map(({ role, actions }) => [role, actions]))).toEqual(OUTSIDE[name] ?? {});
  }, 120_000);

  test('an upgrade replaces nothing that holds data, and leaves none behind', () => {
    expect(broken(promised, template)).toEqual([]);
    // New resources are promised as well: npx tsx scripts/record-golden-paths.ts
    expect(Object.keys(promised).sort()).toEqual(Object.keys(promisedOf(template)).sort());
  });

  test('it is watched: a dashboard, and every alarm says what to do or is part of one that does', () => {
    expect(ofType(template, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
    const alarms = [...ofType(template, 'AWS::CloudWatch::Alarm'), ...ofType(template, 'AWS::CloudWatch::CompositeAlarm')];
    const told = alarms.filter(({ AlarmName }) => /-(page|ticket)$/.test(AlarmName));
    expect(told.length).toBeGreaterThan(0);
    for (const { AlarmDescription } of told) expect(AlarmDescription).toMatch(/What to do: https:\/\/runbooks\.acme\.example\//);
    for (const { AlarmName, AlarmDescription } of alarms.filter((one) => !told.includes(one))) expect([AlarmName, AlarmDescription]).toEqual([AlarmName, expect.stringContaining('Part of a composite alarm')]);
  });

  test('before, after or twice, the template is the same; without paved road and landing zone it synthesizes', () => {
    const made = (build: (app: App) => void) => {
      const app = new App({ analyticsReporting: false });
      build(app);
      return Template.fromStack(app.node.findChild(name) as any).toJSON();
    };
    const quiet = { ...PRODUCT, awsSolutions: false };
    expect(made((app) => { GOLDEN_PATHS[name]!(stackOf(app, name)); PavedRoad.apply(app, quiet); })).toEqual(template);
    expect(made((app) => { PavedRoad.apply(app, quiet); GOLDEN_PATHS[name]!(stackOf(app, name)); PavedRoad.apply(app, quiet); })).toEqual(template);
    expect(Object.keys(made((app) => { GOLDEN_PATHS[name]!(stackOf(app, name)); }).Resources).length).toBeGreaterThan(0);
  });

  test('its sample is one of its own kind, of few lines', () => {
    const made = GOLDEN_PATHS[name]!(stackOf(new App({ analyticsReporting: false }), name));
    expect(made).toBeInstanceOf(GoldenPath);
    expect(made.constructor.name).toBe(name);
    const file = name.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
    const { body } = /\{\n(?<body>.*)\n\}\n$/s.exec(readFileSync(join(__dirname, '..', '..', '..', 'examples', 'golden-paths', `${file}.ts`), 'utf8'))!.groups!;
    expect(body!.split('\n').length).toBeLessThanOrEqual(14);
  });
});

describe('faults are found', () => {
  const name = 'HttpApiFunction';
  const changed = (change: (resources: any) => void) => {
    const template = JSON.parse(JSON.stringify(sampleTemplate(name)));
    change(template.Resources);
    return template;
  };
  const policyOf = (resources: any): any => Object.values<any>(resources).find(({ Type }) => Type === 'AWS::IAM::Policy').Properties.PolicyDocument;

  test.each<[string, any, string]>([
    ['an action on everything', { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }, 's3:GetObject'],
    ['objects of all buckets whose names begin alike', { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::own*' }, 's3:GetObject'],
    ['everything but something', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, 'ec2:RunInstances'],
    ['all under a condition', { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }, 'dynamodb:GetItem'],
  ])('%s', (_, statement, action) => {
    const found = outside(changed((resources) => policyOf(resources).Statement.push(statement)));
    expect(found.flatMap(({ actions }) => actions)).toContain(action);
  });

  test('a policy that is not there to be read', () => {
    const found = outside(changed((resources) => {
      for (const resource of Object.values<any>(resources).filter(({ Type }) => Type === 'AWS::IAM::Role')) resource.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
    }));
    expect(found.flatMap(({ actions }) => actions)).toContain('all of arn:aws:iam::aws:policy/AdministratorAccess');
  });

  test('a table that is renamed, moved, or given another key', () => {
    const promised = promisedOf(sampleTemplate(name));
    const [[id]] = Object.entries(promised).filter(([, { type }]) => type === 'AWS::DynamoDB::GlobalTable') as [[string, unknown]];
    expect(broken(promised, changed((resources) => { resources.Other = resources[id]; delete resources[id]; }))).toEqual([`${id} (AWS::DynamoDB::GlobalTable) is gone`]);
    expect(broken(promised, changed((resources) => { resources[id].Properties.KeySchema = [{ AttributeName: 'other', KeyType: 'HASH' }]; })).join()).toContain('is replaced: KeySchema was');
    expect(broken(promised, changed((resources) => { resources[id].Properties.TableName = 'orders'; })).join()).toContain('is replaced: TableName was undefined and is "orders"');
  });
});
