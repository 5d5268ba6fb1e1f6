import { App, Stack } from 'aws-cdk-lib';
import { ZoneLoggingFacts } from './zone-logging-facts';
import { Account } from '../organization/account';

/** Makes stacks that work for the whole organization, after those of the organization, which say who administers what. */
export class DetectionStacks {
  public constructor(private readonly app: App, private readonly facts: Pick<ZoneLoggingFacts, 'organization' | 'name' | 'homeRegion' | 'allowedRegions'>) {}

  /** The home Region first. */
  public get regions(): string[] {
    return [...new Set([this.facts.homeRegion, ...this.facts.allowedRegions])];
  }

  /** A stack of the organization's management account. */
  public inManagement(key: string, region: string, description: string, ...after: Stack[]): Stack {
    return this.add(key, this.facts.organization.managementAccountId, region, description, after);
  }

  /** A stack of a member account. */
  public in(account: Account, key: string, region: string, description: string, ...after: Stack[]): Stack {
    return this.add(key, account.accountId, region, description, after);
  }

  private add(key: string, account: string, region: string, description: string, after: readonly Stack[]): Stack {
    const stackName = `${this.facts.name}-${key}-${region}`;
    const stack = new Stack(this.app, stackName, { stackName, description, terminationProtection: true, env: { account, region } });
    for (const before of [...this.organizationStacks(), ...after]) stack.addStackDependency(before);
    return stack;
  }

  /** The organization's own stacks: who administers what is in a further one where its accounts are spread. */
  private organizationStacks(): Stack[] {
    const { stackName: home } = Stack.of(this.facts.organization);
    return this.app.node.findAll().filter((one): one is Stack => Stack.isStack(one)).filter(({ stackName }) => stackName === home || stackName.startsWith(`${home}-`));
  }
}
