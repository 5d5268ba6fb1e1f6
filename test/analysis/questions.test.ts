import { compare, KnownChanges } from '../../src/analysis/compare';
import { AccountPolicies, PolicyStatementJson } from '../../src/analysis/policy-document';
import { alwaysAllowed, everAllowed, neverAllowed } from '../../src/analysis/questions';
import { actionIndex } from '../../src/model/action-index-file';

const FULL: PolicyStatementJson = { Effect: 'Allow', Action: '*', Resource: '*' };

function account(statements: readonly PolicyStatementJson[], id = '111122223333', resourceControl: readonly PolicyStatementJson[] = []): AccountPolicies {
  const policies = (all: readonly PolicyStatementJson[]) => all.map((statement, index) => ({ name: `p${index}`, document: { Version: '2012-10-17', Statement: [statement] } }));
  return {
    account: { id, name: id, isManagement: false }, organizationId: 'o-example', organizationPath: 'o-example/r-ab12/', unknown: [],
    serviceControl: [{ level: 'Root', policies: policies([FULL, ...statements]) }],
    resourceControl: [{ level: 'Root', policies: policies([{ ...FULL, Principal: '*' }, ...resourceControl]) }],
  };
}

const index = actionIndex();
const STOP: PolicyStatementJson = { Sid: 'Stop', Effect: 'Deny', Action: 'cloudtrail:Stop*', Resource: '*' };

