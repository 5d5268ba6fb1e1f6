import { AllowedTraffic } from '../analysis/network/topology';

/** A stateful rule about addresses, as `AWS::NetworkFirewall::RuleGroup` writes it. */
export interface AddressRule {
  readonly action: 'PASS' | 'DROP';
  readonly source: string;
  readonly destination: string;
}

/** What the rules follow from. */
export interface FirewallFacts {
  readonly plan: string;
  readonly onPremises: readonly string[];
  readonly segments: readonly { readonly name: string; readonly isIsolated: boolean; readonly hasEgress: boolean }[];
  readonly allowed: readonly AllowedTraffic[];
  readonly inspectsEastWest: boolean;
  readonly inspectsEgress: boolean;
  /** Whether any destination on the internet may be called; else domain lists decide. */
  readonly passesAllEgress: boolean;
  /** Blocks of each segment, in all Regions. */
  blocksOf(segment: string): readonly string[];
}

/**
 * Rules of the firewall about addresses, in strict order: what is allowed between segments passes, in the direction in which it is allowed; nothing else within the plan and
 * the networks on premises does; then what goes to the internet.
 */
export function addressRules(facts: FirewallFacts): AddressRule[] {
  const inside = [facts.plan, ...facts.onPremises];
  const pass = (from: readonly string[], to: readonly string[]): AddressRule[] => from.flatMap((source) => to.map((destination): AddressRule => ({ action: 'PASS', source, destination })));
  const within = facts.segments.filter(({ isIsolated }) => !isIsolated)
    .flatMap(({ name }) => pass(facts.blocksOf(name), facts.blocksOf(name)).filter(({ source, destination }) => source !== destination));
  const between = facts.inspectsEastWest ? [...within, ...facts.allowed.flatMap(({ from, to }) => pass(facts.blocksOf(from), facts.blocksOf(to)))] : [];
  const egress = facts.inspectsEgress && facts.passesAllEgress
    ? facts.segments.filter(({ hasEgress }) => hasEgress).flatMap(({ name }) => pass(facts.blocksOf(name), ['ANY'])) : [];
  return [...between, ...inside.flatMap((source) => inside.map((destination): AddressRule => ({ action: 'DROP', source, destination }))), ...egress];
}
