import { Names } from 'aws-cdk-lib';
import { CfnFirewallDomainList, CfnFirewallRuleGroup } from 'aws-cdk-lib/aws-route53resolver';
import { Construct } from 'constructs';
import { DnsThreat } from './dns-threat';
import { domainName } from './domain-name';
import { InputError } from '../model/input-error';

/** Properties of a DNS firewall. */
export interface DnsFirewallProps {
  /** Domains that always resolve, before anything is blocked: `example.com`, `*.example.com`. What they redirect to is trusted as they are. @default - none */
  readonly allow?: string[];
  /** Domains that never resolve. @default - none */
  readonly block?: string[];
  /**
   * Lists of AWS or of others that are blocked: id of the list to its slot, from 0 to 99. A slot is a promise: other lists get other slots, this one keeps its own.
   * AWS's lists have other ids in each Region: `aws route53resolver list-firewall-domain-lists`.
   *
   * @default - none
   */
  readonly blockedLists?: { [listId: string]: number };
  /** What the firewall recognizes by itself; billed by the query. @default DnsThreat.all() */
  readonly threats?: DnsThreat[];
  /** Blocks every name that is not allowed, private zones and AWS's own endpoints too: list them. @default false */
  readonly onlyAllowed?: boolean;
  /** Reports what would be blocked and lets it pass, to begin with. @default false */
  readonly alertOnly?: boolean;
}

/** Places of rules, by what they are: none moves when others come. Lower ones are asked first. */
const PRIORITY = { allow: 100, block: 200, lists: 300, threats: 400, everythingElse: 9_000 };

/**
 * Which names resolve: a rule group of Route 53 Resolver DNS Firewall. A blocked name does not exist, for whoever asks from a VPC it is put before; take it into use by `dns.addFirewall`.
 *
 * Rules in AWS CloudFormation, AWS::Route53Resolver::FirewallRuleGroup (read 2026-11-23).
 *
 * @example
 * const firewall = new DnsFirewall(stack, 'DnsFirewall', { block: ['*.example.net'], threats: [DnsThreat.tunneling()] });
 */
export class DnsFirewall extends Construct {
  /** Id of the rule group. */
  public readonly ruleGroupId: string;
  /** ARN of the rule group. */
  public readonly ruleGroupArn: string;

  public constructor(scope: Construct, id: string, private readonly props: DnsFirewallProps = {}) {
    super(scope, id);
    const { allow = [], block = [], blockedLists = {}, threats = DnsThreat.all(), onlyAllowed = false } = props;
    const problems = problemsOf(props, threats);
    if (problems.length > 0) throw new InputError(`DnsFirewall ${this.node.path} has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    const rules: CfnFirewallRuleGroup.FirewallRuleProperty[] = [];
    if (allow.length > 0) {
      rules.push({ priority: PRIORITY.allow, action: 'ALLOW', firewallDomainListId: this.list('Allowed', allow), firewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN' });
    }
    if (block.length > 0) rules.push({ priority: PRIORITY.block, ...this.blocking(), firewallDomainListId: this.list('Blocked', block) });
    for (const [firewallDomainListId, slot] of Object.entries(blockedLists)) rules.push({ priority: PRIORITY.lists + slot, ...this.blocking(), firewallDomainListId });
    for (const threat of threats) rules.push({ priority: PRIORITY.threats + threat._slot, ...this.blocking(), ...threat._rule });
    if (onlyAllowed) rules.push({ priority: PRIORITY.everythingElse, ...this.blocking(), firewallDomainListId: this.list('EverythingElse', ['*']) });
    const group = new CfnFirewallRuleGroup(this, 'Resource', {
      name: Names.uniqueResourceName(this, { maxLength: 64 }),
      firewallRules: rules.sort((one, other) => one.priority - other.priority),
    });
    this.ruleGroupId = group.attrId;
    this.ruleGroupArn = group.attrArn;
  }

  private blocking(): { action: string; blockResponse?: string } {
    return this.props.alertOnly ? { action: 'ALERT' } : { action: 'BLOCK', blockResponse: 'NXDOMAIN' };
  }

  private list(id: string, domains: string[]): string {
    return new CfnFirewallDomainList(this, id, { domains: [...new Set(domains.map((domain) => domain.toLowerCase()))].sort() }).attrId;
  }
}

function problemsOf({ allow = [], block = [], blockedLists = {}, onlyAllowed }: DnsFirewallProps, threats: DnsThreat[]): string[] {
  const slots = Object.entries(blockedLists);
  const slotOf = new Map(slots.map(([list, slot]) => [slot, list]));
  const threatOf = new Map(threats.map((threat) => [threat._slot, threat]));
  return [
    ...[...allow.map((domain) => ['allow', domain]), ...block.map((domain) => ['block', domain])].filter(([, domain]) => !domainName(domain!.replace(/^\*\./, '')))
      .map(([where, domain]) => `${where} holds ${JSON.stringify(domain)}, a domain is expected: example.com or *.example.com`),
    ...allow.filter((domain) => block.includes(domain)).map((domain) => `${domain} is allowed and blocked; allowed names are asked first: keep one`),
    ...slots.filter(([, slot]) => !Number.isInteger(slot) || slot < 0 || slot > 99).map(([list, slot]) => `list ${list} has slot ${slot}, slots are 0 to 99`),
    ...slots.filter(([list, slot]) => slotOf.get(slot) !== list).map(([list, slot]) => `lists ${list} and ${slotOf.get(slot)} both have slot ${slot}`),
    ...threats.filter((threat) => threatOf.get(threat._slot) !== threat).map((threat) => `threats ${threat.name} and ${threatOf.get(threat._slot)!.name} have one place: keep one of them, or give another slot`),
    ...(onlyAllowed && allow.length === 0 ? ['onlyAllowed without allow blocks every name: list the names that resolve'] : []),
    ...(allow.length + block.length + slots.length + threats.length === 0 ? ['it blocks nothing: give block, blockedLists or threats'] : []),
  ];
}
