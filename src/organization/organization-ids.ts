import { OrganizationLock, PlaceholderIds, unitPath } from '../model/lock-file';

/** An id and whether it is only a placeholder. */
export interface KnownId {
  readonly id: string;
  readonly isPlaceholder: boolean;
}

/** Ids of an organization that is being composed: from the lock file where it knows them, else deterministic placeholders. */
export class OrganizationIds {
  private readonly taken = new Map<string, string>();

  public constructor(private readonly lock?: OrganizationLock) {}

  public get organization(): KnownId {
    return known(this.lock?.organizationId, PlaceholderIds.ORGANIZATION);
  }

  public get root(): KnownId {
    return known(this.lock?.rootId, PlaceholderIds.ROOT);
  }

  public managementAccount(key: string): KnownId {
    return known(this.lock?.managementAccountId, this.placeholder(key));
  }

  public account(key: string, email: string): KnownId {
    return known(this.lock?.accounts[email.toLowerCase()], this.placeholder(key));
  }

  /** @param path keys below the root: `Workloads/Prod` @param names the units' names in AWS on the way there */
  public unit(path: string, names: readonly string[]): KnownId {
    return known(this.lock?.units[unitPath(names)], PlaceholderIds.unit(path));
  }

  /** Two keys whose placeholders collide get different ones, the first declared its own. */
  private placeholder(key: string): string {
    for (let attempt = 0; ; attempt++) {
      const id = PlaceholderIds.account(attempt === 0 ? key : `${key}#${attempt}`);
      const owner = this.taken.get(id);
      if (owner === undefined || owner === key) {
        this.taken.set(id, key);
        return id;
      }
    }
  }
}

function known(id: string | undefined, placeholder: string): KnownId {
  return id === undefined ? { id: placeholder, isPlaceholder: true } : { id, isPlaceholder: false };
}
