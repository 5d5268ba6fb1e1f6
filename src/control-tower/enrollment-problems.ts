import { MAX_ACCOUNTS_OF_UNIT } from './control-tower-facts';
import { isBelow } from '../delivery/overlap';
import { Account } from '../organization/account';
import { OrganizationalUnit } from '../organization/organizational-unit';

/**
 * Units that AWS Control Tower would refuse: those under a parent that is not enrolled, the one of its own accounts with all below, and those with too many accounts.
 * https://docs.aws.amazon.com/controltower/latest/userguide/nested-ous.html and key-changes-lz-v4.html (read 2026-11-23)
 *
 * @param own accounts of the service integrations
 */
export function enrollmentProblems(enrolled: readonly OrganizationalUnit[], own: readonly Account[]): string[] {
  const paths = new Set(enrolled.map(({ targetPath }) => targetPath));
  return enrolled.flatMap((unit) => {
    const name = shortPath(unit);
    const parent = unit.targetPath.split('/').slice(0, -1).join('/');
    const isNested = parent !== 'Root';
    const accounts = [...new Set(own)].filter((account) => isBelow(unit, account.unit));
    return [
      ...(isNested && !paths.has(parent) ? [`Control Tower: ${name} is enrolled, and its parent is not. Enroll ${parent.slice('Root/'.length)} too`] : []),
      ...(accounts.length > 0 ? [`Control Tower: ${name} cannot be enrolled, for ${isBelow(accounts[0]!.unit, unit) ? 'it holds' : 'it is below the unit of'} ${accounts.map(({ key }) => key).join(' and ')}, `
        + 'which the landing zone itself governs. Leave the unit out'] : []),
      ...(unit.accounts.length > MAX_ACCOUNTS_OF_UNIT ? [`Control Tower: ${name} has ${unit.accounts.length} accounts, and a unit with more than ${MAX_ACCOUNTS_OF_UNIT} cannot be enrolled. Spread them over units`] : []),
    ];
  });
}

/** `Workloads/Prod`. */
export function shortPath({ targetPath }: OrganizationalUnit): string {
  return targetPath.replace(/^Root\//, '');
}
