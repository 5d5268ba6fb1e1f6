import { bucketArn, LogPlace } from './log-place';
import { LogPurpose } from './log-purpose';
import { PolicyStatementJson } from '../analysis/policy-document';
import { partitionOf } from '../model/partition';

/** What no statement of a log bucket's policy, and none of an identity, can allow. */
export function guardsOf(purpose: LogPurpose, place: LogPlace, organizationId: string, breakGlassRole: string): PolicyStatementJson[] {
  const bucket = bucketArn(place, purpose);
  const breakGlass = `arn:${partitionOf(place.region)}:iam::${place.account}:role/${breakGlassRole}`;
  const deny = (Sid: string, Action: string | string[], Condition: PolicyStatementJson['Condition']): PolicyStatementJson => (
    { Sid, Effect: 'Deny', Principal: '*', Action, Resource: [bucket, `${bucket}/*`], Condition });
  return [
    deny('PlainHttp', 's3:*', { Bool: { 'aws:SecureTransport': 'false' } }),
    deny('OldTls', 's3:*', { NumericLessThan: { 's3:TlsVersion': '1.2' } }),
    deny('Outsiders', 's3:*', { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }),
    deny('OtherOrganizations', 's3:*', {
      StringNotEqualsIfExists: { 'aws:SourceOrgID': organizationId }, Null: { 'aws:SourceAccount': 'false' }, Bool: { 'aws:PrincipalIsAWSService': 'true' },
    }),
    deny('AllButServices', 's3:PutObject', { ArnNotLike: { 'aws:PrincipalArn': breakGlass }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }),
    deny('AllButBreakGlass', ['s3:BypassGovernanceRetention', 's3:DeleteBucket', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObjectLegalHold', 's3:PutObjectRetention'], {
      ArnNotLike: { 'aws:PrincipalArn': breakGlass },
    }),
  ];
}
