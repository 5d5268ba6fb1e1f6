import { Control } from '../control';
import { InstanceTypeOptions } from '../control-options';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/**
 * Metal, sizes from 8xlarge (32 virtual CPUs) on, and families with accelerators, very large memory, or hosts of their own.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html, read 2026-11-22.
 */
const EXPENSIVE = [
  '*.8xlarge', '*.9xlarge', '*.??xlarge', '*.???xlarge', '*.metal*',
  'dl*', 'f*', 'g*', 'hpc*', 'inf*', 'mac*', 'p*', 'trn*', 'u-*', 'u7*', 'vt*', 'x*',
];
const INSTANCE = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0';
const TYPE = 'ec2:InstanceType';

/** LZ.COST.2. */
export function limitInstanceTypes({ denied = EXPENSIVE, allowed }: InstanceTypeOptions = {}): Control {
  if ((allowed ?? denied).length === 0) {
    throw new Error('Give at least one pattern of instance types, like t3.*');
  }
  return new Control({
    id: 'LZ.COST.2',
    title: 'Large and special instances are not launched',
    description: 'One forgotten GPU instance costs more in a weekend than a team in a month, and stolen credentials are used for just these. Launches of metal, of 32 virtual CPUs and more, '
      + 'of accelerators, very large memories and Macs are denied; options name other types, or the only ones that may be launched. '
      + 'An Auto Scaling group launches by a role that AWS exempts, and a stopped instance can be given another type: the detective mechanism reports both.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('CM-2', 'CM-7'),
      Framework.ISO_27001.maps('A.5.23', 'A.8.6'),
      Framework.SOC_2.maps('CC6.8'),
    ],
    sources: [
      'https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html (families and sizes, read 2026-11-22)',
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Service-specific-controls/Amazon-EC2/'
        + 'Require-Amazon-EC2-instances-to-use-a-specific-type.json (read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: ['ec2:RunInstances'],
      resources: ['arn:*:ec2:*:*:instance/*'],
      conditions: allowed ? { StringNotLike: { [TYPE]: allowed } } : { StringLike: { [TYPE]: denied } },
    })],
    detective: [DetectiveMechanism.configRule('DESIRED_INSTANCE_TYPE')],
    proof: {
      denies: allowed ? [
        { action: 'ec2:RunInstances', resource: INSTANCE, context: { [TYPE]: ['none.of-them'] } },
      ] : denied.map((pattern) => (
        { action: 'ec2:RunInstances', resource: INSTANCE, context: { [TYPE]: [example(pattern)] } }
      )),
      allows: [
        ...(allowed ? [{ action: 'ec2:RunInstances', resource: INSTANCE, context: { [TYPE]: [example(allowed[0])] } }]
          : [{ action: 'ec2:RunInstances', resource: INSTANCE, context: { [TYPE]: ['none.of-them'] } }]),
        { action: 'ec2:RunInstances', resource: 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-0123456789abcdef0' },
        { action: 'ec2:StartInstances', resource: INSTANCE },
        { action: 'ec2:RunInstances', principal: PLATFORM_ROLE, resource: INSTANCE, context: { [TYPE]: [example((allowed ?? denied)[0])] } },
      ],
    },
  });
}

/** A type that a pattern means: a family, a size, a digit. */
function example(pattern: string): string {
  return pattern.replace(/^\*/, 'm7i').replace(/\*$/, pattern.includes('.') ? '' : '1.large').replace(/\?/g, '4');
}
