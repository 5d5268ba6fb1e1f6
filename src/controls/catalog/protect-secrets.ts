import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

const BLOCK = 'secretsmanager:BlockPublicPolicy';
const FORCE = 'secretsmanager:ForceDeleteWithoutRecovery';

/** LZ.SECRETSMANAGER.1. */
export function protectSecrets(): Control {
  return new Control({
    id: 'LZ.SECRETSMANAGER.1',
    title: 'No secret is opened to everybody or deleted without return',
    description: 'A secret\'s policy can open it to any account, and one request deletes it without the days in which it could be restored. A policy is written with the check that '
      + 'refuses broad access, and secrets are deleted with a recovery window. The console does both; scripts say BlockPublicPolicy and leave ForceDeleteWithoutRecovery out.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-6', 'CP-9', 'SC-12'),
      Framework.PCI_DSS.maps('7.2.1', '8.3.2'),
      Framework.ISO_27001.maps('A.5.17', 'A.8.3'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    controlTower: ['CT.SECRETSMANAGER.PV.1'],
    sources: [
      'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html (public policies pass where the request does not say, read 2026-11-22)',
      'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      { actions: ['secretsmanager:PutResourcePolicy'], conditions: { BoolIfExists: { [BLOCK]: 'false' } } },
      { actions: ['secretsmanager:DeleteSecret'], conditions: { Bool: { [FORCE]: 'true' } } },
    )],
    proactive: [ProactiveMechanism.nagRule('A secret\'s policy is checked for broad access', new TemplateRule({
      'AWS::SecretsManager::ResourcePolicy': (policy) => mustBe(true, 'BlockPublicPolicy', policy.BlockPublicPolicy),
    }))],
    proof: {
      denies: [
        { action: 'secretsmanager:PutResourcePolicy', context: { [BLOCK]: ['false'] } },
        { action: 'secretsmanager:PutResourcePolicy', principal: 'root', context: { [BLOCK]: [] } },
        { action: 'secretsmanager:DeleteSecret', context: { [FORCE]: ['true'] } },
      ],
      allows: [
        { action: 'secretsmanager:PutResourcePolicy', context: { [BLOCK]: ['true'] } },
        { action: 'secretsmanager:DeleteSecret', context: { [FORCE]: [] } },
        { action: 'secretsmanager:GetSecretValue' },
        { action: 'secretsmanager:DeleteSecret', principal: PLATFORM_ROLE, context: { [FORCE]: ['true'] } },
      ],
    },
  });
}
