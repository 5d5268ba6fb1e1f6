import { App, Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import * as fc from 'fast-check';
import { matches } from './event-pattern';
import { guardDuty, SAMPLES } from './sample-events';
import { AlertForwarding, AlertRoute, AlertRouting, AlertSource, AlertTarget, Severity } from '../../src';
import { messageOf, Wording } from '../../src/alerting/alert-message';
import { validated } from '../network/aws-solutions';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:444455556666:secret:pagerduty-AbCdEf';
const MAIL: AlertRoute = { target: AlertTarget.email('security@acme.example'), from: Severity.MEDIUM };
const CHAT: AlertRoute = { target: AlertTarget.slack('T07EA123LEP', 'C07EZ1ABC23') };
const TEAMS: AlertRoute = {
  target: AlertTarget.teams({ teamId: '12345678-1234-1234-1234-123456789012', tenantId: '12345678-1234-1234-1234-123456789013', channelId: '19%3aabc%40thread.tacv2' }),
};
const PAGER: AlertRoute = { target: AlertTarget.pagerDuty({ secretArn: SECRET }), from: Severity.CRITICAL };
const OPSGENIE: AlertRoute = { target: AlertTarget.opsgenie({ secretArn: SECRET, field: 'genie', inEurope: true }), from: Severity.CRITICAL };
const ALL = [MAIL, CHAT, TEAMS, PAGER, OPSGENIE];
const SOURCES = [...AlertSource.standard(), AlertSource.configCompliance(), AlertSource.alarms()];

function routing(stack: Stack, routes: AlertRoute[] = ALL, sources: AlertSource[] | undefined = SOURCES): AlertRouting {
  return new AlertRouting(stack, 'Alerts', { organizationId: 'o-abcdefghij', routes, sources });
}

function templateOf(routes?: AlertRoute[], sources?: AlertSource[]): Template {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Security', { env: { account: '444455556666', region: 'eu-west-1' } });
  routing(stack, routes, sources);
  return Template.fromStack(stack);
}

/** Rules on the bus: `GuardDuty.high` to its properties. */
function rules(template: Template): Map<string, any> {
  return new Map(Object.values<any>(template.findResources('AWS::Events::Rule')).map(({ Properties }) => {
    const [, words, severity] = /^Alerts: (.*), (\w+)$/.exec(Properties.Description)!;
    return [`${SOURCES.find(({ _facts }) => _facts.words === words)!._facts.id}.${severity}`, Properties];
  }));
}

describe('events', () => {
  const everything = rules(templateOf([{ target: AlertTarget.email('all@acme.example'), from: Severity.LOW }]));
  const routedTo = (event: any) => [...everything].filter(([, { EventPattern }]) => matches(EventPattern, event)).map(([name]) => name);

  test.each(SAMPLES)('$name: $routed', ({ event, routed }) => expect(routedTo(event)).toEqual(routed === undefined ? [] : [routed]));

  test('each rule has a sample', () => expect([...everything.keys()].sort()).toEqual([...new Set(SAMPLES.flatMap(({ routed }) => routed ?? []))].sort()));

  test('law: whatever number GuardDuty gives, one severity has it', () => {
    fc.assert(fc.property(fc.double({ min: 0.1, max: 10, noNaN: true }), (severity) => { expect(routedTo(guardDuty(severity))).toHaveLength(1); }));
  });

  test('what is routed is forwarded, and what accounts have each is not forwarded by the administrator alone', () => {
    for (const { event, routed } of SAMPLES.filter((sample) => sample.routed !== undefined)) {
      const source = SOURCES.find(({ _facts }) => routed!.startsWith(_facts.id))!;
      expect(matches(source._facts.pattern, event)).toBe(true);
    }
    expect(SOURCES.filter(({ _facts }) => _facts.arrives === 'every account').map(({ _facts }) => _facts.id)).toEqual(['RootUse', 'BreakGlass', 'Config', 'Alarms']);
  });

  test('what CloudTrail counts as reading arrives, as AssumeRole does', () => {
    for (const { State } of everything.values()) expect(State).toBe('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
  });
});

describe('who is told of what', () => {
  test('by severity, from the least that a route names', () => {
    const told = (name: string) => rules(templateOf()).get(name)?.Targets.map(({ Id }: any) => Id);
    expect(told('GuardDuty.low')).toBeUndefined();
    expect(told('GuardDuty.medium')).toEqual(['Mail-medium']);
    expect(told('GuardDuty.high')).toEqual(['Mail-medium', 'Chat-high']);
    expect(told('RootUse.critical')).toEqual(['Mail-medium', 'Chat-high', 'PagerDuty-pagerduty-AbCdEf', 'Opsgenie-pagerduty-AbCdEf']);
  });

  test('law: each is told of all severities from its own on, and of nothing below', () => {
    const order = [Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL];
    fc.assert(fc.property(fc.record({ mail: fc.constantFrom(...order), chat: fc.constantFrom(...order), pager: fc.constantFrom(...order) }), ({ mail, chat, pager }) => {
      const made = rules(templateOf([{ ...MAIL, from: mail }, { ...CHAT, from: chat }, { ...PAGER, from: pager }], [AlertSource.guardDuty()]));
      for (const severity of order) {
        const told = (made.get(`GuardDuty.${severity}`)?.Targets ?? []).map(({ Id }: any) => Id.split('-')[0]);
        const expected = [['Mail', mail], ['Chat', chat], ['PagerDuty', pager]].filter(([, from]) => order.indexOf(from as Severity) <= order.indexOf(severity)).map(([name]) => name);
        expect(told).toEqual(expected);
      }
    }), { numRuns: 15 });
  });

  test('an address confirms once, whatever it is told of', () => {
    templateOf().resourceCountIs('AWS::SNS::Subscription', 1);
    templateOf().resourceCountIs('AWS::SNS::Topic', 2);
  });

  test('another route moves nothing that is there', () => {
    const [before, after] = [templateOf([MAIL, CHAT, PAGER]), templateOf([MAIL, { target: AlertTarget.email('second@acme.example'), from: Severity.MEDIUM }, CHAT, PAGER])].map((one) => one.toJSON().Resources);
    expect(after).toMatchObject(before);
    expect(Object.keys(after)).toHaveLength(Object.keys(before).length + 1);
  });
});

describe('what is sent', () => {
  /** A value by a path of the few forms that EventBridge takes. */
  const at = (event: any, path: string) => path.slice(2).split('.').reduce((value, step) => {
    const [, field, index] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step)!;
    return index === undefined ? value?.[field!] : value?.[field!]?.[Number(index)];
  }, event);
  const sent = (event: any, routed: string, wording: Wording): string => {
    const [id, severity] = routed.split('.') as [string, Severity];
    const { inputPathsMap, inputTemplate } = messageOf(SOURCES.find(({ _facts }) => _facts.id === id)!, severity, wording) as any;
    // Between quotes nothing is escaped; what stands alone becomes JSON.
    return inputTemplate.replace(/(:)?<(\w+)>/g, (_: string, alone: string | undefined, name: string) => {
      const value = at(event, inputPathsMap[name]);
      expect(typeof value).toBe('string');
      return alone ? `:${JSON.stringify(value)}` : value;
    });
  };
  const told = SAMPLES.filter(({ routed }) => routed !== undefined);

  test.each(told)('$name: every value is in the event, and every body is what its reader takes', ({ event, routed }) => {
    const [mail, chat, pager, opsgenie] = (['mail', 'chat', 'pagerDuty', 'opsgenie'] as const).map((wording) => JSON.parse(sent(event, routed!, wording)));
    const title = expect.stringMatching(/./);
    const headline = expect.stringMatching(/^[A-Z]+ .+ in account \d{12}$/);
    expect(mail).toEqual({ alert: headline, what: title, region: 'us-east-1', time: '2026-11-23T10:00:00Z', id: expect.stringMatching(/./) });
    expect(chat).toMatchObject({ version: '1.0', source: 'custom', content: { title: headline, description: mail.what } });
    expect(pager).toMatchObject({ event_action: 'trigger', dedup_key: mail.id, payload: { summary: mail.what, severity: expect.stringMatching(/^(critical|error|warning|info)$/), source: expect.stringMatching(/^AWS account \d{12}$/) } });
    expect(opsgenie.message.length).toBeLessThanOrEqual(130);
    expect(opsgenie).toMatchObject({ alias: mail.id, description: mail.what, priority: expect.stringMatching(/^P[1-4]$/) });
  });

  test('quotes in a title break nothing', () => {
    const { event, routed } = told[0]!;
    expect(JSON.parse(sent(event, routed!, 'pagerDuty')).payload.summary).toContain('"block public access"');
  });
});

describe('least privilege', () => {
  const template = templateOf();

  test('accounts of the organization alone put events', () => {
    const [{ Properties: { Policy: { Statement: [statement] } } }] = Object.values<any>(template.findResources('AWS::Events::EventBus')) as [any];
    expect(statement).toMatchObject({ Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } });
  });

  test('EventBridge and alarms publish, over TLS, with a key that they may use for this alone', () => {
    for (const { Properties } of Object.values<any>(template.findResources('AWS::SNS::TopicPolicy'))) {
      expect(Properties.PolicyDocument.Statement.map(({ Effect, Action, Principal }: any) => [Effect, Action, Principal.Service ?? Principal])).toEqual([
        ['Allow', 'sns:Publish', 'events.amazonaws.com'], ['Allow', 'sns:Publish', 'cloudwatch.amazonaws.com'], ['Deny', 'sns:Publish', '*'],
      ]);
    }
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: { Statement: [Match.anyValue(), Match.objectLike({ Principal: { Service: 'events.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] }), Match.objectLike({ Sid: 'Alarms' })] },
    });
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
  });

  test('a key of an incident tool is in no template: Secrets Manager has it', () => {
    const reference = `{{resolve:secretsmanager:${SECRET}:SecretString:key::}}`;
    template.hasResourceProperties('AWS::Events::Connection', {
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'X-Routing-Key', ApiKeyValue: reference }, InvocationHttpParameters: { BodyParameters: [{ Key: 'routing_key', Value: reference, IsValueSecret: true }] } },
    });
    template.hasResourceProperties('AWS::Events::ApiDestination', { InvocationEndpoint: 'https://api.eu.opsgenie.com/v2/alerts', HttpMethod: 'POST' });
    const roles = Object.values<any>(template.findResources('AWS::IAM::Role')).flatMap(({ Properties }) => Properties.Policies ?? []);
    expect(roles.map(({ PolicyDocument }) => PolicyDocument.Statement.map(({ Action, Resource }: any) => [Action, typeof Resource]))).toEqual([[['events:InvokeApiDestination', 'object']], [['events:InvokeApiDestination', 'object']]]);
  });

  test('from a channel nobody can do anything', () => {
    for (const type of ['AWS::Chatbot::SlackChannelConfiguration', 'AWS::Chatbot::MicrosoftTeamsChannelConfiguration']) {
      template.hasResourceProperties(type, { GuardrailPolicies: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSDenyAll']] }], SnsTopicArns: [{ Ref: Match.stringLikeRegexp('Chathigh') }] });
    }
  });

  test('what cannot be delivered is kept, and an alarm tells of it', () => {
    for (const { Targets } of rules(template).values()) for (const target of Targets) expect(target.DeadLetterConfig.Arn['Fn::GetAtt'][0]).toMatch(/Undelivered/);
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: 'sqs:SendMessage', Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':events:eu-west-1:444455556666:rule/landing-zone-alerts/*']] } } } }), Match.objectLike({ Effect: 'Deny' })] },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: [{ Ref: Match.anyValue() }, { Ref: Match.anyValue() }], Threshold: 0 });
    templateOf([PAGER]).resourceCountIs('AWS::CloudWatch::Alarm', 0);
  });
});

