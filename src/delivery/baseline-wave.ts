import { IDeploymentTarget } from './deployment-target';

/** Units that get a version of a baseline together, after the units of the waves before. */
export interface BaselineWave {
  /** `sandbox`, `non-production`, `production`. Units change waves freely: no stack is deleted for that. */
  readonly name: string;
  /** Units, or the root, with all accounts below them. */
  readonly units: IDeploymentTarget[];
}
