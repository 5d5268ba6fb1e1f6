import { Control } from '../../controls/control';
import { Framework } from '../../controls/framework';
import { PreventiveMechanism } from '../../controls/mechanism';
import { PLATFORM_ROLE } from '../../controls/proof-principals';
import { Severity } from '../../controls/severity';

const ALGORITHM = 's3:x-amz-server-side-encryption';
const OBJECT_KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const SECRET_KEY = 'secretsmanager:KmsKeyId';
const AWS_MANAGED = ['alias/aws/*', 'arn:*:kms:*:*:alias/aws/*'];
const OWN = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';

/** LZ.ENCRYPTION.2. */
export function denyWeakerKeys(): Control {
  return new Control({
    id: 'LZ.ENCRYPTION.2',
    title: 'No request asks for a weaker key than the account\'s',
    description: 'What a request says counts for more than the default of a bucket. Objects are not written with S3\'s own keys where the request asks for them, or with AWS\'s key of KMS, which is what a request '
      + 'for KMS without a key gets; a request that says nothing has the bucket\'s default. Secrets are created with a key that is named, and not moved to AWS\'s. '
      + 'Before enabling it, look in CloudTrail for uploads with AES256, and for services that create secrets on behalf of people.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('SC-12', 'SC-28', 'SC-28(1)'),
      Framework.PCI_DSS.maps('3.6.1'),
      Framework.ISO_27001.maps('A.8.24'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html (condition keys of s3:PutObject, read 2026-11-23)',
      'https://sdk.amazonaws.com/kotlin/api/latest/s3/aws.sdk.kotlin.services.s3.model/-put-object-request/ssekms-key-id.html (the key of a request for KMS without one, read 2026-11-23)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html (secretsmanager:KmsKeyId, read 2026-11-23)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      { actions: ['s3:PutObject'], conditions: { StringEquals: { [ALGORITHM]: 'AES256' } } },
      { actions: ['s3:PutObject'], conditions: { StringEquals: { [ALGORITHM]: ['aws:kms', 'aws:kms:dsse'] }, Null: { [OBJECT_KEY]: 'true' } } },
      { actions: ['secretsmanager:CreateSecret'], conditions: { Null: { [SECRET_KEY]: 'true' } } },
      { actions: ['secretsmanager:CreateSecret', 'secretsmanager:UpdateSecret'], conditions: { StringLike: { [SECRET_KEY]: AWS_MANAGED } } },
    )],
    proof: {
      denies: [
        { action: 's3:PutObject', context: { [ALGORITHM]: ['AES256'] } },
        { action: 's3:PutObject', principal: 'root', context: { [ALGORITHM]: ['AES256'], [OBJECT_KEY]: [] } },
        { action: 's3:PutObject', context: { [ALGORITHM]: ['aws:kms'], [OBJECT_KEY]: [] } },
        { action: 's3:PutObject', context: { [ALGORITHM]: ['aws:kms:dsse'], [OBJECT_KEY]: [] } },
        { action: 'secretsmanager:CreateSecret', context: { [SECRET_KEY]: [] } },
        { action: 'secretsmanager:CreateSecret', principal: 'root', context: { [SECRET_KEY]: ['alias/aws/secretsmanager'] } },
        { action: 'secretsmanager:UpdateSecret', context: { [SECRET_KEY]: ['arn:aws:kms:eu-west-1:111122223333:alias/aws/secretsmanager'] } },
      ],
      allows: [
        { action: 's3:PutObject', context: { [ALGORITHM]: [], [OBJECT_KEY]: [] } },
        { action: 's3:PutObject', context: { [ALGORITHM]: ['aws:kms'], [OBJECT_KEY]: [OWN] } },
        { action: 's3:GetObject' },
        { action: 'secretsmanager:CreateSecret', context: { [SECRET_KEY]: [OWN] } },
        { action: 'secretsmanager:CreateSecret', context: { [SECRET_KEY]: ['alias/landing-zone/data'] } },
        { action: 'secretsmanager:UpdateSecret', context: { [SECRET_KEY]: [] } },
        { action: 's3:PutObject', principal: PLATFORM_ROLE, context: { [ALGORITHM]: ['AES256'] } },
        { action: 'secretsmanager:CreateSecret', principal: PLATFORM_ROLE, context: { [SECRET_KEY]: [] } },
      ],
    },
  });
}