describe('never', () => {
  test('names the statement that denies, and how many facts were shown', () => {
    const { holds, holdsOfFuture, facts, denials } = neverAllowed({ actions: ['cloudtrail:StopLogging'] }, [account([STOP])], index);
    expect({ holds, holdsOfFuture, facts }).toEqual({ holds: true, holdsOfFuture: true, facts: 1 });
    expect(denials[0]!.reasons).toEqual([{ policy: 'p1', statement: 'Stop', level: 'Root', effect: 'Deny' }]);
  });

  test('names statements that only together deny', () => {
    const half = (operator: string, sid: string): PolicyStatementJson => ({ Sid: sid, Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { [operator]: { 's3:x-amz-acl': 'private' } } });
    const { holds, denials } = neverAllowed({ actions: ['s3:PutObject'] }, [account([STOP, half('StringEquals', 'Is'), half('StringNotEquals', 'IsNot')])], index);
    expect([holds, denials[0]!.reasons.map(({ statement }) => statement)]).toEqual([true, ['Is', 'IsNot']]);
  });

  test('holds of today\'s actions, and says when a new one would get through', () => {
    const each = index.matching('cloudtrail:Stop*').map((at) => index.actions[at]!);
    const listed = neverAllowed({ actions: ['cloudtrail:Stop*'] }, [account([{ ...STOP, Action: each }])], index);
    expect([listed.holds, listed.holdsOfFuture]).toEqual([true, false]);
    expect(listed.counterexamples.map(({ isFuture, actions }) => [isFuture, actions[0]!.startsWith('cloudtrail:stop')])).toEqual([[true, true]]);
    expect(neverAllowed({ actions: ['cloudtrail:Stop*'] }, [account([STOP])], index).holdsOfFuture).toBe(true);
  });

  test('new names are such as AWS could give, whatever the wildcards', () => {
    const odd = account([{ Effect: 'Deny', Action: ['*:?etObject', 's3:*t', 'S?:*', '*:*:*'], Resource: '*' }]);
    for (const { actions, isFuture } of neverAllowed({ actions: ['*'] }, [odd], index).counterexamples) {
      if (isFuture) expect(actions[0]).toMatch(/^[a-z0-9-]+:[A-Za-z0-9]+$/);
    }
  });

  test('resource control policies bind the services that AWS lists', () => {
    const everything = account([], undefined, [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }]);
    const own = { 'aws:ResourceAccount': '111122223333' };
    expect(neverAllowed({ actions: ['s3:GetObject', 'sqs:SendMessage'], context: own }, [everything], index).holds).toBe(true);
    expect(neverAllowed({ actions: ['ec2:RunInstances'], context: own }, [everything], index).holds).toBe(false);
  });

  test('all resources that an action requires must be allowed', () => {
    const tokens: PolicyStatementJson = {
      Effect: 'Deny', Action: 'ec2:RunInstances', Resource: 'arn:aws:ec2:*:*:instance/*', Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } },
    };
    expect(neverAllowed({ actions: ['ec2:RunInstances'], context: { 'ec2:MetadataHttpTokens': 'optional' } }, [account([tokens])], index).holds).toBe(true);
    const launch = neverAllowed({ actions: ['ec2:RunInstances'] }, [account([tokens])], index);
    expect(launch.counterexamples[0]!.requests.length).toBeGreaterThan(3);
  });

  test('on a resource: actions that do not work on such a resource are not asked about', () => {
    const objects = account([{ Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::logs/*' }]);
    expect(neverAllowed({ actions: ['s3:*Object'], resource: 'arn:aws:s3:::logs/2026' }, [objects], index).holds).toBe(true);
    expect(neverAllowed({ actions: ['s3:PutObject'], resource: 'arn:aws:s3:::other/2026' }, [objects], index).holds).toBe(false);
  });

  test('what could not be resolved is never taken for a counterexample, nor for a proof', () => {
    const unknown = { ...account([]), unknown: ['policy X'] };
    expect(neverAllowed({ actions: ['s3:GetObject'] }, [unknown], index)).toMatchObject({ holds: undefined, counterexamples: [], undecided: [{ why: ['policy X'] }] });
    expect(alwaysAllowed({ actions: ['s3:GetObject'] }, [unknown], index).holds).toBe(undefined);
    expect(neverAllowed({ actions: ['cloudtrail:StopLogging'] }, [{ ...account([STOP]), unknown: ['policy X'] }], index).holds).toBe(true);
  });
});

test('ever: each principal that a pattern stands for, not only some', () => {
  const spares: PolicyStatementJson = { Effect: 'Deny', Action: 'iam:*', Resource: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/team-a*' } } };
  expect(everAllowed({ actions: ['iam:CreateRole'], principals: ['role/team-a*'] }, [account([spares])], index).holds).toBe(true);
  expect(everAllowed({ actions: ['iam:CreateRole'], principals: ['role/team-*'] }, [account([spares])], index).holds).toBe(false);
  expect(everAllowed({ actions: ['iam:CreateRole'], principals: ['role/team-*'], except: ['role/team-b'] }, [account([spares])], index).holds).toBe(false);
});

describe('accounts that are not alike', () => {
  test('are not taken for each other', () => {
    const named: PolicyStatementJson = { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } };
    const { counterexamples, denials } = neverAllowed({ actions: ['s3:GetObject'] }, [account([named]), account([named], '444455556666')], index);
    expect([counterexamples.map((one) => one.account.account.id), denials.map((one) => one.account.account.id)]).toEqual([['444455556666'], ['111122223333']]);
    expect(counterexamples[0]!.requests[0]!.principal ?? '').not.toContain('111122223333');
  });

  test('one where a key may have several values decides otherwise than one where it may not', () => {
    const plain: PolicyStatementJson = { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { StringLike: { 'x:keys': 'a' } } };
    const other: PolicyStatementJson = { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { StringLike: { 'x:keys': 'b' } } };
    const both: PolicyStatementJson = { Effect: 'Deny', Action: 'sqs:*', Resource: '*', Condition: { 'ForAnyValue:StringLike': { 'x:keys': 'a' } } };
    const known = new KnownChanges();
    compare(account([plain]), account([other]), index, undefined, known);
    const alone = compare(account([plain, both], '444455556666'), account([other, both], '444455556666'), index);
    const after = compare(account([plain, both], '444455556666'), account([other, both], '444455556666'), index, undefined, known);
    expect(after.undecided.length).toBe(alone.undecided.length);
    expect(after.changes.length).toBe(alone.changes.length);
  });
});
