import { isOfCluster, recoveryOf, STATEFUL_TYPES } from './recovery';
import { TierPromise } from './tier-options';
import { tagsOfStateful } from './tier-tag';
import { Control } from '../controls/control';
import { Framework } from '../controls/framework';
import { ProactiveMechanism } from '../controls/mechanism';
import { Severity } from '../controls/severity';
import { propertiesOf } from '../controls/template-properties';

/** LZ.RESILIENCE.1, of the tiers of a standard. */
export function tieredTemplates(tiers: readonly TierPromise[], tagKey: string): Control {
  return new Control({
    id: 'LZ.RESILIENCE.1',
    title: 'What keeps data says its tier of resilience, and has what the tier promises',
    description: 'Backups of the organization find resources by their tier; what says none is not backed up, and nobody notices until it is needed. Every resource that keeps data has a tier, and as far as a '
      + 'template says it has what the tier promises: it loses no more at worst, goes on when a zone fails, and is in another Region.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('CP-6', 'CP-9', 'CP-10', 'SC-36', 'SI-13(5)'),
      Framework.PCI_DSS.maps('12.10.1'),
      Framework.ISO_27001.maps('A.8.13', 'A.8.14'),
      Framework.SOC_2.maps('A1.2', 'CC7.5'),
    ],
    sources: [
      'https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    proactive: [ProactiveMechanism.nagRule(`Tag it ${tagKey} with ${tiers.map(({ tier }) => tier).join(', ')}, and give it what its tier promises; PavedRoad.apply sets the tag on all that is below a construct.`, {
      findings: (resource) => {
        const type = resource.cfnResourceType;
        if (!STATEFUL_TYPES.includes(type)) return undefined;
        const properties = propertiesOf(resource);
        if (properties === undefined || isOfCluster(type, properties)) return undefined;
        const tags = tagsOfStateful(type, properties);
        const value = tags?.get(tagKey);
        const promise = tiers.find(({ tier }) => tier === value);
        if (promise) return [...recoveryOf(type, properties, promise)!.gaps];
        if (tags === undefined || (tags.has(tagKey) && value === undefined)) return [`${tagKey} is only known at deployment`];
        return [value === undefined ? `${tagKey} is missing: it is not backed up` : `${tagKey} is "${value}": ${tiers.map(({ tier }) => tier).join(', ')} are expected`];
      },
    })],
  });
}
