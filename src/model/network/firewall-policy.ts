import { EVERYWHERE, normalBlock } from './address-blocks';
import { ListedVariables, suricataRules } from './firewall-text';
import { NetworkResource } from './network-resources';
import { prefixListBlocks } from './prefix-lists';
import { Reading } from './reading';
import { Firewall, FirewallAction, FirewallRule, Vpc } from '../../analysis/network/topology';
import { isKnown, Reference, Unknown } from '../assembly/resolved';

type Judgement = Pick<Firewall, 'rules' | 'otherwise'>;

const ANYTHING: FirewallRule = { action: 'may-pass', sources: EVERYWHERE, destinations: EVERYWHERE };
const NOT_KNOWN: Judgement = { otherwise: 'may-pass' };

/** What must be known of a policy before anything of it is. */
const DECISIVE = ['StatelessDefaultActions', 'StatelessRuleGroupReferences', 'StatefulEngineOptions', 'StatefulDefaultActions'];

/** Options of a rule that say nothing about which packets it matches. */
const NEUTRAL_OPTIONS = ['sid', 'msg', 'rev', 'gid', 'metadata', 'classtype', 'priority', 'reference'];

/**
 * What a firewall policy decides by addresses and ports, in the order in which connections are judged.
 *
 * What is dropped because of a payload or a name decides nothing here, as a connection can be opened before it is seen; AWS's own lists only drop. What may pass
 * because of them is `may-pass`. Stateless rule groups are not modelled: everything may pass then.
 * Sources (read 2026-11-23): https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html, .../stateful-rule-groups-domain-names.html.
 *
 * @param policy undefined when the assembly does not have it
 */
export function readPolicy(policy: NetworkResource | undefined, vpc: Vpc | undefined, reading: Reading): Judgement {
  const content = policy?.value('FirewallPolicy');
  if (!isObject(content) || !DECISIVE.every((key) => content[key] === undefined || isKnown(content[key]))) return NOT_KNOWN;
  if (asList(content.StatelessRuleGroupReferences).length > 0 || !Array.isArray(content.StatefulRuleGroupReferences ?? [])) return NOT_KNOWN;
  const stateless = asList(content.StatelessDefaultActions);
  if (stateless.includes('aws:pass')) return { rules: [], otherwise: 'pass' };
  if (stateless.includes('aws:drop')) return { rules: [], otherwise: 'drop' };
  if (!stateless.includes('aws:forward_to_sfe')) return NOT_KNOWN;

  const isStrict = content.StatefulEngineOptions?.RuleOrder === 'STRICT_ORDER';
  const overridden = within(content, 'PolicyVariables', 'RuleVariables', 'HOME_NET');
  const home = overridden === undefined ? vpc?.ranges : blocksOfVariable(overridden);
  const references = asList(content.StatefulRuleGroupReferences);
  if (isStrict && !references.every((reference) => Number.isInteger(Number(reference?.Priority)))) return NOT_KNOWN;
  const ordered = isStrict ? [...references].sort((one, other) => Number(one?.Priority) - Number(other?.Priority)) : references;
  const rules = ordered.flatMap((reference) => rulesOfGroup(reference, home, reading));
  const defaults = asList(content.StatefulDefaultActions).map(String);
  if (isStrict) return { rules, otherwise: defaults.some((action) => action.startsWith('aws:drop')) ? 'drop' : 'pass' };
  // The default order: what passes comes first, then what is dropped; the rest passes.
  const of = (...actions: FirewallAction[]) => rules.filter(({ action }) => actions.includes(action));
  return { rules: [...of('pass', 'may-pass'), ...of('drop')], otherwise: 'pass' };
}

