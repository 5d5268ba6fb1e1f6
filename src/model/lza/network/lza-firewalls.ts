import { LzaNode } from './lza-node';
import { LzaSite, LzaTemplates } from './lza-templates';
import { LzaVpc, zoneOf } from './lza-vpcs';
import { partitionOf } from '../../partition';

/** What a firewall is made of elsewhere. */
export interface LzaFirewallContext {
  readonly templates: LzaTemplates;
  readonly vpcs: readonly LzaVpc[];
  /** Text of a file of the configuration; undefined when it is not there. */
  readonly textOf: (file: string) => string | undefined;
}

/** Writes firewalls with their policies and rule groups. Returns them by name, with the zones of their endpoints. */
export function writeFirewalls(config: LzaNode | undefined, context: LzaFirewallContext): Map<string, { readonly id: string; readonly zones: readonly string[] }> {
  const found = new Map<string, { readonly id: string; readonly zones: readonly string[] }>();
  for (const node of config?.items('firewalls') ?? []) {
    const vpc = context.vpcs.find(({ name }) => name === node.text('vpc'));
    if (!vpc) continue;
    const subnets = node.texts('subnets');
    const name = node.text('name')!;
    const policyName = node.text('firewallPolicy')!;
    const policy = config!.items('policies').find((one) => one.text('name') === policyName);
    const policyId = policy && writePolicy(policy, config!, vpc.site, context);
    const id = context.templates.add(vpc.site, 'firewall', [name], 'AWS::NetworkFirewall::Firewall', {
      FirewallPolicyArn: policyId ?? policyName, VpcId: vpc.id, SubnetMappings: subnets.map((subnet) => ({ SubnetId: context.templates.ref(vpc.site, 'subnet', vpc.name, subnet) })),
    }, { name, place: node.place });
    const zones = subnets.map((subnet) => {
      const known = vpc.node.items('subnets').find((one) => one.text('name') === subnet);
      return known ? zoneOf(known, vpc.site.region) : '?';
    });
    found.set(name, { id, zones });
  }
  return found;
}

/** The accelerator's words are CloudFormation's with a small letter; a rule group is named, a managed one by AWS's name. */
function writePolicy(node: LzaNode, config: LzaNode, site: LzaSite, context: LzaFirewallContext): string {
  const { statefulRuleGroups: stateful = [], statelessRuleGroups: stateless = [], statefulEngineOptions: order, ...rest } = node.whole('firewallPolicy') ?? {};
  const name = node.text('name')!;
  return context.templates.add(site, 'firewallPolicy', [name], 'AWS::NetworkFirewall::FirewallPolicy', {
    FirewallPolicy: {
      ...capitalized(rest),
      ...(order === undefined ? {} : { StatefulEngineOptions: { RuleOrder: order } }),
      StatefulRuleGroupReferences: stateful.map(({ name: group, managedStatefulRuleGroupName: managed, priority }: any) => ({
        ResourceArn: managed === undefined ? writeGroup(group, config, site, context) : `arn:${partitionOf(site.region)}:network-firewall:${site.region}:aws-managed:stateful-rulegroup/${managed}`,
        Priority: priority,
      })),
      StatelessRuleGroupReferences: stateless.map(({ name: group, priority }: any) => ({ ResourceArn: group, Priority: priority })),
    },
  }, { name, place: node.place });
}

function writeGroup(name: string, config: LzaNode, site: LzaSite, { templates, textOf }: LzaFirewallContext): string {
  const node = config.items('rules').find((one) => one.text('name') === name);
  const { rulesSource: source = {}, ruleVariables: variables, ...rest } = node?.whole('ruleGroup') ?? {};
  if (!node) return name;
  const { rulesFile: file, ...rules } = source;
  const text = file === undefined ? undefined : textOf(file);
  const sets = (list: any) => Object.fromEntries([list ?? []].flat().map((set: any) => [set.name, { Definition: set.definition }]));
  return templates.add(site, 'ruleGroup', [name], 'AWS::NetworkFirewall::RuleGroup', {
    RuleGroup: {
      ...capitalized(rest),
      ...(variables === undefined ? {} : { RuleVariables: { IPSets: sets(variables.ipSets), PortSets: sets(variables.portSets) } }),
      RulesSource: { ...capitalized(rules), ...(file === undefined ? {} : { RulesString: text ?? { 'Fn::ImportValue': `rules of ${file}, which does not exist` } }) },
    },
  }, { name, place: node.place });
}

/** Writes the endpoints of Gateway Load Balancers. Returns them by name. */
export function writeApplianceEndpoints(config: LzaNode | undefined, { templates, vpcs }: LzaFirewallContext): Map<string, string> {
  const found = new Map<string, string>();
  for (const balancer of config?.items('gatewayLoadBalancers') ?? []) {
    for (const node of balancer.items('endpoints')) {
      node.text('account');
      const vpc = vpcs.find(({ name }) => name === node.text('vpc'));
      const name = node.text('name')!;
      if (!vpc) continue;
      found.set(name, templates.add(vpc.site, 'applianceEndpoint', [name], 'AWS::EC2::VPCEndpoint', {
        VpcEndpointType: 'GatewayLoadBalancer', VpcId: vpc.id, ServiceName: balancer.text('name'), SubnetIds: [templates.ref(vpc.site, 'subnet', vpc.name, node.text('subnet') ?? '')],
      }, { name, place: node.place }));
    }
  }
  return found;
}

function capitalized(json: any): any {
  if (Array.isArray(json)) return json.map(capitalized);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), capitalized(value)]));
}
