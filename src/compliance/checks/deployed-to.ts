import { CheckResult, Finding } from './check-result';
import { Assembly } from '../../model/assembly/read-assembly';
import { isQuarantined, stateOf } from '../../model/lifecycle/quarantine';
import { OrganizationModel } from '../../model/organization-model';

const RULE = 'LZ.PLACE';

/** Stacks go to accounts of the organization that are in use, and to Regions that it allows. Stacks that go anywhere are not looked at. */
export function deployedTo(assembly: Assembly, zone: OrganizationModel): CheckResult {
  const regions = [zone.data.homeRegion, ...zone.data.allowedRegions].filter((region) => region !== undefined);
  const findings: Finding[] = [];
  let proved = 0;
  for (const { stackName, account: id, region, file } of assembly.stacks) {
    const problem = (message: string, hint: string) => findings.push({ rule: RULE, severity: 'error', message: `stack ${stackName} ${message}`, hint, origins: [{ stack: stackName, template: file }] });
    if (id !== undefined) {
      const account = zone.account(id);
      if (!account) problem(`goes to account ${id}, which ${zone.data.source} does not have`, 'Take the id of an account of the organization; accounts whose id no lock file knows need "npx landing-zone pull" first.');
      else if (stateOf(account) !== 'active' || isQuarantined(account, zone)) problem(`goes to account ${account.key}, where nobody but the platform may act: it is ${stateOf(account) === 'active' ? 'in quarantine' : stateOf(account)}`, 'Deploy to another account, or have this one released.');
      else proved++;
    }
    if (region !== undefined && regions.length > 0) {
      if (regions.includes(region)) proved++;
      else problem(`goes to ${region}, which is not allowed`, `Allowed are ${[...new Set(regions)].join(', ')}.`);
    }
  }
  return { id: RULE, title: 'Where it goes', proved, findings, summary: `in ${zone.data.source}` };
}