function rulesOfGroup(reference: any, home: readonly string[] | undefined, reading: Reading): FirewallRule[] {
  const arn = reference?.ResourceArn;
  if (typeof arn !== 'string') return [ANYTHING];
  if (/:aws-managed:stateful-rulegroup\//.test(arn)) return [];
  const group = reading.resources.byId(arn, 'AWS::NetworkFirewall::RuleGroup');
  const content = group?.value('RuleGroup');
  if (!isObject(content)) return [ANYTHING];
  const variables = variablesOf(content, home, reading);
  if (!isObject(content.RulesSource)) return [ANYTHING];
  const { RulesString: text, RulesSourceList: domains, StatefulRules: rules } = content.RulesSource;
  if (text !== undefined) return typeof text === 'string' ? suricataRules(text, variables) : [ANYTHING];
  if (domains !== undefined) return domainRules(domains, variables);
  return Array.isArray(rules) ? rules.flatMap((rule) => statefulRules(rule, variables)) : [ANYTHING];
}

function variablesOf(content: any, home: readonly string[] | undefined, reading: Reading): ListedVariables {
  const given = within(content, 'RuleVariables', 'IPSets');
  const portSets = within(content, 'RuleVariables', 'PortSets');
  const isOpen = [given, portSets].some((value) => value !== undefined && !isObject(value));
  if (isOpen) return { blocks: new Map([['HOME_NET', undefined]]), references: new Map(), ports: new Map() };
  const sets = Object.entries<any>(given ?? {}).map(([name, set]): [string, readonly string[] | undefined] => [name, blocksOfVariable(set)]);
  const listed = within(content, 'ReferenceSets', 'IPSetReferences');
  const references = Object.entries<any>(isObject(listed) ? listed : {}).map(([name, set]): [string, readonly string[] | undefined] => {
    const arn = set?.ReferenceArn;
    const blocks = typeof arn === 'string' ? prefixListBlocks(arn.replace(/^.*:prefix-list\//, ''), reading) : undefined;
    return [name, typeof blocks === 'string' ? undefined : blocks];
  });
  const ports = Object.entries<any>(portSets ?? {}).filter(([, set]) => isKnown(set)).map(([name, set]): [string, readonly string[]] => [name, asList(set?.Definition).map(String)]);
  return { blocks: new Map([['HOME_NET', home], ...sets]), references: new Map(references), ports: new Map(ports) };
}

/** Domains that are allowed may be called by those inside; denied ones are dropped by name, which does not close an address. */
function domainRules(list: any, { blocks }: ListedVariables): FirewallRule[] {
  if (list?.GeneratedRulesType === 'DENYLIST') return [];
  return [{ action: 'may-pass', protocol: 6, sources: blocks.get('HOME_NET') ?? EVERYWHERE, destinations: EVERYWHERE }];
}

/** A rule of five parts is one of Suricata in other words. */
function statefulRules(rule: any, variables: ListedVariables): FirewallRule[] {
  const { Action: action, RuleOptions: options } = rule ?? {};
  const header = rule?.Header ?? {};
  const parts = [header.Protocol, header.Source, header.SourcePort, header.Destination, header.DestinationPort, action, header.Direction ?? 'FORWARD'].map((part) => (typeof part === 'string' ? part : undefined));
  if (parts.includes(undefined)) return [ANYTHING];
  const [protocol, source, sourcePort, destination, destinationPort] = parts as string[];
  const keywords = asList(options).map((option) => String(option?.Keyword).split(':')[0]!.trim());
  const isPlain = keywords.every((keyword) => NEUTRAL_OPTIONS.includes(keyword));
  const arrow = header.Direction === 'ANY' ? '<>' : '->';
  const line = `${String(action).toLowerCase()} ${protocol!.toLowerCase()} ${source} ${sourcePort} ${arrow} ${destination} ${destinationPort} (${isPlain ? '' : 'content:"?"; '}sid:1;)`;
  return suricataRules(line, variables);
}

function blocksOfVariable(set: any): readonly string[] | undefined {
  const listed = set?.Definition;
  const blocks = Array.isArray(listed) ? listed.map((block) => (typeof block === 'string' ? normalBlock(block) : undefined)) : [undefined];
  return blocks.every((block) => block !== undefined) ? blocks as string[] : undefined;
}

/** What stands in an object by names; of what is not known on the way, that itself. */
function within(value: any, ...names: readonly string[]): any {
  return names.reduce((at, name) => (at instanceof Unknown || at instanceof Reference ? at : at?.[name]), value);
}

function isObject(value: any): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown) && !(value instanceof Reference);
}

function asList(value: any): any[] {
  return Array.isArray(value) ? value : [];
}
