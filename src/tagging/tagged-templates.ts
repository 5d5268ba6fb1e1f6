import { tagFindings } from '../analysis/tags/tag-findings';
import { TagKey } from '../analysis/tags/tag-key';
import { Control } from '../controls/control';
import { Framework } from '../controls/framework';
import { ProactiveMechanism } from '../controls/mechanism';
import { Severity } from '../controls/severity';
import { propertiesOf } from '../controls/template-rule';
import { tagsOf, taggableTypes } from '../model/tags/taggable-types';

/** LZ.TAG.4, of the keys of a standard. */
export function taggedTemplates(keys: readonly TagKey[]): Control {
  return new Control({
    id: 'LZ.TAG.4',
    title: 'Templates carry the required tags',
    description: 'What is found before it is deployed costs a minute. Every resource of a type that CloudFormation can tag has the required tags, in their spelling, with values that they may have. '
      + 'Types that take no tags are known from the specification, and are not asked.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-16', 'CM-8', 'PM-5'),
      Framework.PCI_DSS.maps('12.5.1'),
      Framework.ISO_27001.maps('A.5.9', 'A.5.13'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    sources: ['CloudFormation specification, as the L1 constructs of the CDK have it', 'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement'],
    proactive: [ProactiveMechanism.nagRule(`Tag it: ${keys.map(({ key }) => key).join(', ')}; TaggingStandard.apply gives defaults to all that is below a construct.`, {
      findings: (resource) => {
        const property = taggableTypes().get(resource.cfnResourceType);
        const properties = property && propertiesOf(resource);
        return properties && tagFindings(keys, resource.cfnResourceType, tagsOf(properties, property)).map(({ message }) => message);
      },
    })],
  });
}
