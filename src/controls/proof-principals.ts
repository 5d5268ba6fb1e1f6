import { ZoneValue } from './zone-value';

/** A principal that every set of platform principals holds, in any account and partition; proofs ask for it where the platform is exempt. */
export const PLATFORM_ROLE = `arn:${ZoneValue.PARTITION}:iam::*:role/AWSControlTowerExecution`;
