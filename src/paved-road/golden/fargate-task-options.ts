import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { GoldenPathOptions } from './golden-path';

/** What golden paths ask for that run containers on Fargate. */
export interface FargateTaskOptions extends GoldenPathOptions {
  /** What runs; by a tag or digest that does not change. */
  readonly image: ContainerImage;
  /** Variables of its environment; no secrets. @default - none */
  readonly environment?: { readonly [name: string]: string };
  /** Processor units of a task, 1024 to a processor. @default 512 */
  readonly cpu?: number;
  /** Memory of a task in MiB. @default 1024 */
  readonly memory?: number;
  /** User of the container. @default '1000' */
  readonly user?: string;
  /** Processor of the image. @default CpuArchitecture.ARM64 */
  readonly architecture?: CpuArchitecture;
  /** Network, with private subnets. @default - the account's, as the landing zone publishes it */
  readonly vpc?: IVpc;
}
