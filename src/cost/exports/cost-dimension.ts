import { InputError } from '../../model/input-error';

/** What costs nobody: the costs of lines that carry no value of a dimension. */
export const UNALLOCATED = 'unallocated';

/** What costs are divided by: a tag, a category, the account. */
export class CostDimension {
  /**
   * A tag of the resource, else of its account. Both must be activated as cost allocation tags; until then, and where there is none, costs are `unallocated`.
   * @param key in its spelling: `cost-center`
   */
  public static tag(key: string): CostDimension {
    return new CostDimension('tag', key, `coalesce(${valueOf(`resourceTags/${key}`)}, ${valueOf(`accountTag/${key}`)}, '${UNALLOCATED}')`);
  }

  /** A cost category, by its name; costs without a value are `unallocated`. */
  public static costCategory(name: string): CostDimension {
    return new CostDimension('category', name, `coalesce(${valueOf(`costCategory/${name}`)}, '${UNALLOCATED}')`);
  }

  /** The account that used it, by its name. */
  public static account(): CostDimension {
    return new CostDimension('account', 'account', `coalesce(nullif(line_item_usage_account_name, ''), nullif(line_item_usage_account_id, ''), '${UNALLOCATED}')`);
  }

  private constructor(
    /** `tag`, `category` or `account`. */
    public readonly kind: string,
    /** Key of the tag, name of the category, or `account`. */
    public readonly name: string,
    /** SQL of its value in a line of the Cost and Usage Report. @internal */
    public readonly _sql: string,
  ) {
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(name)) throw new InputError(`CostDimension: "${name}" is no name of a ${kind}: letters, digits, spaces and _.:/=+-@ are expected, 128 at most`);
  }
}

/** Keys say where a value comes from. https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-cur2-tag-columns.html (read 2026-11-23) */
function valueOf(key: string): string {
  return `nullif(element_at(tags, '${key}'), '')`;
}
