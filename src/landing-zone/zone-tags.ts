import { App, Aspects, Token } from 'aws-cdk-lib';
import { Organization } from '../organization/organization';
import { TagDefaults } from '../tagging/tag-defaults';
import { TaggingStandard } from '../tagging/tagging-standard';

interface Tags {
  readonly [key: string]: string;
}

/** Whose tags resources inherit. */
export interface InheritedTags {
  readonly standard: TaggingStandard;
  readonly organization: Organization;
  /** Of the management account, whose resources have no unit. */
  readonly managementTags: Tags;
}

/**
 * Tags all stacks of an app: with the tags that the organization gives their accounts, else the units above, the nearest first, as far as the standard has them and lets them be inherited; else the standard's defaults.
 */
export function tagByAccount(app: App, inherited: InheritedTags): void {
  const known = new Map<string, Tags>();
  Aspects.of(app).add(new TagDefaults(({ account }) => {
    const tags = known.get(account) ?? { ...inherited.standard._defaults(), ...inherited.standard._inheritable(tagsOfAccount(account, inherited)) };
    known.set(account, tags);
    return tags;
  }));
}

/** Tags of accounts and units that the standard does not allow, for people. */
export function inheritedTagProblems({ standard, organization, managementTags }: InheritedTags): string[] {
  const of = (what: string, tags: Tags) => standard._problemsOf(standard._inheritable(tags)).map((problem) => `${what}: its tag ${problem}`);
  return [
    ...of('The management account', managementTags),
    ...organization.units.flatMap(({ targetPath, unitTags }) => of(`Unit ${targetPath}`, unitTags)),
    ...organization.accounts.flatMap(({ key, accountTags }) => of(`Account ${key}`, accountTags)),
  ];
}

/** What stack sets deliver to every account belongs to whoever delivers it, the management account. */
function tagsOfAccount(id: string, { organization, managementTags }: InheritedTags): Tags {
  if (id === organization.managementAccountId || Token.isUnresolved(id)) return managementTags;
  const account = organization.accounts.find(({ accountId }) => accountId === id);
  if (!account) return {};
  // The root comes first, and what is nearer takes its place.
  const above = organization.units.filter(({ targetPath }) => account.targetPath.startsWith(`${targetPath}/`));
  return Object.assign({}, ...above.map(({ unitTags }) => unitTags), account.accountTags) as Tags;
}
