import { IDeploymentTarget } from './deployment-target';

/** Whether there are accounts that both reach: one of them is, or is below, the other. */
export function overlap(one: IDeploymentTarget, other: IDeploymentTarget): boolean {
  return isBelow(one, other) || isBelow(other, one);
}

/** Whether a target is another one or is below it. */
export function isBelow(one: IDeploymentTarget, other: IDeploymentTarget): boolean {
  return `${one.targetPath}/`.startsWith(`${other.targetPath}/`);
}
