import { CfnFirewallRuleGroup } from 'aws-cdk-lib/aws-route53resolver';
import { InputError } from '../model/input-error';

/** How sure the firewall must be before it acts on what it recognizes. */
export class DnsConfidence {
  /** Few legitimate names are hit. */
  public static readonly HIGH = new DnsConfidence('HIGH');
  /** In between. */
  public static readonly MEDIUM = new DnsConfidence('MEDIUM');
  /** Most threats are hit, and legitimate names too. */
  public static readonly LOW = new DnsConfidence('LOW');

  private constructor(
    /** AWS's word. */
    public readonly name: string,
  ) {}
}

/**
 * What a DNS firewall recognizes without a list of names (DNS Firewall Advanced).
 *
 * Amazon Route 53 API Reference, FirewallRuleType, and AWS CloudFormation, AWS::Route53Resolver::FirewallRuleGroup (read 2026-11-23).
 *
 * @example
 * const threats = [DnsThreat.tunneling(), DnsThreat.category('PHISHING', 0)];
 */
export class DnsThreat {
  /** Names that malware makes by an algorithm, of letters or of words, and data that leaves in the names that are asked for. */
  public static all(): DnsThreat[] {
    return [DnsThreat.generatedNames(), DnsThreat.generatedWords(), DnsThreat.tunneling()];
  }

  /** Names of random letters, by which malware finds its masters. @param confidence HIGH unless given */
  public static generatedNames(confidence?: DnsConfidence): DnsThreat {
    return DnsThreat.recognized('DGA', 0, confidence);
  }

  /** Names of joined dictionary words, likewise. @param confidence HIGH unless given */
  public static generatedWords(confidence?: DnsConfidence): DnsThreat {
    return DnsThreat.recognized('DICTIONARY_DGA', 1, confidence);
  }

  /** Data that leaves in the names that are asked for. @param confidence HIGH unless given */
  public static tunneling(confidence?: DnsConfidence): DnsThreat {
    return DnsThreat.recognized('DNS_TUNNELING', 2, confidence);
  }

  /**
   * A category of threats that AWS keeps: `PHISHING`. Which there are in a Region: `aws route53resolver list-firewall-rule-types`.
   *
   * @param slot its place, from 0 to 99; a promise, as for lists
   */
  public static category(category: string, slot: number): DnsThreat {
    return new DnsThreat(category, place(category, slot, 100), { firewallRuleType: { firewallAdvancedThreatCategory: { category } } });
  }

  /**
   * A category of content that AWS keeps: `VIOLENCE_AND_HATE_SPEECH`.
   *
   * @param slot its place, from 0 to 99; a promise, as for lists
   */
  public static content(category: string, slot: number): DnsThreat {
    return new DnsThreat(category, place(category, slot, 200), { firewallRuleType: { firewallAdvancedContentCategory: { category } } });
  }

  private static recognized(threat: string, slot: number, confidence = DnsConfidence.HIGH): DnsThreat {
    return new DnsThreat(threat, slot, { dnsThreatProtection: threat, confidenceThreshold: confidence.name });
  }

  private constructor(
    /** AWS's word. */
    public readonly name: string,
    /** @internal */
    public readonly _slot: number,
    /** @internal */
    public readonly _rule: Omit<CfnFirewallRuleGroup.FirewallRuleProperty, 'action' | 'priority'>,
  ) {}
}

function place(category: string, slot: number, from: number): number {
  if (!Number.isInteger(slot) || slot < 0 || slot > 99) throw new InputError(`DnsThreat ${category} has slot ${slot}, slots are 0 to 99`);
  return from + slot;
}
