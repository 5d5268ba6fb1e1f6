import { App, Aspects } from 'aws-cdk-lib';
import { Organization } from '../organization/organization';
import { TagDefaults } from '../tagging/tag-defaults';
import { TaggingStandard } from '../tagging/tagging-standard';

/** Tags all stacks of an app: with the tags that the organization gives their accounts, as far as the standard has them, else the standard's defaults. */
export function tagByAccount(app: App, standard: TaggingStandard, organization: Organization): void {
  const known = new Map<string, { [key: string]: string }>();
  Aspects.of(app).add(new TagDefaults(({ account }) => {
    const tags = known.get(account) ?? { ...standard._defaults(), ...ofStandard(standard, organization.accounts.find(({ accountId }) => accountId === account)?.accountTags ?? {}) };
    known.set(account, tags);
    return tags;
  }));
}

/** Tags of accounts that the standard does not allow, for people. */
export function accountTagProblems(standard: TaggingStandard, organization: Organization): string[] {
  return organization.accounts.flatMap(({ key, accountTags }) => standard._problemsOf(ofStandard(standard, accountTags)).map((problem) => `Account ${key}: its tag ${problem}`));
}

function ofStandard({ keys }: TaggingStandard, tags: { readonly [key: string]: string }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => keys.includes(key)));
}
