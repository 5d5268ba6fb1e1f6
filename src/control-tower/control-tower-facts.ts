/** The version of the landing zone whose manifest and baselines are known here. */
export const LANDING_ZONE_VERSION = '4.0';

/**
 * Of AWSControlTowerBaseline, by which a unit is enrolled, the part of the ARN that is the same in every Region.
 * https://docs.aws.amazon.com/controltower/latest/userguide/baseline-api-examples.html (read 2026-11-23)
 */
export const UNIT_BASELINE = '17BSJV3IGJ2QSGA2';

/** AWSControlTowerBaseline for a landing zone 4.0; 4.0 is for 3.2 and 3.3: https://docs.aws.amazon.com/controltower/latest/userguide/table-of-baselines.html (read 2026-11-23). */
export const UNIT_BASELINE_VERSION = '5.0';

/** Accounts directly in a unit, at most, with up to 15 governed Regions: https://docs.aws.amazon.com/controltower/latest/userguide/region-stackset-limitations.html (read 2026-11-23). */
export const MAX_ACCOUNTS_OF_UNIT = 1000;

/** The role by which AWS Control Tower works in an account: https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html (read 2026-11-23). */
export const EXECUTION_ROLE = 'AWSControlTowerExecution';
