import { decide, isResourceControl, statementsOf, VALUES } from './zone-values';
import { PolicyStatementJson } from '../../../src/analysis/policy-document';
import { Control } from '../../../src/controls/control';
import { Controls } from '../../../src/controls/controls';
import { PlatformPrincipals } from '../../../src/controls/platform-principals';
import { MissingZoneValue } from '../../../src/controls/render';

/** Controls that do not exempt the platform, one a line: of the root user, those on resources, where a role of an account outside could be named like the platform's, and one for break-glass alone. */
const WITHOUT_EXEMPTION = [
  'LZ.ROOT.1',
  'LZ.ROOT.3',
  'LZ.PERIMETER.1',
  'LZ.PERIMETER.2',
  'LZ.PERIMETER.3',
  'LZ.PERIMETER.4',
  'LZ.PERIMETER.7',
  'LZ.LOGS.4',
];

const DENYING = Controls.all().filter((control) => denying(control).length > 0);
const EXEMPTING = DENYING.filter((control) => denying(control).every((statement) => statement.exemptPlatform ?? true));

test('a control that denies no request has none to prove', () => {
  for (const { id, proof } of Controls.all().filter((control) => denying(control).length === 0)) expect([id, proof]).toEqual([id, { denies: [], allows: [] }]);
});

describe.each(DENYING.map((control) => [control.id, control] as const))('%s', (_, control) => {
  const statements = statementsOf(control);

  test.each(control.proof.denies.map((request) => [JSON.stringify(request), request] as const))('denies %s', (_name, request) => {
    expect(decide(statements, request)).toMatchObject({ decision: 'denied' });
  });

  test.each(control.proof.allows.map((request) => [JSON.stringify(request), request] as const))('leaves %s alone', (_name, request) => {
    expect(decide(statements, request)).toMatchObject({ decision: 'allowed' });
  });

  test('proves a denial of every statement: without it, the proof fails', () => {
    for (const removed of statements) {
      const rest = statements.filter((statement) => statement !== removed);
      expect(control.proof.denies.filter((request) => decide(rest, request).decision !== 'denied')).not.toEqual([]);
    }
  });

  test('proves that it exempts the platform, unless it says not to: without the exemption, the proof fails', () => {
    const exempt = denying(control).some(({ exemptPlatform, conditions }) => (exemptPlatform ?? true) || conditions?.ArnNotLike?.['aws:PrincipalArn'] !== undefined);
    const withoutExemption = statements.map(({ Condition, ...statement }) => {
      const { ArnNotLike: _exemption, ...rest } = Condition ?? {};
      return { ...statement, ...(Object.keys(rest).length > 0 && { Condition: rest }) };
    });
    const broken = control.proof.allows.filter((request) => decide(withoutExemption, request).decision !== 'allowed');
    if (exempt) expect(broken).not.toEqual([]);
    else expect(broken).toEqual([]);
  });

  test('fails its proof when a statement is made to deny everything, or a condition can never hold', () => {
    const everything: PolicyStatementJson[] = [{ Effect: 'Deny', Action: '*', Resource: '*' }, { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }];
    expect(control.proof.allows.filter((request) => request.principal === undefined || !request.principal.includes('aws-service-role'))
      .every((request) => decide(everything, request).decision !== 'allowed')).toBe(true);
    const never = statements.map((statement) => ({
      ...statement, Condition: { ...statement.Condition, StringEquals: { ...statement.Condition?.StringEquals, 'aws:PrincipalAccount': 'misspelt' } },
    }));
    expect(control.proof.denies.filter((request) => decide(never, request).decision === 'denied')).toEqual([]);
  });
});

