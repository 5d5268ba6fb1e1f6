import { Control } from '../control';
import { TagOptions } from '../control-options';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { tagKeysOfStatements } from '../tag-keys';

/** Actions that change tags and know both what the request says and what the resource has. */
const CHANGES = [
  'dynamodb:TagResource', 'dynamodb:UntagResource', 'ec2:CreateTags', 'ec2:DeleteTags', 'ecs:TagResource', 'ecs:UntagResource', 'eks:TagResource', 'eks:UntagResource',
  'elasticfilesystem:TagResource', 'elasticfilesystem:UntagResource', 'kms:TagResource', 'kms:UntagResource', 'lambda:TagResource', 'lambda:UntagResource',
  'rds:AddTagsToResource', 'rds:RemoveTagsFromResource', 'secretsmanager:TagResource', 'secretsmanager:UntagResource', 'sns:TagResource', 'sns:UntagResource',
  'sqs:TagQueue', 'sqs:UntagQueue',
];

/** LZ.TAG.2. */
export function protectTags(options: TagOptions = {}): Control {
  const keys = tagKeysOfStatements(options);
  return new Control({
    id: 'LZ.TAG.2',
    title: 'Required tags are not changed or removed afterwards',
    description: 'Cost reports, backups and permissions hang on tags, so whoever changes one moves a bill, loses a backup or opens a door. Once a resource has a required tag, '
      + 'it is changed or removed by the platform only. Adding it where it is missing stays possible. Not covered: S3 buckets by PutBucketTagging, whose request does not name its tags.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-6', 'AC-16', 'CM-5'),
      Framework.PCI_DSS.maps('7.2.1'),
      Framework.ISO_27001.maps('A.5.9', 'A.5.13'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    controlTower: ['CT.BACKUP.PV.1'],
    sources: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html (aws:TagKeys and aws:ResourceTag, read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html (both keys by action, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    // One statement a key. Both conditions hold when a request names a tag that the resource already has, so tagging a new resource passes.
    preventive: [PreventiveMechanism.serviceControl(...keys.map((key) => (
      { actions: CHANGES, conditions: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': key }, 'Null': { [`aws:ResourceTag/${key}`]: 'false' } } }
    )))],
    proof: {
      denies: keys.flatMap((key) => [
        { action: 'ec2:CreateTags', context: { 'aws:TagKeys': ['name', key], [`aws:ResourceTag/${key}`]: ['known'] } },
        { action: 'ec2:DeleteTags', principal: 'root', context: { 'aws:TagKeys': [key], [`aws:ResourceTag/${key}`]: ['known'] } },
        { action: 'sqs:UntagQueue', context: { 'aws:TagKeys': [key], [`aws:ResourceTag/${key}`]: ['known'] } },
      ]),
      allows: [
        { action: 'ec2:CreateTags', context: { 'aws:TagKeys': ['a-tag-of-ones-own'] } },
        { action: 'ec2:CreateTags', context: Object.fromEntries([['aws:TagKeys', keys], ...keys.map((key) => [`aws:ResourceTag/${key}`, []])]) },
        { action: 'ec2:RunInstances' },
        { action: 'ec2:CreateTags', principal: PLATFORM_ROLE },
      ],
    },
  });
}
