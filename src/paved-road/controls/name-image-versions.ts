import { Control } from '../../controls/control';
import { Framework } from '../../controls/framework';
import { ProactiveMechanism } from '../../controls/mechanism';
import { Severity } from '../../controls/severity';
import { isGiven, TemplateRule, withinEach } from '../../controls/template-rule';

/** Stands for what only deployment knows. */
const LATER = '\u0000';

/** LZ.IMAGE.1. */
export function nameImageVersions(): Control {
  return new Control({
    id: 'LZ.IMAGE.1',
    title: 'Images are named by their version',
    description: 'What "latest" is, or an image without a tag, is decided by whoever pushed last: what was tested is not what runs, a rollback of a template rolls nothing back, and nobody can tell afterwards what ran. Images have a tag of '
      + 'their version, best in a repository whose tags are immutable, or a digest. A tag that only deployment knows, from a parameter, is left to it.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('CM-2', 'CM-3', 'SI-7', 'SR-4'),
      Framework.ISO_27001.maps('A.8.9', 'A.8.32'),
      Framework.SOC_2.maps('CC8.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerImage.html (tags are resolved when a service is deployed, read 2026-11-23)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    proactive: [ProactiveMechanism.nagRule('Name the tag of a version, ContainerImage.fromEcrRepository(repository, "1.4.2"), or a digest; images that CDK builds have theirs', new TemplateRule({
      'AWS::ECS::TaskDefinition': ({ ContainerDefinitions }) => withinEach('ContainerDefinitions', ContainerDefinitions, ({ Image }, path) => findings(`${path}.Image`, Image)),
      'AWS::Lambda::Function': ({ Code }) => findings('Code.ImageUri', Code?.ImageUri),
    }))],
  });
}

function findings(path: string, image: unknown): string[] {
  if (!isGiven(image)) return [];
  const name = textOf(image).split('/').at(-1)!;
  const [, tag] = /[:@](.*)$/s.exec(name) ?? [];
  if (tag === 'latest') return [`${path} must name a version and names "latest"`];
  // All of the name may come later, with its tag.
  const isKnown = tag !== undefined || !name.includes(LATER) || name === LATER && textOf(image) !== LATER;
  return tag === undefined && isKnown ? [`${path} must name a version and names none, which is "latest"`] : [];
}

/** As far as synthesis knows it. */
function textOf(value: any): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value?.['Fn::Join']?.[1])) return value['Fn::Join'][1].map(textOf).join(value['Fn::Join'][0]);
  const sub = value?.['Fn::Sub'];
  const text = Array.isArray(sub) ? sub[0] : sub;
  return typeof text === 'string' ? text.replace(/\$\{[^}]*\}/g, LATER) : LATER;
}