describe('refused', () => {
  test.each<[string, AlertRoute[], AlertSource[] | undefined, string]>([
    ['no route', [], undefined, 'nobody is told: give routes'],
    ['no source', [MAIL], [], 'there is nothing to tell'],
    ['two routes to one target', [MAIL, { target: AlertTarget.email('Security@acme.example') }], undefined, 'Email.security@acme.example has two routes'],
    ['a source twice', [MAIL], [AlertSource.rootUse(), AlertSource.rootUse()], 'source RootUse is named twice'],
    ['more ways out than a rule has', [MAIL, CHAT, PAGER, OPSGENIE, { target: AlertTarget.email('a@acme.example'), from: Severity.LOW }, { target: AlertTarget.email('b@acme.example'), from: Severity.HIGH }], undefined, 'there are 6 ways out'],
  ])('%s', (_, routes, sources, message) => {
    expect(() => new AlertRouting(new Stack(), 'Alerts', { organizationId: 'o-abcdefghij', routes, sources })).toThrow(message);
  });

  test.each<[() => AlertTarget, string]>([
    [() => AlertTarget.email('security'), '"security" is no e-mail address'],
    [() => AlertTarget.slack('acme', 'C07EZ1ABC23'), 'Slack workspace "acme"'],
    [() => AlertTarget.teams({ teamId: 'x', tenantId: 'y', channelId: '' }), 'teamId is no UUID, tenantId is no UUID, channelId is empty'],
    [() => AlertTarget.pagerDuty({ secretArn: 'R0UT1NGK3Y' }), '"R0UT1NGK3Y" is no ARN of a secret'],
  ])('%#', (make, message) => expect(make).toThrow(message));

  test('names', () => {
    expect(() => AlertSource.breakGlass('*')).toThrow('no name of a role');
    expect(() => new AlertRouting(new Stack(), 'Alerts', { organizationId: 'o-abcdefghij', routes: [MAIL], busName: 'default' })).toThrow('cannot be the name of the bus');
  });
});

test('CloudFormation, AwsSolutions and our own controls find nothing; the queue of what cannot be delivered says what it is', () => {
  const { violations, acknowledged } = validated((stack) => {
    const { busArn } = routing(stack);
    new AlertForwarding(stack, 'Forwarding', { busArn, sources: SOURCES });
  });
  expect(violations).toEqual([]);
  expect(acknowledged).toEqual([expect.stringContaining('It is the dead-letter queue of the rules')]);
});

test('is clean of NIST 800-53', () => {
  const app = new App({ analyticsReporting: false });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app));
  const stack = new Stack(app, 'Security', { env: { account: '444455556666', region: 'eu-west-1' } });
  new AlertForwarding(stack, 'Forwarding', { busArn: routing(stack).busArn, sources: SOURCES });
  expect(() => app.synth()).not.toThrow();
});

test('is what it was', () => {
  const { Resources } = templateOf([MAIL, PAGER], [AlertSource.rootUse()]).toJSON();
  expect(Resources).toMatchSnapshot();
});
