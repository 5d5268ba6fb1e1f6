import { Aspects, IAspect, Stack } from 'aws-cdk-lib';
import { CfnCostCategory } from 'aws-cdk-lib/aws-ce';
import { Construct, IConstruct } from 'constructs';
import { BillAccount, BillAccounts } from './categories/bill-accounts';
import { meant, RenderedCategory, renderCategory, valueProblem } from './categories/category-rules';
import { CostAllocationTags } from './cost-allocation-tags';
import { CostStandard } from './cost-standard';
import { Organization } from '../organization/organization';
import { refuseDeployment } from '../organization/placeholder-refusal';
import { TaggingStandard } from '../tagging/tagging-standard';

/** Region of the partition aws in which CloudFormation has `AWS::CE`, cost categories too: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1375 (read 2026-11-23). */
const REGION = 'us-east-1';

/** What the allocation of an organization's costs is made of. */
export interface OrganizationCostAllocationProps {
  readonly costs: CostStandard;
  readonly tagging?: TaggingStandard;
  readonly organization: Organization;
  /** Key of the management account. */
  readonly managementKey: string;
  /** The organization's own stack, which is deployed before. */
  readonly organizationStack: Stack;
  /** The stack's name begins with it. */
  readonly name: string;
  readonly partition: string;
}

/** By what costs are told apart: tags that are activated and cost categories, in a stack of the management account. Categories are made when the tree is whole: until then accounts may be added. */
export class OrganizationCostAllocation extends Construct implements IAspect {
  /** Undefined where there is nothing to make. */
  public readonly stack: Stack | undefined;
  private readonly problems: string[] = [];
  private isDone = false;

  public constructor(scope: Construct, id: string, private readonly props: OrganizationCostAllocationProps) {
    super(scope, id);
    const { costs, tagging, organizationStack, name, partition } = props;
    const categories = costs.categories.filter(({ _terms: { existing } }) => !existing);
    const keys = tagging?.costAllocationKeys ?? [];
    if (partition !== 'aws' && categories.length > 0) this.problems.push(`CloudFormation has cost categories in ${REGION}, and the zone is in partition ${partition}: leave categories out`);
    if (partition === 'aws' && (keys.length > 0 || categories.length > 0)) {
      this.stack = new Stack(this, 'Costs-Allocation', {
        stackName: `${name}-Costs-Allocation`, description: 'By what costs are told apart', terminationProtection: true, env: { account: organizationStack.account, region: REGION },
      });
      this.stack.addStackDependency(organizationStack);
      if (keys.length > 0) new CostAllocationTags(this.stack, 'Tags', { keys });
    }
    if (costs.categories.length > 0) Aspects.of(this).add(this);
    this.node.addValidation({ validate: () => this.problems });
  }

  public visit(node: IConstruct): void {
    if (node !== this || this.isDone) return;
    this.isDone = true;
    const { costs, tagging, organization } = this.props;
    const accounts = new BillAccounts(this.accounts(), organization.units.map(({ targetPath }) => targetPath));
    const rendered = new Map<string, RenderedCategory>();
    for (const category of costs.categories) {
      const made = renderCategory(category, { accounts, ...(tagging && { tagKeys: tagging._declared() }) });
      this.problems.push(...made.problems);
      const matched = category._terms.rules?.flatMap(({ _terms: { match } }) => match?._parts() ?? []).flatMap(({ _terms: { category: other } }) => other ?? []) ?? [];
      for (const other of matched.filter((one) => !rendered.has(one))) this.problems.push(`Cost category ${category.name} is made of category ${other}, which is not declared before it`);
      rendered.set(category.name, made);
      if (!category._terms.existing && this.stack) this.make(this.stack, category.name, category._terms.defaultValue, made, matched);
    }
    this.problems.push(...accounts.problems, ...this.budgetProblems(rendered));
    if (accounts.placeholder && this.stack) refuseDeployment(this.stack, `the placeholder account id ${accounts.placeholder.accountId} of ${accounts.placeholder.key}`);
  }

  private make(stack: Stack, name: string, defaultValue: string | undefined, { rules, splits }: RenderedCategory, madeOf: readonly string[]): void {
    // Below a construct, ids have a hash: names that differ by a space stay apart.
    const scope = (stack.node.tryFindChild('Categories') as Construct | undefined) ?? new Construct(stack, 'Categories');
    const resource = new CfnCostCategory(scope, name, {
      name, ruleVersion: 'CostCategoryExpression.v1', rules: JSON.stringify(rules), defaultValue, ...(splits.length > 0 && { splitChargeRules: JSON.stringify(splits) }),
    });
    for (const other of madeOf) {
      const before = scope.node.tryFindChild(other);
      if (before) resource.node.addDependency(before);
    }
    const tags = stack.node.tryFindChild('Tags');
    if (tags) resource.node.addDependency(tags);
  }

  private accounts(): BillAccount[] {
    const { organization, managementKey } = this.props;
    return [
      { key: managementKey, accountId: organization.managementAccountId, isPlaceholder: organization.hasPlaceholderId, path: organization.root.targetPath },
      ...organization.accounts.map(({ key, accountId, hasPlaceholderId, unit }) => ({ key, accountId, isPlaceholder: hasPlaceholderId, path: unit.targetPath })),
    ];
  }

  /** Budgets of categories, or of values, that are not there. */
  private budgetProblems(rendered: ReadonlyMap<string, RenderedCategory>): string[] {
    return this.props.costs.budgets.filter(({ kind }) => kind === 'cost-category').flatMap(({ subject, budgetKey }) => {
      const [name, value] = [subject.slice(0, subject.indexOf('=')), subject.slice(subject.indexOf('=') + 1)];
      const category = rendered.get(name);
      const known = [...rendered.keys()];
      const problem = category ? valueProblem(category, name, value)
        : `there is no cost category ${name}${meant(name, known)} Categories: ${known.join(', ')}; CostCategory.existing names one that is made elsewhere`;
      return problem === undefined ? [] : [`Budget ${budgetKey}: ${problem}`];
    });
  }
}
