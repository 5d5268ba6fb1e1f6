/** What pods of a namespace ask for together. */
export interface NamespaceQuota {
  /** Processors. @default 20 */
  readonly processors?: number;
  /** Memory in GiB. @default 40 */
  readonly memoryGiB?: number;
  /** Pods. @default 100 */
  readonly pods?: number;
}
