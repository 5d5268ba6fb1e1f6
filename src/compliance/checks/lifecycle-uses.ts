import { Finding } from './check-result';
import { markOf, METADATA_KEY } from '../../model/assembly/landing-zone-metadata';
import { Assembly, StackTemplate } from '../../model/assembly/read-assembly';
import { Resolver } from '../../model/assembly/resolve';
import { isQuarantined, stateOf } from '../../model/lifecycle/quarantine';
import { AccountNode, Origin, OrganizationModel } from '../../model/organization-model';

/** What joins an account to the network of others. */
const ATTACHMENTS = [
  'AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment', 'AWS::NetworkManager::VpcAttachment', 'AWS::EC2::VPCPeeringConnection', 'AWS::Route53Profiles::ProfileAssociation',
];

interface Found {
  readonly resource: any;
  readonly stack: StackTemplate;
  readonly logicalId: string;
}

/** What the stacks of an assembly do with accounts that are not at work, and with accounts as resources. */
export function lifecycleUses(model: OrganizationModel, assembly: Assembly): Finding[] {
  const resting = new Map(model.accounts.filter((account) => ['suspended', 'closed'].includes(stateOf(account))).map((account) => [account.id, account]));
  const all = assembly.templates.flatMap((stack) => Object.entries<any>(stack.resources).map(([logicalId, resource]): Found => ({ resource, stack, logicalId })));
  const ofType = (...types: string[]) => all.filter(({ resource }) => types.includes(resource?.Type));
  return [
    ...retentionFindings(ofType('AWS::Organizations::Account')),
    ...assembly.stacks.flatMap((stack) => stackFindings(stack, resting.get(stack.account ?? ''))),
    ...ofType(...ATTACHMENTS).flatMap((found) => networkFinding(found, resting.get(found.stack.account ?? ''))),
    ...resting.size > 0 ? assignmentFindings(ofType('AWS::SSO::Assignment'), resting, new Resolver(assembly)) : [],
    ...baselineFindings(model, ofType('AWS::CloudFormation::StackSet')),
  ];
}

/** CloudFormation closes an account that leaves its template (the delete handler of the type calls CloseAccount, read 2026-11-23). */
function retentionFindings(accounts: readonly Found[]): Finding[] {
  return accounts.filter(({ resource }) => resource.DeletionPolicy !== 'Retain' || resource.UpdateReplacePolicy !== 'Retain').map((found) => ({
    rule: 'LZ.LIFECYCLE',
    severity: 'error',
    message: `account ${markOf(found.resource).key ?? found.logicalId} is closed when it leaves the template, or when it is replaced`,
    hint: 'Give the resource DeletionPolicy: Retain and UpdateReplacePolicy: Retain; applyRemovalPolicy(RemovalPolicy.RETAIN) does both.',
    origins: [originOf(found)],
  }));
}

function stackFindings(stack: StackTemplate, account: AccountNode | undefined): Finding[] {
  return account && stateOf(account) === 'closed' ? [{
    rule: 'LZ.LIFECYCLE',
    severity: 'error',
    message: `stack ${stack.stackName} is deployed into ${account.key}, which is closed`,
    hint: 'Take it out of the app: nothing can be deployed into a closed account.',
    origins: [{ stack: stack.stackName, template: stack.file }, account.origin],
  }] : [];
}

function networkFinding(found: Found, account: AccountNode | undefined): Finding[] {
  return account && stateOf(account) === 'suspended' ? [{
    rule: 'LZ.LIFECYCLE',
    severity: 'error',
    message: `${account.key} is suspended, and stack ${found.stack.stackName} joins it to the network`,
    hint: 'Take its spoke out of the segment: a suspended account has no network.',
    origins: [originOf(found), account.origin],
  }] : [];
}

/** One finding an account, however many people it concerns. */
function assignmentFindings(assignments: readonly Found[], resting: ReadonlyMap<string, AccountNode>, resolver: Resolver): Finding[] {
  const byAccount = new Map<AccountNode, Found[]>();
  for (const found of assignments) {
    const account = resting.get(String(resolver.partsOf(found.resource.Properties?.TargetId, found.stack)));
    if (account) byAccount.set(account, [...byAccount.get(account) ?? [], found]);
  }
  return [...byAccount].map(([account, list]) => ({
    rule: 'LZ.LIFECYCLE',
    severity: 'error',
    message: `${account.key} is ${stateOf(account)}, and ${list.length === 1 ? 'a group or person is' : `${list.length} groups or people are`} assigned to it`,
    hint: `Leave it out of the assignments: except: [AssignmentTarget.account('${account.key}')], or AssignmentTarget.unit('${account.unitPath.replace(/^Root\//, '')}').`,
    origins: list.map(originOf),
  }));
}

/** What all active accounts get by a baseline, new ones get in quarantine: they leave it with all of them. */
function baselineFindings(model: OrganizationModel, stackSets: readonly Found[]): Finding[] {
  const units = new Map<string, string[]>();
  for (const { resource } of stackSets) {
    const { baseline, unit } = resource.Metadata?.[METADATA_KEY] ?? {};
    if (typeof baseline === 'string' && typeof unit === 'string') units.set(baseline, [...units.get(baseline) ?? [], unit]);
  }
  const members = model.accounts.filter(({ isManagement }) => !isManagement);
  const active = members.filter((account) => stateOf(account) === 'active' && !isQuarantined(account, model));
  const reaches = (baseline: string, { unitPath, key }: AccountNode) => units.get(baseline)!.some((unit) => `${unitPath}/${key}/`.startsWith(`${unit}/`));
  const everywhere = [...units.keys()].filter((baseline) => active.length > 0 && active.every((account) => reaches(baseline, account)));
  return members.filter((account) => stateOf(account) === 'vending').flatMap((account): Finding[] => {
    const missing = everywhere.filter((baseline) => !reaches(baseline, account));
    return missing.length === 0 ? [] : [{
      rule: 'LZ.LIFECYCLE',
      severity: 'error',
      message: `${account.key} is vending in ${account.unitPath} and does not get ${missing.join(', ')} there, as every active account does`,
      hint: `Add ${account.unitPath} to a wave of ${missing.length === 1 ? 'the baseline' : 'these baselines'}: the account would begin to work without.`,
      origins: [account.origin],
    }];
  });
}

function originOf({ stack, logicalId }: Found): Origin {
  const constructPath = stack.constructPathOf(logicalId);
  return { stack: stack.stackName, logicalId, template: stack.file, ...(constructPath !== undefined && { constructPath }) };
}
