import { CfnResource } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { isGiven, within, withinEach } from '../../controls/template-rule';
import { receivesAccessLogs } from '../access-log-buckets';
import { EncryptedService } from '../encrypted-service';
import { EncryptedType } from '../encrypted-type';
import { mustBeOwnKey } from '../given-key';

/**
 * S3 encrypts every object by itself; this is about the key. By its ARN: an alias would be looked up in the account of whoever writes.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html (read 2026-11-23)
 *
 * A bucket for access logs of buckets and load balancers stays with S3's own encryption, because these are written to no other.
 */
export const bucket: EncryptedType = {
  type: 'AWS::S3::Bucket',
  service: EncryptedService.S3,
  complete: ({ BucketEncryption }, keys, resource) => (!keys.areOwn || isGiven(BucketEncryption) || receivesAccessLogs(resource as CfnBucket) ? {} : {
    bucketEncryption: {
      serverSideEncryptionConfiguration: [{ bucketKeyEnabled: true, serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keys.arn() } }],
    },
  }),
  findings: ({ BucketEncryption }, own, resource) => (!own || hasLogs(resource) ? [] : findings(BucketEncryption)),
};

function findings(encryption: any): string[] {
  const rules = encryption?.ServerSideEncryptionConfiguration;
  if (!isGiven(rules) || (Array.isArray(rules) && rules.length === 0)) return ['BucketEncryption must be a key of your own and is missing'];
  return withinEach('BucketEncryption.ServerSideEncryptionConfiguration', rules, (rule, path) => {
    const at = `${path}.ServerSideEncryptionByDefault`;
    if (!isGiven(rule.ServerSideEncryptionByDefault)) return [`${at} must be a key of your own and is missing`];
    return within(at, rule.ServerSideEncryptionByDefault, ({ SSEAlgorithm, KMSMasterKeyID }) => (
      ['aws:kms', 'aws:kms:dsse'].includes(SSEAlgorithm) ? mustBeOwnKey(`${at}.KMSMasterKeyID`, KMSMasterKeyID) : [`${at}.SSEAlgorithm must be "aws:kms" or "aws:kms:dsse" and is ${JSON.stringify(SSEAlgorithm)}`]));
  });
}

function hasLogs(resource: CfnResource): boolean {
  return resource instanceof CfnBucket && receivesAccessLogs(resource);
}
