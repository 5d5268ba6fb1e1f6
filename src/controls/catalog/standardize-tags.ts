import { enforceableHint, isEnforceable } from '../../analysis/tags/enforceable-types';
import { Control } from '../control';
import { TagPolicyOptions } from '../control-options';
import { Framework } from '../framework';
import { locked } from '../locked';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { tagKeys } from '../tag-keys';

/** Where a missing tag is reported, and refused by the hook that checks templates. */
const REPORTED = ['dynamodb:table', 'ec2:instance', 'ec2:volume', 'lambda:function', 'rds:db', 's3:bucket'];

/** LZ.TAG.3. */
export function standardizeTags(options: TagPolicyOptions = {}): Control {
  const keys = tagKeys(options);
  const { values = {}, enforcedFor = {} } = options;
  const unknown = Object.keys({ ...values, ...enforcedFor }).filter((key) => !keys.includes(key));
  if (unknown.length > 0) {
    throw new Error(`Values or resource types are given for tags that are not among the keys (${keys.join(', ')}): ${unknown.join(', ')}`);
  }
  const wild = Object.values(values).flat().filter((value) => value.split('*').length > 2);
  if (wild.length > 0) {
    throw new Error(`A value of a tag policy has one * at most; these have more: ${wild.join(', ')}`);
  }
  const never = Object.values(enforcedFor).flat().filter((type) => !isEnforceable(type));
  if (never.length > 0) {
    throw new Error(never.map((type) => `A tag policy is not enforced for ${type}: ${enforceableHint(type)}`).join('\n'));
  }
  return new Control({
    id: 'LZ.TAG.3',
    title: 'Tags are spelled the same in every account',
    description: 'Owner, owner and OWNER are three tags, and a report by owner then shows a third of the truth. A tag policy holds the spelling of the required tags, and their values '
      + 'where you list them, and reports resources that lack one. On the resource types that you name it refuses other spellings and values, and never a resource without the tags: '
      + 'with AWS\'s hook TaggingComplianceValidator, templates without them are.',
    severity: Severity.LOW,
    frameworks: [
      Framework.NIST_800_53.maps('AC-16', 'CM-8', 'PM-5'),
      Framework.PCI_DSS.maps('12.5.1'),
      Framework.ISO_27001.maps('A.5.9', 'A.5.13'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_example-tag-policies.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_supported-resources-enforcement.html (what can be enforced, read 2026-11-23)',
      'https://docs.aws.amazon.com/organizations/latest/userguide/enforce-required-tag-keys-iac.html (the hook, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.managementPolicy('TAG_POLICY', {
      tags: Object.fromEntries(keys.map((key) => [key, {
        tag_key: locked(key),
        ...(values[key] && { tag_value: locked(values[key]) }),
        ...(enforcedFor[key] && { enforced_for: locked(enforcedFor[key]) }),
        report_required_tag_for: { '@@assign': REPORTED },
      }])),
    })],
    detective: [DetectiveMechanism.configRule('REQUIRED_TAGS')],
  });
}
