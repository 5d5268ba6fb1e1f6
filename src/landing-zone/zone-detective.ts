import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnGraph, CfnOrganizationAdmin } from 'aws-cdk-lib/aws-detective';
import { DetectionStacks } from './detection-stacks';
import { ZoneDetectionFacts } from './zone-detection-facts';
import { readIn } from '../delivery/read-in';
import { DetectiveMember, DetectiveMembers, MOST_DETECTIVE_MEMBERS } from '../detection/detective-members';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';
import { Account } from '../organization/account';
import { bucketOf } from '../organization/account-stacks';
import { Organization } from '../organization/organization';

/** Properties of Detective in a landing zone. */
export interface ZoneDetectiveProps {
  /** Key of the account that administers it for the organization, best the one of GuardDuty and Security Hub. @default 'security' */
  readonly account?: string;
  /** Accounts that are no members, by key, with the reason: AWS bills each by what it looks at, and takes 1,200. @default - all are */
  readonly without?: WithoutDetective[];
  /**
   * Stacks that members of a Region are spread over by a hash of their key, as one stack holds 400. Another number moves members between stacks, which CloudFormation cannot do: decide before there are more.
   *
   * @default 1
   */
  readonly memberStacks?: number;
}

/** An account that is no member of Detective. */
export interface WithoutDetective {
  /** Key of the account; the management account has one, too. */
  readonly account: string;
  /** Why. */
  readonly reason: string;
}

/**
 * Detective for the organization, in the order that AWS needs: a behavior graph of the administrator in each Region; the administrator, by which its graph becomes the organization's; members.
 *
 * Members are resources, and not enabled by themselves: that setting is refused to whoever is no administrator yet, and would make members of accounts before CloudFormation does, which then fails.
 * https://docs.aws.amazon.com/detective/latest/userguide/accounts-designate-admin.html (read 2026-11-23)
 */
export function addDetective(stacks: DetectionStacks, { organization }: ZoneDetectionFacts, props: ZoneDetectiveProps): DetectiveMembers[] {
  const { account: key = 'security', without = [], memberStacks = 1 } = props;
  const account = organization.account(key);
  check(organization, account, props);
  organization.delegate('detective.amazonaws.com', account);
  let last: Stack | undefined;
  const graphs = stacks.regions.map((region) => {
    const stack = stacks.in(account, 'Detective', region, 'Detective of its administrator');
    const graph = new CfnGraph(stack, 'Graph');
    graph.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    // One Region after the other: each tells AWS Organizations, which takes one change at a time.
    const management = stacks.inManagement('Detective-Administrator', region, 'Who administers Detective', stack, ...last ? [last] : []);
    new CfnOrganizationAdmin(management, 'Administrator', { accountId: account.accountId }).applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    last = management;
    return { region, graphArn: graph.attrArn, after: [stack, management] };
  });
  const members = membersOf(organization, account, without.map((one) => one.account));
  return graphs.flatMap(({ region, graphArn, after }) => Array.from({ length: memberStacks }, (_, at) => {
    const stack = stacks.in(account, memberStacks === 1 ? 'Detective-Members' : `Detective-Members${at + 1}`, region, 'Members of Detective', ...after);
    if (without.length > 0) stack.templateOptions.metadata = { ...stack.templateOptions.metadata, [METADATA_KEY]: { without: Object.fromEntries(without.map((one) => [one.account, one.reason])) } };
    return new DetectiveMembers(stack, 'Members', { graphArn: readIn(stack, graphArn, `Graph of ${region}`), members: members.filter(({ key: own }) => bucketOf(own, memberStacks) === at) });
  }));
}

/** Accounts that were added to the zone after its members of Detective were made, as sentences. */
export function detectiveProblems(organization: Organization, { account: key = 'security', without = [] }: ZoneDetectiveProps, made: readonly DetectiveMembers[]): string[] {
  const known = new Set(made.flatMap(({ memberKeys }) => memberKeys));
  const late = membersOf(organization, organization.account(key), without.map(({ account }) => account)).filter((one) => !known.has(one.key)).map((one) => one.key);
  const some = `${late.slice(0, 5).join(', ')}${late.length > 5 ? ` and ${late.length - 5} more` : ''}`;
  return late.length === 0 ? [] : [`Detective: ${some} came after zone.detection.addDetective() and would be no members: call it when all accounts are there`];
}

/**
 * All accounts but the administrator, which is none. Closed accounts are none, and of an account that was just made the id is not known: it is one with the deployment after that. Where no id is known, nothing is deployed,
 * so all are shown.
 */
function membersOf(organization: Organization, administrator: Account, without: readonly string[]): DetectiveMember[] {
  const { managementAccount: { key: managementKey = 'management', email }, managementAccountId, accounts } = organization;
  const known = accounts.filter((one) => one !== administrator && one._life?.state !== 'closed' && (administrator.hasPlaceholderId || !one.hasPlaceholderId));
  const all = [{ key: managementKey, accountId: managementAccountId, email }, ...known];
  return all.filter(({ key }) => !without.includes(key)).map(({ key, accountId, email: own }) => ({ key, accountId, email: own }));
}

function check(organization: Organization, administrator: Account, { without = [], memberStacks = 1 }: ZoneDetectiveProps): void {
  const excluded = without.map(({ account }) => account);
  const keys = [organization.managementAccount.key ?? 'management', ...organization.accounts.map(({ key }) => key)];
  const count = membersOf(organization, administrator, excluded).length;
  const problems = [
    ...excluded.filter((key) => !keys.includes(key)).map((key) => `without names ${key}, and there is no such account`),
    ...excluded.filter((key) => key === administrator.key).map((key) => `without names ${key}, which administers it`),
    ...[...new Set(excluded.filter((key, at) => excluded.indexOf(key) !== at))].map((key) => `${key} is left out twice`),
    ...without.filter(({ reason }) => reason.trim() === '').map(({ account }) => `${account} is left out without a reason`),
    ...(Number.isInteger(memberStacks) && memberStacks >= 1 && memberStacks <= 12 ? [] : [`memberStacks is ${memberStacks}: a whole number from 1 to 12 is expected`]),
    ...(count > MOST_DETECTIVE_MEMBERS ? [`${count} accounts would be members, and AWS takes ${MOST_DETECTIVE_MEMBERS}: leave some out by without`] : []),
  ];
  if (problems.length > 0) throw new InputError(`zone.detection.addDetective: ${problems.join('; ')}`);
}
