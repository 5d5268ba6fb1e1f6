import { Control } from '../control';
import { TagOptions } from '../control-options';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { tagKeysOfStatements } from '../tag-keys';

/** Actions that make one resource and can tag it in the same request. */
const CREATIONS = [
  'dynamodb:CreateTable', 'ecs:CreateCluster', 'eks:CreateCluster', 'elasticfilesystem:CreateFileSystem', 'es:CreateDomain', 'kms:CreateKey',
  'lambda:CreateFunction', 's3:CreateBucket', 'secretsmanager:CreateSecret', 'sns:CreateTopic', 'sqs:CreateQueue',
];
const INSTANCE = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0';
const VOLUME = 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-0123456789abcdef0';

/** LZ.TAG.1. */
export function requireTagsOnCreation(options: TagOptions = {}): Control {
  const keys = tagKeysOfStatements(options);
  const all = Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, ['known']]));
  return new Control({
    id: 'LZ.TAG.1',
    title: 'Resources are tagged when they are made',
    description: 'A resource without an owner is nobody\'s to pay, patch or delete, and tags that are to be added later are not. Instances and their volumes, buckets, functions, tables, queues, '
      + 'topics, keys, secrets, file systems, clusters and domains are made with the required tags, each of them. '
      + 'A console that tags in a second request is refused; see that people deploy by templates before enabling it. The platform, and what the CDK deploys, is exempt.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-16', 'CM-8', 'PM-5'),
      Framework.PCI_DSS.maps('12.5.1'),
      Framework.ISO_27001.maps('A.5.9', 'A.5.13'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_tagging.html (one statement a key, read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html (aws:RequestTag by action, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    // One statement a key: keys of one statement must be missing together before it denies.
    preventive: [PreventiveMechanism.serviceControl(...keys.flatMap((key) => [
      // Of instances and volumes only: a launch also touches images, subnets and groups, which it does not tag.
      { actions: ['ec2:RunInstances'], resources: ['arn:*:ec2:*:*:instance/*', 'arn:*:ec2:*:*:volume/*'], conditions: { Null: { [`aws:RequestTag/${key}`]: 'true' } } },
      { actions: CREATIONS, conditions: { Null: { [`aws:RequestTag/${key}`]: 'true' } } },
    ]))],
    detective: [DetectiveMechanism.configRule('REQUIRED_TAGS')],
    proof: {
      denies: keys.flatMap((key) => {
        const lacking = { ...all, [`aws:RequestTag/${key}`]: [] };
        return [
          { action: 'ec2:RunInstances', resource: INSTANCE, context: lacking },
          { action: 'ec2:RunInstances', resource: VOLUME, context: lacking },
          { action: 's3:CreateBucket', principal: 'root', context: lacking },
          { action: 'lambda:CreateFunction', context: lacking },
        ];
      }),
      allows: [
        { action: 'ec2:RunInstances', resource: INSTANCE, context: all },
        { action: 'ec2:RunInstances', resource: 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-0123456789abcdef0' },
        { action: 's3:CreateBucket', context: all },
        { action: 's3:PutObject' },
        { action: 's3:CreateBucket', principal: PLATFORM_ROLE },
      ],
    },
  });
}
