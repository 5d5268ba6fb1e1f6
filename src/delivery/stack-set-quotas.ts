/** A limit that AWS raised for you. */
export interface StackSetQuotas {
  /** Stack sets of the administrator account. @default 1000 */
  readonly stackSets?: number;
  /** Stack sets that one waits for. @default 10 */
  readonly dependencies?: number;
  /** Such relations in the administrator account. @default 100 */
  readonly accountDependencies?: number;
}
