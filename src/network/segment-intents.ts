import { AddressPlan } from './address-plan';
import { AllowedTraffic } from '../analysis/network/topology';

/** A hub, as far as intents concern it. */
interface Listener {
  _intentsChanged(): void;
}

/** What segments may reach, in all hubs of one address plan: said at one of them, it holds at all. */
export class SegmentIntents {
  public static of(plan: AddressPlan): SegmentIntents {
    const known = SegmentIntents.byPlan.get(plan) ?? new SegmentIntents();
    SegmentIntents.byPlan.set(plan, known);
    return known;
  }

  private static readonly byPlan = new WeakMap<AddressPlan, SegmentIntents>();
  private readonly allows = new Map<string, { readonly from: string; readonly to: string }>();
  private readonly hubs: Listener[] = [];

  public join(hub: Listener): void {
    this.hubs.push(hub);
  }

  public allow(from: string, to: string, isMutual: boolean): void {
    this.allows.set(JSON.stringify([from, to]), { from, to });
    if (isMutual) this.allows.set(JSON.stringify([to, from]), { from: to, to: from });
    for (const hub of this.hubs) hub._intentsChanged();
  }

  /** In the order of their names, whoever said them first. */
  public allowed(): AllowedTraffic[] {
    return [...this.allows.values()]
      .map(({ from, to }) => ({ from, to, isOneWay: !this.allows.has(JSON.stringify([to, from])) }))
      .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  }

  public connects(one: string, other: string): boolean {
    return this.allows.has(JSON.stringify([one, other])) || this.allows.has(JSON.stringify([other, one]));
  }
}