describe('whatever the proof does not ask', () => {
  const denies = (id: string, request: Parameters<typeof decide>[1]) => decide(statementsOf(Controls.byId(id)!), request).decision;

  test('a root user is denied when the session key is absent, and only a privileged session passes', () => {
    const action = 's3:PutObject';
    expect(denies('LZ.ROOT.1', { action, principal: 'root' })).toBe('depends');
    expect(decide(statementsOf(Controls.denyRootUser()), { action, principal: 'root' }).dependsOn).toEqual(['aws:AssumedRoot']);
    expect(denies('LZ.ROOT.1', { action, principal: 'role/AWSControlTowerExecution' })).toBe('allowed');
  });

  test.each(PLATFORM_ACTIONS())('%s: every platform principal may do what a control denies others', (_name, id, request) => {
    for (const principal of ['role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1', 'role/stacksets-exec-0123', 'role/OrganizationAccountAccessRole', 'role/break-glass']) {
      expect(denies(id, { ...request, principal })).toBe('allowed');
    }
  });

  test('every control exempts the platform, but for those that say why not', () => {
    const exempting = EXEMPTING.map(({ id }) => id);
    expect(Controls.all().filter((control) => denying(control).length > 0).map(({ id }) => id).filter((id) => !exempting.includes(id))).toEqual(WITHOUT_EXEMPTION);
  });

  test('on resources nobody is exempt by the name of a role: anybody outside may name a role so', () => {
    for (const statement of Controls.all().flatMap((control) => statementsOf(control)).filter(isResourceControl)) {
      expect([statement.Sid, JSON.stringify(statement)]).toEqual([statement.Sid, expect.not.stringContaining('AWSControlTowerExecution')]);
    }
  });

  test('a principal that a zone adds is exempt from every control that exempts the platform', () => {
    const platform = PlatformPrincipals.standard().and({ name: 'operations', rolePattern: 'ops/*', needs: [] });
    const values = { ...VALUES, platformPrincipalArns: platform.arnPatterns() };
    for (const control of EXEMPTING) {
      for (const request of control.proof.denies) {
        expect([request, decide(statementsOf(control, values), { ...request, principal: 'role/ops/night-shift' }).decision]).toEqual([request, 'allowed']);
      }
    }
  });

  test.each(['aws', 'aws-us-gov', 'aws-cn'])('every proof holds in the partition %s', (partition) => {
    const values = { ...VALUES, partition, platformPrincipalArns: PlatformPrincipals.standard().arnPatterns(partition) };
    for (const control of Controls.all()) {
      const statements = statementsOf(control, values);
      for (const request of control.proof.denies) expect([request, decide(statements, request, values).decision]).toEqual([request, 'denied']);
      for (const request of control.proof.allows) expect([request, decide(statements, request, values).decision]).toEqual([request, 'allowed']);
    }
  });

  test('a zone that names no Regions lacks a value for the Region lock alone', () => {
    const values = { ...VALUES, homeRegion: undefined, allowedRegions: [] };
    const lacking = Controls.all().filter((control) => {
      try {
        return statementsOf(control, values).length < denying(control).length;
      } catch (error) {
        return error instanceof MissingZoneValue;
      }
    });
    expect(lacking.map(({ id }) => id)).toEqual(['LZ.REGION.1']);
  });

  test('a role that only looks like a platform role is not exempt', () => {
    for (const principal of ['role/my-break-glass', 'role/break-glass-2', 'role/x/break-glass', 'user/break-glass', 'role/x/cdk-hnb659fds-deploy']) {
      expect(denies('LZ.TRAIL.1', { action: 'cloudtrail:StopLogging', principal })).toBe('denied');
    }
  });

  test('service-linked roles are left alone by every control', () => {
    const principal = 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
    for (const control of Controls.all()) {
      for (const request of control.proof.denies) expect([request, decide(statementsOf(control), { ...request, principal }).decision]).toEqual([request, 'allowed']);
    }
  });

  test('of the Region lock, the second allowed Region passes and an open Region depends', () => {
    expect(denies('LZ.REGION.1', { action: 'ec2:RunInstances', context: { 'aws:RequestedRegion': ['us-east-1'] } })).toBe('allowed');
    expect(denies('LZ.REGION.1', { action: 'ec2:RunInstances' })).toBe('depends');
  });

  test('nobody changes, makes or passes a role of any platform pattern', () => {
    for (const name of ['cdk-hnb659fds-deploy-role-111122223333-eu-west-1', 'stacksets-exec-1', 'OrganizationAccountAccessRole', 'break-glass']) {
      const resource = `arn:aws:iam::111122223333:role/${name}`;
      for (const action of ['iam:CreateRole', 'iam:UpdateAssumeRolePolicy', 'iam:PassRole']) expect(denies('LZ.IAM.2', { action, resource })).toBe('denied');
    }
  });
});

function PLATFORM_ACTIONS() {
  return EXEMPTING.map((control) => [control.id, control.id, control.proof.denies[0]] as const);
}

function denying(control: Control) {
  return control.preventive.flatMap((mechanism) => mechanism.statements);
}
