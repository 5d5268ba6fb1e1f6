/** An account of the bill. */
export interface BillAccount {
  readonly key: string;
  readonly accountId: string;
  readonly isPlaceholder: boolean;
  /** Full path of its unit. */
  readonly path: string;
}

/** Accounts of the bill by their keys and units, for categories; what is asked for and not there becomes a problem. */
export class BillAccounts {
  /** What was asked for and is not there, for people. */
  public readonly problems: string[] = [];
  private readonly asked = new Set<BillAccount>();

  /** @param paths full paths of all units */
  public constructor(private readonly accounts: readonly BillAccount[], public readonly paths: readonly string[]) {}

  /** An account whose id is not known, among those that were asked for. */
  public get placeholder(): BillAccount | undefined {
    return [...this.asked].find(({ isPlaceholder }) => isPlaceholder);
  }

  public withKeys(keys: readonly string[], who: string): string[] {
    const unknown = keys.filter((key) => !this.accounts.some((account) => account.key === key));
    if (unknown.length > 0) this.problems.push(`${who} names ${unknown.map((key) => `account "${key}"`).join(', ')}, which is not there. Accounts: ${this.accounts.map(({ key }) => key).slice(0, 20).join(', ')}`);
    return this.idsOf(this.accounts.filter(({ key }) => keys.includes(key)));
  }

  /** Of units and the units below them. */
  public below(paths: readonly string[], who: string): string[] {
    this.check(paths, who);
    return this.idsOf(this.accounts.filter(({ path }) => paths.some((unit) => `${path}/`.startsWith(`${unit}/`))));
  }

  /** Of those whose nearest unit, among some, it is. */
  public nearestTo(unit: string, among: readonly string[]): string[] {
    const depth = (path: string) => path.split('/').length;
    return this.idsOf(this.accounts.filter(({ path }) => {
      const above = among.filter((one) => `${path}/`.startsWith(`${one}/`));
      return above.includes(unit) && above.every((one) => depth(one) <= depth(unit));
    }));
  }

  public check(paths: readonly string[], who: string): void {
    const unknown = paths.filter((path) => !this.paths.includes(path));
    if (unknown.length > 0) this.problems.push(`${who} names ${unknown.map((path) => `unit "${path}"`).join(', ')}, which is not there. Units: ${this.paths.join(', ')}`);
  }

  private idsOf(accounts: readonly BillAccount[]): string[] {
    for (const account of accounts) this.asked.add(account);
    return accounts.map(({ accountId }) => accountId);
  }
}
