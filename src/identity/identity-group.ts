import { InputError } from '../model/input-error';

/**
 * A group of people in IAM Identity Center. Who is in it is decided in the identity provider, or in Identity Center, and not here.
 *
 * @example
 * const platform = IdentityGroup.existing('platform', '906763a2-40b1-7041-9c31-4c8d1a2b3c4d');
 */
export class IdentityGroup {
  /** A group that the identity provider sends (SCIM), or that somebody made. @param groupId as `aws identitystore list-groups` says it */
  public static existing(key: string, groupId: string): IdentityGroup {
    if (!/^([0-9a-f]{10}-)?[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$/.test(groupId)) {
      throw new InputError(`Group ${key}: "${groupId}" is no id of a group. "aws identitystore list-groups" says it: 906763a2-40b1-7041-9c31-4c8d1a2b3c4d`);
    }
    return new IdentityGroup(key, undefined, groupId);
  }

  /** A group that is made in Identity Center's own directory, and kept when it leaves the code. @param displayName its name there; the key unless given */
  public static managed(key: string, displayName?: string): IdentityGroup {
    return new IdentityGroup(key, displayName ?? key, undefined);
  }

  private constructor(
    /** Stable key. */
    public readonly key: string,
    /** Name in the directory, of a group that is made. */
    public readonly displayName: string | undefined,
    /** Id, of a group that exists. */
    public readonly groupId: string | undefined,
  ) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_+=,@-]{0,63}$/.test(key)) throw new InputError(`"${key}" cannot be the key of a group: 1 to 64 letters, digits and _ + = , @ - are expected, a letter or digit first`);
  }
}
