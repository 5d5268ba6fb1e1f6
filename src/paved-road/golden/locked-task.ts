import { Duration, Validations } from 'aws-cdk-lib';
import { CpuArchitecture, FargateTaskDefinition, OperatingSystemFamily } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { FargateTaskOptions } from './fargate-task-options';

/** What golden paths choose of a task themselves. */
interface LockedTaskChoices {
  /** Port that the container listens on. @default - none */
  readonly port?: number;
  /** How long it may take to end its work when it is stopped; Fargate waits for 120 seconds at most. */
  readonly stopTimeout: Duration;
}

/** A task whose container, `App`, is nobody and writes to `/tmp` alone. @internal */
export class LockedTask extends FargateTaskDefinition {
  public constructor(scope: Construct, id: string, { image, environment, cpu = 512, memory = 1024, user = '1000', architecture = CpuArchitecture.ARM64 }: FargateTaskOptions, { port, stopTimeout }: LockedTaskChoices) {
    super(scope, id, { cpu, memoryLimitMiB: memory, runtimePlatform: { cpuArchitecture: architecture, operatingSystemFamily: OperatingSystemFamily.LINUX } });
    Validations.of(this).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-ECS2', reason: 'Variables of the environment hold no secrets: these come by the task role.' },
      { id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'ecr:GetAuthorizationToken is for the registry of the account, and takes no narrower resource.' },
    );
    const container = this.addContainer('App', {
      image, portMappings: port === undefined ? undefined : [{ containerPort: port }], environment, readonlyRootFilesystem: true, user, stopTimeout,
    });
    this.addVolume({ name: 'tmp' });
    container.addMountPoints({ containerPath: '/tmp', sourceVolume: 'tmp', readOnly: false });
  }
}
