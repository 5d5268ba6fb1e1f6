import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.REGION.2. */
export function denyRegionChanges(): Control {
  return new Control({
    id: 'LZ.REGION.2',
    title: 'Regions are switched on and off centrally',
    description: 'An opt-in Region that somebody switches on in one account has no trail, no recorder and no detector of the organization yet; '
      + 'one that is switched off goes on to cost, and its resources can no longer be reached. Nobody but the platform does either, in any account. '
      + 'LZ.REGION.1 keeps people out of Regions that are on.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('CM-5', 'CM-7', 'SA-9(5)'),
      Framework.ISO_27001.maps('A.5.23', 'A.8.9'),
      Framework.SOC_2.maps('CC6.1', 'CC8.1'),
    ],
    controlTower: ['AWS-GR_REGION_DENY'],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Region-controls/Deny-account-region-enable-and-disable-actions.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html (read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['account:DisableRegion', 'account:EnableRegion'] })],
    proof: {
      denies: [
        { action: 'account:EnableRegion' },
        { action: 'account:EnableRegion', principal: 'root' },
        { action: 'account:DisableRegion' },
      ],
      allows: [
        { action: 'account:ListRegions' },
        { action: 'ec2:DescribeRegions' },
        { action: 'account:EnableRegion', principal: PLATFORM_ROLE },
      ],
    },
  });
}
