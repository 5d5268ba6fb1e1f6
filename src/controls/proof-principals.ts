/** A principal that every set of platform principals holds; proofs ask for it where the platform is exempt. */
export const PLATFORM_ROLE = 'role/AWSControlTowerExecution';
