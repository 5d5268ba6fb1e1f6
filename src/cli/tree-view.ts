import { OrganizationModel, UnitNode } from '../model/organization-model';

/** How many accounts of a unit are named; the rest are counted. */
const NAMED_ACCOUNTS = 6;

/** The tree as people draw it: unit, its accounts, its control sets. */
export function treeText(model: OrganizationModel): string[] {
  const rows: [string, string, string][] = [];
  const visit = (unit: UnitNode, lead: string, branch: string) => {
    rows.push([`${lead}${branch}${unit.name}`, accountsOf(unit), unit.controlSets.join(', ')]);
    const below = lead + (branch === '' ? '' : branch === '├─ ' ? '│  ' : '   ');
    unit.units.forEach((child, index) => visit(child, below, index === unit.units.length - 1 ? '└─ ' : '├─ '));
  };
  visit(model.data.root, '', '');
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map(([name, accounts, sets]) => `${name.padEnd(widths[0]!)}  ${accounts.padEnd(widths[1]!)}  ${sets}`.trimEnd());
}

function accountsOf(unit: UnitNode): string {
  const keys = unit.accounts.map(({ key }) => key);
  if (keys.length === 0) return '–';
  return keys.slice(0, NAMED_ACCOUNTS).join(', ') + (keys.length > NAMED_ACCOUNTS ? ` and ${keys.length - NAMED_ACCOUNTS} more` : '');
}
