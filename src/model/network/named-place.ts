import { parseIpRange } from '../../analysis/ip-range';
import { nearest } from '../../analysis/nearest';
import { missingPlace } from '../../analysis/network/places';
import { NetworkPlace } from '../../analysis/network/question';
import { NetworkTopology } from '../../analysis/network/topology';
import { InputError } from '../input-error';
import { OrganizationModel } from '../organization-model';

/** What names of places mean something in. */
export interface PlaceNames {
  readonly topology: NetworkTopology;
  /** Gives accounts names. @default - accounts are named by id only */
  readonly organization?: OrganizationModel;
}

/** How a place is written, for messages. */
export const PLACE_FORMS = 'segment:NAME (or segment:NAME@REGION), account:NAME, vpc:NAME, subnet:NAME, interface:NAME, a CIDR block or address, internet, on-premises';

type NamedKind = 'vpc' | 'subnet' | 'interface' | 'outside';
const KINDS = ['segment', 'account', 'vpc', 'subnet', 'interface', 'on-premises'];
const LISTED = 12;

/**
 * The places that people mean: `segment:prod`, `segment:prod@eu-west-1`, `account:payments-prod`, `vpc:Spoke-payments/Network`, `10.0.0.0/16`, `internet`, `on-premises`, `on-premises:Dublin`.
 * VPCs, subnets and interfaces go by id, name, or any whole part of their name that only one of them has.
 *
 * @throws InputError with what is known in place of those that are not, of all of them at once
 */
export function namedPlaces(texts: readonly string[], names: PlaceNames): NetworkPlace[] {
  const found = texts.map((text) => read(text.trim(), names));
  const mistakes = texts.flatMap((text, at) => (typeof found[at] === 'string' ? [`${text}: ${found[at]}`] : []));
  if (mistakes.length > 0) throw new InputError(mistakes.join('\n'));
  return found as NetworkPlace[];
}

/** A place, or why it is none. */
function read(text: string, names: PlaceNames): NetworkPlace | string {
  if (text === 'internet') return { kind: 'internet' };
  if (text === 'on-premises') return known({ kind: 'outside' }, names);
  if (parseIpRange(text)) return cidrOf(text);
  const [, kind, name] = /^([a-z-]+):(.+)$/.exec(text) ?? [];
  switch (kind) {
    case 'segment': return segmentOf(name!, names);
    case 'account': return accountOf(name!, names);
    case 'vpc': case 'subnet': case 'interface': return oneOf(kind, name!, partsOf(names.topology)[kind]);
    case 'on-premises': return oneOf('outside', name!, names.topology.outsides);
    default: {
      const near = kind !== undefined && nearest(kind, KINDS);
      return near ? `did you mean ${near}:${name}?` : `expected ${PLACE_FORMS}`;
    }
  }
}

function cidrOf(text: string): NetworkPlace {
  const { bits } = parseIpRange(text)!;
  return { kind: 'cidr', cidr: text.includes('/') ? text : `${text}/${bits}` };
}

function segmentOf(text: string, names: PlaceNames): NetworkPlace | string {
  const [name, region] = text.split('@') as [string, string?];
  const regions = [...new Set(names.topology.vpcs.filter(({ segment }) => segment === name).map((vpc) => vpc.region))].sort();
  const place = known({ kind: 'segment', name, ...(region !== undefined && { region }) }, names);
  if (typeof place === 'string') return place;
  return region === undefined || regions.includes(region) ? place : `segment ${name} has no VPC in ${region}. Regions: ${regions.join(', ') || 'none'}`;
}

function accountOf(name: string, names: PlaceNames): NetworkPlace | string {
  const account = names.organization?.account(name);
  if (account) return known({ kind: 'account', id: account.id }, names);
  if (/^\d{12}$/.test(name)) return known({ kind: 'account', id: name }, names);
  if (!names.organization) return 'accounts go by their 12 digits here: no organization gives them names';
  const keys = names.organization.accounts.map(({ key }) => key);
  const near = nearest(name, keys);
  return `there is no such account. ${near !== undefined ? `Did you mean ${near}?` : `Accounts: ${listed(keys)}`}`;
}

interface Named { readonly id: string; readonly name: string }

function partsOf({ vpcs }: NetworkTopology): { readonly [kind in 'vpc' | 'subnet' | 'interface']: readonly Named[] } {
  return { vpc: vpcs, subnet: vpcs.flatMap(({ subnets }) => subnets), interface: vpcs.flatMap(({ interfaces }) => interfaces) };
}

function oneOf(kind: NamedKind, text: string, parts: readonly Named[]): NetworkPlace | string {
  const exact = parts.filter(({ id, name }) => id === text || name === text);
  const found = exact.length > 0 ? exact : parts.filter(({ name }) => `/${name}/`.includes(`/${text}/`) || name.split('/').some((part) => part.endsWith(`-${text}`)));
  if (found.length === 1) return { kind, id: found[0]!.id } as NetworkPlace;
  const [what, all] = [kind === 'vpc' ? 'VPC' : kind === 'outside' ? 'network on premises' : kind, found.length > 0 ? found : parts];
  const shown = listed([...new Set(all.map(({ id, name }) => (found.length > 0 && new Set(found.map((one) => one.name)).size < found.length ? id : name)))]);
  return found.length > 0 ? `this is ${found.length} of them. Which one: ${shown}` : `there is no such ${what}. There are: ${shown}`;
}

function known(place: NetworkPlace, { topology, organization }: PlaceNames): NetworkPlace | string {
  const missing = missingPlace(topology, place);
  if (missing === undefined || place.kind !== 'account' || !organization) return missing ?? place;
  const having = [...new Set(topology.vpcs.map(({ account }) => account))].map((id) => organization.account(id)?.key ?? id);
  return `the account has no VPC. Accounts with VPCs: ${listed(having)}`;
}

function listed(all: readonly string[]): string {
  const sorted = [...all].sort();
  return sorted.length > LISTED ? `${sorted.slice(0, LISTED).join(', ')} and ${sorted.length - LISTED} more` : sorted.join(', ') || 'none';
}
