import { CfnResource, TagManager, Token } from 'aws-cdk-lib';
import { tagFindings } from '../analysis/tags/tag-findings';
import { TagKey } from '../analysis/tags/tag-key';
import { Control } from '../controls/control';
import { Framework } from '../controls/framework';
import { ProactiveMechanism } from '../controls/mechanism';
import { Severity } from '../controls/severity';
import { propertiesOf } from '../controls/template-properties';
import { TagProperty, tagsOf, taggableTypes } from '../model/tags/taggable-types';

/** Tags of a resource; `known` is undefined where not even the keys are. */
interface Tags {
  readonly known: ReadonlyMap<string, string | undefined> | undefined;
}

/** From CDK's own list of tags, which is what will be rendered unless somebody overrides properties by hand. */
function managedTags(resource: CfnResource): Tags | undefined {
  const manager = TagManager.of(resource);
  const isOverridden = (resource as unknown as { readonly rawOverrides?: { readonly Properties?: object } }).rawOverrides?.Properties !== undefined;
  if (!manager || isOverridden) return undefined;
  const values = Object.entries(manager.tagValues());
  return values.some(([key]) => Token.isUnresolved(key)) ? undefined : { known: new Map(values.map(([key, value]) => [key, Token.isUnresolved(value) ? undefined : value])) };
}

/** From the template. A resource that stays out of it has none to be asked about. */
function renderedTags(resource: CfnResource, property: TagProperty): Tags | undefined {
  const properties = propertiesOf(resource);
  return properties && { known: tagsOf(properties, property) };
}

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
        const tags = property && (managedTags(resource) ?? renderedTags(resource, property));
        return tags && tagFindings(keys, resource.cfnResourceType, tags.known).map(({ message }) => message);
      },
    })],
  });
}
