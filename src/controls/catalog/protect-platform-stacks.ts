import { Control } from '../control';
import { PlatformNamesOptions } from '../control-options';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { platformResources } from '../platform-names';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/StackSet-baseline-0123/11111111-2222-3333-4444-555555555555';
const TOOLKIT = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/CDKToolkit/11111111-2222-3333-4444-555555555555';

/** LZ.PLATFORM.2. */
export function protectPlatformStacks(options: PlatformNamesOptions = {}): Control {
  return new Control({
    id: 'LZ.PLATFORM.2',
    title: 'Stacks of the platform are kept',
    description: 'What the platform put into an account hangs on a stack of CloudFormation: delete or update the stack, and the baseline goes with it; '
      + 'a stack that was deployed with an administrator\'s role can even be updated by somebody who has none. '
      + 'Nobody but the platform touches instances of StackSets (StackSet-*), the bootstrap stack of the CDK (CDKToolkit) and stacks whose name begins like the platform\'s, '
      + 'by default aws-controltower, aws-accelerator and landing-zone. Before enabling it, see who bootstraps accounts for the CDK, '
      + 'and make the execution role of self-managed StackSets a platform principal.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('CM-2', 'CM-3', 'CM-5', 'AC-6'),
      Framework.ISO_27001.maps('A.8.9', 'A.8.32'),
      Framework.SOC_2.maps('CC6.1', 'CC8.1'),
    ],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Protect-cloud-platform-resource/'
        + 'Deny-modifications-to-specific-AWS-CloudFormation-resources.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html (a stack keeps its role, read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'cloudformation:CancelUpdateStack', 'cloudformation:ContinueUpdateRollback', 'cloudformation:CreateChangeSet', 'cloudformation:CreateStack', 'cloudformation:DeleteStack',
        'cloudformation:ExecuteChangeSet', 'cloudformation:RollbackStack', 'cloudformation:SetStackPolicy', 'cloudformation:UpdateStack',
        'cloudformation:UpdateTerminationProtection',
      ],
      resources: ['arn:*:cloudformation:*:*:stack/CDKToolkit/*', 'arn:*:cloudformation:*:*:stack/StackSet-*', ...platformResources('arn:*:cloudformation:*:*:stack/', options)],
    })],
    proof: {
      denies: [
        { action: 'cloudformation:DeleteStack', resource: STACK },
        { action: 'cloudformation:UpdateStack', resource: STACK, principal: 'root' },
        { action: 'cloudformation:ExecuteChangeSet', resource: TOOLKIT, principal: 'user/someone' },
        { action: 'cloudformation:UpdateTerminationProtection', resource: TOOLKIT },
        { action: 'cloudformation:DeleteStack', resource: `arn:aws:cloudformation:eu-west-1:111122223333:stack/${(options.namePrefixes ?? ['landing-zone'])[0]}-logs/1` },
      ],
      allows: [
        { action: 'cloudformation:DeleteStack', resource: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/11111111-2222-3333-4444-555555555555' },
        { action: 'cloudformation:DescribeStacks', resource: STACK },
        { action: 'cloudformation:DeleteStack', resource: STACK, principal: 'role/stacksets-exec-0123456789abcdef' },
        { action: 'cloudformation:UpdateStack', resource: TOOLKIT, principal: PLATFORM_ROLE },
      ],
    },
  });
}
