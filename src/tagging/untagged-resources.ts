import { CfnView } from 'aws-cdk-lib/aws-resourceexplorer2';
import { Construct } from 'constructs';
import { TaggingStandard } from './tagging-standard';
import { InputError } from '../model/input-error';

/** Properties of the views of untagged resources. */
export interface UntaggedResourcesProps {
  /** Whose keys are looked for: those that all resources must have. */
  readonly standard: TaggingStandard;
  /** What is looked at: ARN of the organization, or of a unit. The organization must trust `resource-explorer-2.amazonaws.com`. @default - the account that the views are in */
  readonly scopeArn?: string;
  /** Begin of the views' names: letters, digits and hyphens. @default 'untagged' */
  readonly viewNamePrefix?: string;
}

/** What Resource Explorer has for types that take tags, and for none of them on a resource: https://docs.aws.amazon.com/resource-explorer/latest/userguide/using-search-query-syntax.html (read 2026-11-23) */
const TAKES_TAGS = 'resourcetype.supports:tags';
const NO_TAG = 'tag:none';

/** ViewName: https://docs.aws.amazon.com/resource-explorer/latest/apireference/API_CreateView.html (read 2026-11-23) */
const VIEW_NAME = /^[a-zA-Z0-9-]{1,64}$/;

/** Keys that a query takes as they are. */
const PLAIN_KEY = /^[A-Za-z0-9._:-]+$/;

/**
 * Views of AWS Resource Explorer on resources that take tags and have none, and on those without each key that all resources must have. What somebody made by hand, or before the standard, is found there, and in
 * accounts that no template of yours is for.
 *
 * Goes to the management account, or the one that administers Resource Explorer for the organization, and into the Region of its aggregating index, which must be there before. A search gives 1,000 results at most:
 * ask for a Region or an account beside it. https://docs.aws.amazon.com/resource-explorer/latest/apireference/API_Search.html (read 2026-11-23)
 *
 * @example
 * declare const standard: TaggingStandard;
 * new UntaggedResources(stack, 'Untagged', { standard, scopeArn: 'arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5' });
 */
export class UntaggedResources extends Construct {
  /** Names of the views: that of resources without any tag, then one for each key. */
  public readonly viewNames: string[];

  public constructor(scope: Construct, id: string, { standard, scopeArn, viewNamePrefix = 'untagged' }: UntaggedResourcesProps) {
    super(scope, id);
    const keys = standard._everywhere('UntaggedResources').map(({ key }) => key);
    const nameOf = (key: string) => `${viewNamePrefix}-${key.replace(/[^A-Za-z0-9]+/g, '-')}`;
    const names = [viewNamePrefix, ...keys.map(nameOf)];
    const wrong = [
      ...(scopeArn === undefined || /^arn:[a-z-]+:organizations::\d{12}:(organization\/o-[a-z0-9]+|ou\/o-[a-z0-9]+\/ou-[a-z0-9-]+)$/.test(scopeArn) ? [] : [`scopeArn ${scopeArn} is no ARN of an organization or a unit`]),
      ...keys.filter((key) => !PLAIN_KEY.test(key)).map((key) => `key ${key} cannot be asked for: expected letters, digits and . _ : -`),
      ...names.filter((name) => !VIEW_NAME.test(name)).map((name) => `view ${name}: expected a name of up to 64 letters, digits and hyphens`),
      ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `view ${name} would be there twice`),
    ];
    if (wrong.length > 0) throw new InputError(`UntaggedResources ${this.node.path}:\n${wrong.map((line) => `  ${line}`).join('\n')}`);
    this.viewNames = names;
    [NO_TAG, ...keys.map((key) => `-tag.key:${key}`)].forEach((filter, at) => {
      new CfnView(this, at === 0 ? 'None' : `Without-${keys[at - 1]!}`, {
        viewName: names[at]!, filters: { filterString: `${TAKES_TAGS} ${filter}` }, includedProperties: [{ name: 'tags' }], ...(scopeArn !== undefined && { scope: scopeArn }),
      });
    });
  }
}
