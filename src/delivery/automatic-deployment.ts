import { InputError } from '../model/input-error';

/** Whether accounts that come into a unit later get the baseline by themselves. */
export class AutomaticDeployment {
  /** They do. */
  public static enabled(): AutomaticDeployment {
    return new AutomaticDeployment(true);
  }

  /**
   * They do not, until the next change of the baseline; only so can accounts be left out, because automatic deployment looks at no such list
   * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html, read 2026-11-23). The reason reaches the evidence.
   *
   * @param reason why
   */
  public static disabled(reason: string): AutomaticDeployment {
    if (reason.trim() === '') throw new InputError('AutomaticDeployment.disabled: say why new accounts are not to get the baseline');
    return new AutomaticDeployment(false, reason);
  }

  private constructor(
    /** Whether they do. */
    public readonly isEnabled: boolean,
    /** Why they do not. */
    public readonly reason?: string,
  ) {}
}
