import { MANDATORY, MANDATORY_BEFORE_4, OPTIONAL } from './published-policies';
import { Controls, PlatformPrincipals } from '../../src';
import { evaluate } from '../../src/analysis/evaluate';
import { AccountPolicies, PolicyDocument } from '../../src/analysis/policy-document';
import { AccessRequest } from '../../src/analysis/request';
import { requestProblems } from '../../src/analysis/request-facts';
import { list } from '../../src/analysis/statement';
import { Control } from '../../src/controls/control';
import { renderRequest, renderStatements } from '../../src/controls/render';
import { actionIndex } from '../../src/model/action-index-file';
import { FULL_ACCESS } from '../../src/model/organization-model';

const platform = PlatformPrincipals.standard().arnPatterns();
const values = {
  organizationId: 'o-abcdefghij', managementAccountId: '111122223333', partition: 'aws', homeRegion: 'eu-west-1', allowedRegions: ['eu-west-1', 'us-east-1'], platformPrincipalArns: platform,
};
const ours = Controls.all().filter(({ preventive }) => preventive.some(({ policyType }) => policyType === 'SERVICE_CONTROL_POLICY'));
const documentOf = (control: Control): PolicyDocument => ({ Version: '2012-10-17', Statement: renderStatements(control, 'SERVICE_CONTROL_POLICY', values) });

/** An account under some service control policies and no others. */
const under = (documents: readonly PolicyDocument[]): AccountPolicies => ({
  account: { id: '444455556666', name: 'any', isManagement: false }, organizationId: 'o-abcdefghij', organizationPath: 'o-abcdefghij/', partition: 'aws', resourceControl: [], unknown: [],
  serviceControl: [{ level: 'Root/Workloads', policies: [FULL_ACCESS.SERVICE_CONTROL_POLICY!, ...documents.map((document, index) => ({ name: `policy ${index}`, document }))] }],
});

/** A resource that a pattern of a statement matches. */
function oneOf(pattern: string): string {
  const [arn, , service, region, account, ...rest] = pattern.split(':');
  return [arn, 'aws', service, region === '*' ? 'eu-west-1' : region, account === '*' ? '444455556666' : account, ...rest].join(':').replace(/\*/g, '1');
}

/** A request that a control denies and these policies do not, whoever would leave the control out for them; undefined where there is none among its actions. */
function leftOpen(control: Control, documents: readonly PolicyDocument[]) {
  const own = under([documentOf(control)]);
  const theirs = under(documents);
  const statements = renderStatements(control, 'SERVICE_CONTROL_POLICY', values).flatMap(({ Action, Resource }) => list(Action ?? []).flatMap((pattern) => actionIndex().matching(pattern)
    .slice(0, 5).flatMap((index) => list(Resource ?? '*').map((resource) => ({ action: actionIndex().actions[index]!, ...(resource !== '*' && { resource: oneOf(resource) }) })))));
  const proved = control.proof.denies.map((request) => renderRequest(request, values));
  return [...proved, ...statements].map((request) => ({ principal: 'role/any', ...request } as AccessRequest))
    .find((request) => requestProblems(request).length === 0 && evaluate(request, own).decision === 'denied' && evaluate(request, theirs).decision !== 'denied');
}

test('the published policies deny what they are for, so that the comparison means something', () => {
  const decide = (action: string, documents: readonly PolicyDocument[], request: object = {}) => evaluate({ action, principal: 'role/any', ...request }, under(documents)).decision;
  expect(decide('config:StopConfigurationRecorder', MANDATORY)).toBe('denied');
  expect(decide('config:StopConfigurationRecorder', MANDATORY, { principal: 'role/AWSControlTowerExecution' })).toBe('allowed');
  expect(decide('s3:PutBucketPolicy', MANDATORY, { resource: 'arn:aws:s3:::aws-controltower-logs-1' })).toBe('denied');
  expect(decide('s3:PutObject', MANDATORY, { resource: 'arn:aws:s3:::aws-controltower-logs-1' })).toBe('allowed');
  const trail = { resource: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/aws-controltower-BaselineCloudTrail' };
  expect([MANDATORY, MANDATORY_BEFORE_4].map((documents) => decide('cloudtrail:StopLogging', documents, trail))).toEqual(['allowed', 'denied']);
  expect(decide('s3:ListAllMyBuckets', OPTIONAL(platform), { principal: 'root', context: { 'aws:AssumedRoot': [] } })).toBe('denied');
});

test('nothing of ours can be left out for what AWS Control Tower always denies: without any of them, somebody could do more', () => {
  expect(ours.length).toBeGreaterThan(50);
  const open = ours.map((control) => [control.id, leftOpen(control, [...MANDATORY, ...MANDATORY_BEFORE_4])?.action]);
  expect(open.filter(([, action]) => action === undefined)).toEqual([]);
});

test('one optional policy of AWS Control Tower denies all that LZ.VPC.1 does, and five actions more; in the place of any other control of ours, each denies less', () => {
  const covered = OPTIONAL(platform).flatMap((document) => ours.filter((control) => leftOpen(control, [document]) === undefined).map((control) => [(document.Statement as any)[0].Sid, control.id]));
  expect(covered).toEqual([['GRDISALLOWVPCINTERNETACCESS', 'LZ.VPC.1']]);
});
