import { InputError } from '../model/input-error';

/** Resources of AWS that accounts of the organization use through an endpoint. */
export interface AwsOwnedResourcesProps {
  /** What it is for: `images of EKS add-ons`. */
  readonly reason: string;
  /** Endpoints whose policy it belongs to, by the service: `s3`, `ecr.api`. */
  readonly services: string[];
  /** Actions on them. */
  readonly actions: string[];
  /** ARNs; `{partition}` and `{region}` stand for those of the endpoint. @default ['*'] */
  readonly resources?: string[];
  /** Accounts of AWS that the resources belong to. @default - not asked for */
  readonly accounts?: string[];
  /** Whether callers need not be of the organization: for requests without a signature, and for those that AWS has signed. @default false */
  readonly anyone?: boolean;
}

/**
 * What belongs to AWS and is used through an endpoint all the same: an endpoint for the organization's resources alone would not reach it.
 *
 * AWS Samples, data-perimeter-policy-examples, service_owned_resources.md and vpc_endpoint_policies (of 2026-03-18, read 2026-11-23).
 *
 * @example
 * const awsOwned = AwsOwnedResources.common();
 * awsOwned.push(AwsOwnedResources.images(['602401143452'], 'images of EKS add-ons'));
 * const policy = EndpointPolicy.organizationOnly('o-abcdefghij', { awsOwned });
 */
export class AwsOwnedResources {
  /** Amazon ECR keeps the layers of images, also of your own, in a bucket of its own. */
  public static readonly IMAGE_LAYERS = AwsOwnedResources.of({
    reason: 'Amazon ECR keeps the layers of images in a bucket of its own',
    services: ['s3'], actions: ['s3:GetObject'], anyone: true, resources: ['arn:{partition}:s3:::prod-{region}-starport-layer-bucket/*'],
  });

  /** Package repositories of Amazon Linux, which are asked without a signature. */
  public static readonly LINUX_PACKAGES = AwsOwnedResources.of({
    reason: 'Instances install and update packages of Amazon Linux',
    services: ['s3'], actions: ['s3:GetObject'], anyone: true,
    resources: ['amazonlinux-2-repos-{region}', 'al2023-repos-{region}-de612dc2'].map((bucket) => `arn:{partition}:s3:::${bucket}/*`),
  });

  /** Documents, public parameters and runbooks of Systems Manager. */
  public static readonly SYSTEMS_MANAGER = AwsOwnedResources.of({
    reason: 'Documents, public parameters and runbooks of Systems Manager belong to AWS',
    services: ['ssm'],
    actions: ['ssm:Describe*', 'ssm:Get*', 'ssm:List*', 'ssm:SendCommand', 'ssm:CreateAssociation', 'ssm:StartSession', 'ssm:StartAutomationExecution'],
    resources: ['arn:{partition}:ssm:{region}::parameter/aws/*', 'arn:{partition}:ssm:{region}::document/*', 'arn:{partition}:ssm:*::automation-definition/*'],
  });

  /** Files that the agents of Systems Manager and CloudWatch load. */
  public static readonly SYSTEMS_MANAGER_FILES = AwsOwnedResources.of({
    reason: 'Agents of Systems Manager and CloudWatch load patches, packages and themselves',
    services: ['s3'], actions: ['s3:GetObject'], anyone: true,
    resources: [
      'aws-ssm-{region}', 'amazon-ssm-{region}', 'amazon-ssm-packages-{region}', '{region}-birdwatcher-prod', 'aws-ssm-distributor-file-{region}', 'aws-ssm-document-attachments-{region}',
      'patch-baseline-snapshot-{region}', 'amazoncloudwatch-agent-{region}', 'amazoncloudwatch-agent',
    ].map((bucket) => `arn:{partition}:s3:::${bucket}/*`),
  });

  /** Machine images and prefix lists of AWS. */
  public static readonly MACHINE_IMAGES = AwsOwnedResources.of({
    reason: 'Instances start from images that belong to AWS, and security groups name its prefix lists',
    services: ['ec2'],
    actions: ['ec2:RunInstances', 'ec2:CreateReplaceRootVolumeTask', 'ec2:CreateTags', 'ec2:DeleteTags', 'ec2:GetManagedPrefixListEntries'],
    resources: ['arn:{partition}:ec2:*::image/*', 'arn:{partition}:ec2:*:aws:prefix-list/*'],
  });

  /** Answers of wait conditions to CloudFormation, which writes to buckets of AWS by addresses that AWS has signed. */
  public static readonly CLOUDFORMATION_ANSWERS = AwsOwnedResources.of({
    reason: 'Instances and functions answer CloudFormation by addresses that AWS has signed',
    services: ['s3'], actions: ['s3:PutObject'], anyone: true,
    resources: ['arn:{partition}:s3:::cloudformation-waitcondition-{region}/*', 'arn:{partition}:s3:::cloudformation-custom-resource-response-*/*'],
  });

  /** What most accounts need, to read only: layers of container images, packages of Amazon Linux, documents and agents of Systems Manager, machine images. */
  public static common(): AwsOwnedResources[] {
    return [AwsOwnedResources.IMAGE_LAYERS, AwsOwnedResources.LINUX_PACKAGES, AwsOwnedResources.SYSTEMS_MANAGER, AwsOwnedResources.SYSTEMS_MANAGER_FILES, AwsOwnedResources.MACHINE_IMAGES];
  }

  /**
   * Container images of AWS: EKS add-ons, GuardDuty's agent, SageMaker.
   *
   * @param accounts accounts of AWS that keep them; they differ by service and Region
   */
  public static images(accounts: string[], reason: string): AwsOwnedResources {
    return AwsOwnedResources.of({
      reason, services: ['ecr.api', 'ecr.dkr'], accounts, actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:GetDownloadUrlForLayer'],
    });
  }

  /**
   * Lambda layers of AWS: extensions of CloudWatch and AppConfig.
   *
   * @param accounts accounts of AWS that keep them; they differ by layer and Region
   */
  public static layers(accounts: string[], reason: string): AwsOwnedResources {
    return AwsOwnedResources.of({ reason, services: ['lambda'], actions: ['lambda:GetLayerVersion'], resources: accounts.map((account) => `arn:{partition}:lambda:*:${account}:layer:*`) });
  }

  /** Others. Say what for: the reason stands in the template. */
  public static of(props: AwsOwnedResourcesProps): AwsOwnedResources {
    const problems = [
      ...(props.reason.trim() === '' ? ['no reason is given'] : []),
      ...(props.services.length === 0 ? ['services is empty: name the endpoints, like s3'] : []),
      ...(props.actions.length === 0 ? ['actions is empty'] : []),
      ...(props.resources ?? []).filter((arn) => arn === '*').map(() => 'resources holds *: name the resources of AWS'),
      ...(props.resources === undefined && !props.accounts?.length ? ['neither resources nor accounts is given: everything of everybody would pass'] : []),
      ...(props.accounts ?? []).filter((account) => !/^\d{12}$/.test(account)).map((account) => `account ${JSON.stringify(account)} is no account id of 12 digits`),
    ];
    if (problems.length > 0) throw new InputError(`AwsOwnedResources (${props.reason}): ${problems.join('; ')}`);
    return new AwsOwnedResources(props);
  }

  private constructor(
    /** @internal */
    public readonly _props: AwsOwnedResourcesProps,
  ) {}
}
