import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

const BYPASS = 'kms:BypassPolicyLockoutSafetyCheck';

/** LZ.KMS.3. */
export function denyKeyLockout(): Control {
  return new Control({
    id: 'LZ.KMS.3',
    title: 'No key gets a policy that locks its administrators out',
    description: 'AWS KMS checks that whoever writes a key policy may still change it afterwards, and a caller can ask to skip the check. '
      + 'The key is then nobody\'s, and only AWS Support gets it back. Skipping the check is denied.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'SC-12'),
      Framework.PCI_DSS.maps('3.6.1'),
      Framework.ISO_27001.maps('A.8.24'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    controlTower: ['CT.KMS.PV.3'],
    sources: [
      'https://docs.aws.amazon.com/controltower/latest/controlreference/ct-kms-pv-3.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['kms:CreateKey', 'kms:PutKeyPolicy'], conditions: { Bool: { [BYPASS]: 'true' } } })],
    proactive: [ProactiveMechanism.nagRule('A key\'s policy is checked', new TemplateRule({
      'AWS::KMS::Key': (key) => mustBe(false, 'BypassPolicyLockoutSafetyCheck', key.BypassPolicyLockoutSafetyCheck ?? false),
    }))],
    proof: {
      denies: [
        { action: 'kms:PutKeyPolicy', context: { [BYPASS]: ['true'] } },
        { action: 'kms:CreateKey', principal: 'root', context: { [BYPASS]: ['true'] } },
      ],
      allows: [
        { action: 'kms:PutKeyPolicy', context: { [BYPASS]: ['false'] } },
        { action: 'kms:CreateKey', context: { [BYPASS]: [] } },
        { action: 'kms:PutKeyPolicy', principal: PLATFORM_ROLE, context: { [BYPASS]: ['true'] } },
      ],
    },
  });
}
