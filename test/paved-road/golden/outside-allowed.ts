/** X-Ray takes traces of an account, not of a resource. */
const TRACES = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
/** CodeDeploy reads alarms by a list of names, which is no resource. */
const ALARMS = ['cloudwatch:DescribeAlarms'];

/** Whoever pulls images signs in to the registry of the account. */
const REGISTRY = ['ecr:GetAuthorizationToken'];
/** Elastic Load Balancing describes all there is. */
const BALANCERS = ['elasticloadbalancing:DescribeListeners', 'elasticloadbalancing:DescribeRules', 'elasticloadbalancing:DescribeTargetGroups', 'elasticloadbalancing:DescribeTargetHealth'];

/** EKS Auto Mode works with AWS's own policies, which AWS changes as the service does; nothing runs as these roles but the control plane and nodes. */
const AUTO_MODE = ['BlockStoragePolicy', 'ClusterPolicy', 'ComputePolicy', 'LoadBalancingPolicy', 'NetworkingPolicy'].map((name) => `all of arn:aws:iam::aws:policy/AmazonEKS${name}`);
const AUTO_MODE_NODES = ['AmazonEC2ContainerRegistryPullOnly', 'AmazonEKSWorkerNodeMinimalPolicy'].map((name) => `all of arn:aws:iam::aws:policy/${name}`);

/** Step Functions sets up the delivery of its logs, which is of no resource (Step Functions developer guide, "IAM policies for logging to CloudWatch Logs"). */
const LOG_DELIVERY = [
  'logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'logs:GetLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:UpdateLogDelivery',
];

/** What roles of golden paths do beyond resources of their own, by construct and role, because the action has no narrower resource: each with its reason. */
export const OUTSIDE: { readonly [name: string]: { readonly [role: string]: readonly string[] } } = {
  ContainerPlatform: { PlatformClusterRole6A6CBC74: AUTO_MODE, PlatformNodeRoleBF733855: AUTO_MODE_NODES },
  ContainerQueueWorker: { VideosTaskExecutionRoleAB0C8859: REGISTRY },
  DataPipeline: { SalesFunctionServiceRole3D2C0A73: TRACES, SalesStateMachineRoleBE1B461F: [...LOG_DELIVERY, ...TRACES] },
  EventProcessor: { InvoicingFunctionServiceRoleAD1CCD0A: TRACES, InvoicingDeploymentRole6C634CCF: ALARMS },
  HttpApiFunction: { ApiFunctionServiceRoleF42E7BB9: TRACES, ApiDeploymentRoleFF38213B: ALARMS },
  ScheduledTask: { ReportFunctionServiceRoleBCEAC226: TRACES },
  QueueWorker: { ShippingFunctionServiceRole0ED78158: TRACES, ShippingDeploymentRole0AA2FCCD: ALARMS },
  StreamProcessor: { ClicksFunctionServiceRoleFB5B7628: TRACES, ClicksDeploymentRole00D15FF5: ALARMS },
  WebService: { ShopTaskExecutionRole794FD4E8: REGISTRY, ShopShiftingRole24A5C7FC: BALANCERS },
};
