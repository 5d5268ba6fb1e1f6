import { CheckResult, Finding } from './check-result';
import { PublishedParameters } from '../../model/assembly/published-parameters';
import { Assembly, StackTemplate } from '../../model/assembly/read-assembly';
import { OrganizationModel } from '../../model/organization-model';

const RULE = 'LZ.CONTRACT';

/** What the landing zone's own parameters begin with. */
const OWN = '/landing-zone/';

/** What a template says that it reads from Parameter Store: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html (read 2026-11-23). */
const STORED = /^AWS::SSM::Parameter::(Value<.+>|Name)$/;

/**
 * What stacks read of the landing zone is there, in the account and Region that they go to: a deployment would fail where it is not. Stacks that go anywhere are not looked at, nor are parameters of the product's own: those that do not begin with
 * `/landing-zone/` and that the landing zone has nowhere.
 */
export function contract(assembly: Assembly, published: PublishedParameters, zone: OrganizationModel): CheckResult {
  const findings: Finding[] = [];
  const names = published.names;
  const { source } = zone.data;
  let proved = 0;
  for (const stack of assembly.templates) {
    const { account, region, stackName, file } = stack;
    // LZ.PLACE tells of accounts that the organization does not have.
    if (account === undefined || region === undefined || !zone.account(account)) continue;
    for (const name of readBy(stack).filter((one) => one.startsWith(OWN) || names.has(one))) {
      if (published.has(name, account, region)) {
        proved++;
        continue;
      }
      const doubts = published.doubtsAbout(name, account, region);
      const isOpen = doubts.length > 0;
      findings.push({
        rule: RULE,
        severity: isOpen ? 'warning' : 'error',
        message: `stack ${stackName} reads parameter ${name}, which ${source} ${isOpen ? 'is not seen to put' : 'does not put'} into account ${account}, ${region}`,
        hint: isOpen ? 'It may be there: part of what the landing zone deploys cannot be told.' : hintFor(name, names),
        origins: [{ stack: stackName, template: file }],
        ...(isOpen ? { details: doubts.map((one) => `Not known: ${one}`) } : {}),
      });
    }
  }
  return { id: RULE, title: 'What it finds there', proved, findings, summary: `parameters of ${source}` };
}

function readBy({ template }: StackTemplate): string[] {
  return [...new Set(Object.values<any>(template.Parameters ?? {}).filter(({ Type, Default }) => STORED.test(Type) && typeof Default === 'string').map(({ Default }) => Default))];
}

function hintFor(name: string, names: ReadonlySet<string>): string {
  if (names.has(name)) return 'Other accounts or Regions have it: deploy there, or have the landing zone put it here too.';
  if (name.includes('/keys/')) return 'zone.addEncryption(...) puts keys into accounts.';
  if (name.includes('/network/')) return 'zone.network.addSpoke(...) puts a network into the account; a tier of subnets that it does not have is not named.';
  if (name.includes('/logs/')) return 'zone.addPavedRoad(...) puts it into accounts.';
  return 'The landing zone has no such parameter in any account: it may be of another version.';
}
