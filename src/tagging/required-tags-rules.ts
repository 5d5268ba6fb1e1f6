import { CfnOrganizationConfigRule } from 'aws-cdk-lib/aws-config';
import { Construct } from 'constructs';
import { TaggingStandard } from './tagging-standard';

/** Properties of the rules. */
export interface RequiredTagsRulesProps {
  /** Whose keys are looked for: those that all resources must have. */
  readonly standard: TaggingStandard;
  /** Begin of the rules' names. @default 'required-tags' */
  readonly ruleNamePrefix?: string;
  /** Accounts that have no Config recorder, by id: a rule fails there. @default - none */
  readonly excludedAccounts?: string[];
}

/** Keys that one rule looks for. https://docs.aws.amazon.com/config/latest/developerguide/required-tags.html (read 2026-11-23) */
const KEYS_OF_A_RULE = 6;

/**
 * AWS Config's rule `required-tags` in every account of the organization, six keys a rule: what exists without the tags is reported. It knows some types of resources only, and no patterns of values.
 *
 * Goes to the management account, or the one that administers Config for the organization. Keys stay with their rule when others are appended.
 *
 * @example
 * declare const standard: TaggingStandard;
 * new RequiredTagsRules(stack, 'RequiredTags', { standard });
 */
export class RequiredTagsRules extends Construct {
  /** Names of the rules. */
  public readonly ruleNames: string[];

  public constructor(scope: Construct, id: string, { standard, ruleNamePrefix = 'required-tags', excludedAccounts }: RequiredTagsRulesProps) {
    super(scope, id);
    const keys = standard._everywhere('RequiredTagsRules');
    const rules = Array.from({ length: Math.ceil(keys.length / KEYS_OF_A_RULE) }, (_, at) => keys.slice(at * KEYS_OF_A_RULE, (at + 1) * KEYS_OF_A_RULE));
    this.ruleNames = rules.map((_, at) => `${ruleNamePrefix}-${at + 1}`);
    rules.forEach((some, at) => {
      const parameters = some.flatMap(({ key, values }, index): [string, string][] => [
        [`tag${index + 1}Key`, key],
        // It compares whole values, so that a value with a wildcard leaves all of the key's open.
        ...(values?.every((value) => !value.includes('*')) ? [[`tag${index + 1}Value`, values.join(',')] as [string, string]] : []),
      ]);
      new CfnOrganizationConfigRule(this, `Rule${at + 1}`, {
        organizationConfigRuleName: this.ruleNames[at]!,
        organizationManagedRuleMetadata: {
          ruleIdentifier: 'REQUIRED_TAGS', description: `Resources have the tags ${some.map(({ key }) => key).join(', ')}`, inputParameters: JSON.stringify(Object.fromEntries(parameters)),
        },
        ...(excludedAccounts && { excludedAccounts }),
      });
    });
  }
}
