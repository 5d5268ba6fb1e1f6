import { CheckResult, Finding } from './check-result';
import { lifecycleUses } from './lifecycle-uses';
import { Assembly } from '../../model/assembly/read-assembly';
import { closableOf, CLOSING, daysBetween } from '../../model/lifecycle/account-life';
import { isQuarantined, stateOf } from '../../model/lifecycle/quarantine';
import { AccountNode, OrganizationModel } from '../../model/organization-model';

/**
 * Every account where its state wants it: without its baselines, suspended or closed only in quarantine, and no more closed than AWS lets anybody close. Of an assembly also that its stacks
 * keep to it: no network and no people for who is suspended, all baselines for who is new, and no account that CloudFormation would close.
 */
export function lifecycle(model: OrganizationModel, assembly?: Assembly): CheckResult {
  const members = model.accounts.filter(({ isManagement }) => !isManagement);
  const places = members.flatMap((account) => placeFinding(account, model));
  const findings = [...places, ...closingFindings(members), ...assembly ? lifecycleUses(model, assembly) : []];
  return { id: 'LZ.LIFECYCLE', title: 'Account lifecycle', proved: members.length - places.length, findings, summary: summaryOf(members) };
}

function placeFinding(account: AccountNode, model: OrganizationModel): Finding[] {
  const state = stateOf(account);
  const inQuarantine = isQuarantined(account, model);
  const shared = { rule: 'LZ.LIFECYCLE', origins: [account.origin] };
  if (state === 'active') {
    return inQuarantine ? [{
      ...shared, severity: 'warning', message: `${account.key} is active in ${account.unitPath}, where the quarantine stops it`,
      hint: 'Give it state: vending until its baselines are in, state: suspended, or move it to its unit.',
    }] : [];
  }
  return inQuarantine ? [] : [{
    ...shared, severity: 'error', message: `${account.key} is ${state} in ${account.unitPath}, which has no quarantine`,
    hint: 'Move it below a unit with the control set quarantine, such as Suspended.',
  }];
}

/** The first stretch of days in which more are closed than AWS lets anybody close. */
function closingFindings(members: readonly AccountNode[]): Finding[] {
  const closable = closableOf(members.length);
  const closed = members.filter((account) => account.life?.closedOn !== undefined).sort((a, b) => (a.life!.closedOn! < b.life!.closedOn! ? -1 : 1));
  const within = (first: AccountNode) => closed.filter((account) => {
    const days = daysBetween(first.life!.closedOn!, account.life!.closedOn!);
    return days >= 0 && days < CLOSING.days;
  });
  const first = closed.find((account) => within(account).length > closable);
  if (!first) return [];
  const many = within(first);
  return [{
    rule: 'LZ.LIFECYCLE',
    severity: 'error',
    message: `${many.length} accounts are closed within ${CLOSING.days} days of ${first.life!.closedOn!}, AWS lets an organization of ${members.length} members close ${closable}`,
    hint: `Leave ${many.length - closable} of them suspended for later: ${many.slice(closable).map(({ key }) => key).slice(0, 5).join(', ')}${many.length - closable > 5 ? ' …' : ''}.`,
    origins: many.slice(closable).map(({ origin }) => origin),
  }];
}

function summaryOf(members: readonly AccountNode[]): string {
  const of = (state: string) => members.filter((account) => stateOf(account) === state).length;
  return [`${of('active')} active`, ...(['vending', 'suspended', 'closed'] as const).filter((state) => of(state) > 0).map((state) => `${of(state)} ${state}`)].join(', ');
}
