import { HubFacts, ON_PREMISES } from './hub-routes';

/** Where a path begins or ends, as far as Network Access Analyzer can name it in the network account. */
type AccessEnd = 'AWS::EC2::TransitGatewayAttachment' | 'AWS::EC2::InternetGateway';

/** A path that is not meant to be. */
export interface AccessPath {
  readonly from: AccessEnd;
  readonly to: AccessEnd;
  /** Addresses that packets come from. @default - any */
  readonly sources?: readonly string[];
  /** Addresses that packets go to. @default - any */
  readonly destinations?: readonly string[];
}

/** What must not be found in a network after it was deployed. */
export interface UnwantedPaths {
  /** Between places that nothing connects, and to the internet from segments without egress. */
  readonly isolation: readonly AccessPath[];
  /** From the internet. */
  readonly internet: readonly AccessPath[];
  /** Paths that are meant to be, by the firewall alone: around it they must not be. */
  readonly inspection: readonly AccessPath[];
}

const ATTACHMENT = 'AWS::EC2::TransitGatewayAttachment';
const INTERNET = 'AWS::EC2::InternetGateway';

/**
 * What segments declare, as paths that must not be found. Who may open a connection between two connected segments is the firewall's to say, whose rules Network Access Analyzer does not
 * read (docs.aws.amazon.com/vpc/latest/network-access-analyzer/how-network-access-analyzer-works.html, read 2026-11-23): connected either way counts as connected.
 */
export function unwantedPaths(facts: HubFacts & { readonly regions: readonly string[] }): UnwantedPaths {
  const { plan, regions } = facts;
  const places = [
    ...facts.segments.map(({ name, isIsolated, hasEgress }) => ({ name, isIsolated, hasEgress: hasEgress && facts.hasEgress, blocks: regions.map((region) => plan.segmentCidr(region, name)) })),
    ...(plan.onPremises.length > 0 ? [{ name: ON_PREMISES, isIsolated: true, hasEgress: false, blocks: plan.onPremises }] : []),
  ];
  const meet = (one: string, other: string) => places.some(({ name, isIsolated }) => name === one && name === other && !isIsolated) || (one !== other && facts.connects(one, other));
  const between = (isWanted: (one: string, other: string) => boolean): AccessPath[] => places.flatMap(({ name, blocks }) => {
    const others = places.filter((other) => isWanted(name, other.name));
    return others.length > 0 ? [{ from: ATTACHMENT, to: ATTACHMENT, sources: blocks, destinations: others.flatMap((other) => other.blocks) }] : [];
  });
  const toInternet = (hasEgress: boolean): AccessPath[] => places.filter((place) => place.hasEgress === hasEgress).map(({ blocks }) => ({ from: ATTACHMENT, to: INTERNET, sources: blocks }));
  return {
    isolation: [...between((one, other) => !meet(one, other)), ...toInternet(false)],
    internet: [{ from: INTERNET, to: ATTACHMENT }],
    inspection: [...(facts.inspectsEastWest ? between((one, other) => one !== other && meet(one, other)) : []), ...(facts.inspectsEgress ? toInternet(true) : [])],
  };
}
