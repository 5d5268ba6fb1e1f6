import { Control } from '../control';
import { Framework } from '../framework';
import { locked, LOCKED } from '../locked';
import { PreventiveMechanism } from '../mechanism';
import { Severity } from '../severity';

/** LZ.AI.1. */
export function optOutOfAiTraining(): Control {
  return new Control({
    id: 'LZ.AI.1',
    title: 'AWS keeps no content of the organization to improve its AI services',
    description: 'AWS may store what its AI services process, in other Regions too, and use it to improve them, unless the customer opts out. Every account is opted out of all such services, '
      + 'those to come included, and no unit or account opts in again. AWS then deletes what it has stored.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4', 'AC-21', 'SA-9', 'SA-9(5)'),
      Framework.ISO_27001.maps('A.5.14', 'A.5.23', 'A.5.34'),
      Framework.SOC_2.maps('CC6.7', 'CC9.2'),
    ],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out_syntax.html (example 1, read 2026-11-22)',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out.html (read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.managementPolicy('AISERVICES_OPT_OUT_POLICY', {
      services: { ...LOCKED, default: { ...LOCKED, opt_out_policy: locked('optOut') } },
    })],
  });
}
