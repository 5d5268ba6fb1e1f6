import { CfnStackSet } from 'aws-cdk-lib';
import { BaselineOperations } from './baseline-operations';

/** What is wrong with preferences, as sentences. */
export function operationProblems(operations: BaselineOperations, regions: readonly string[]): string[] {
  const { maxConcurrentPercentage: max = 25, failureTolerancePercentage: tolerance = 0, regionOrder } = operations;
  return [
    ...(Number.isInteger(max) && max >= 1 && max <= 100 ? [] : [`maxConcurrentPercentage is ${max}: a whole number of 1 to 100 is expected`]),
    ...(Number.isInteger(tolerance) && tolerance >= 0 && tolerance <= 100 ? [] : [`failureTolerancePercentage is ${tolerance}: a whole number of 0 to 100 is expected`]),
    ...(regionOrder !== undefined && [...regionOrder].sort().join() !== [...regions].sort().join() ? [`regionOrder is ${regionOrder.join(', ')}: each Region of the baseline once is expected: ${regions.join(', ')}`] : []),
  ];
}

/**
 * Accounts that fail do not slow the others down: in the soft mode the number at one time does not shrink with what failed
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/concurrency-mode.html, read 2026-11-23).
 */
export function operationPreferences(operations: BaselineOperations): CfnStackSet.OperationPreferencesProperty {
  return {
    concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
    maxConcurrentPercentage: operations.maxConcurrentPercentage ?? 25,
    failureTolerancePercentage: operations.failureTolerancePercentage ?? 0,
    regionConcurrencyType: operations.regionOrder ? 'SEQUENTIAL' : 'PARALLEL',
    ...(operations.regionOrder ? { regionOrder: operations.regionOrder } : {}),
  };
}
