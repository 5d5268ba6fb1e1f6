import { nearest } from '../nearest';

/**
 * What a tag policy can be enforced for, by service: the types of which AWS's table says "Enforcement Mode: Yes" for values and spelling, in the words of tag policies without the service.
 * `ALL_SUPPORTED` stands where the table has it, and means the types beside it.
 *
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_supported-resources-enforcement.html (read 2026-11-23)
 */
const ENFORCEABLE: { readonly [service: string]: string } = {
  'acm': 'ALL_SUPPORTED certificate',
  'acm-pca': 'ALL_SUPPORTED certificate-authority',
  'amplifyuibuilder': 'ALL_SUPPORTED app/environment/components',
  'aoss': 'ALL_SUPPORTED collection',
  'apigateway': 'ALL_SUPPORTED apikeys domainnames restapis',
  'appconfig': 'application application/configurationprofile application/environment application/environment/deployment deploymentstrategy',
  'appmesh': 'ALL_SUPPORTED mesh mesh/virtualgateway mesh/virtualgateway/gatewayroute mesh/virtualnode mesh/virtualrouter mesh/virtualrouter/route mesh/virtualservice',
  'athena': 'ALL_SUPPORTED workgroup',
  'auditmanager': 'ALL_SUPPORTED assessment assessmentframework control',
  'backup': 'ALL_SUPPORTED backup-plan backup-vault',
  'backup-gateway': 'ALL_SUPPORTED gateway hypervisor vm',
  'batch': 'ALL_SUPPORTED job job-definition job-queue',
  'bugbust': 'ALL_SUPPORTED event',
  'catalog': 'ALL_SUPPORTED portfolio product',
  'chime': 'ALL_SUPPORTED app-instance app-instance/channel app-instance/user media-pipeline meeting sma vc',
  'cleanrooms': 'ALL_SUPPORTED collaboration configuredtable membership membership/configuredtableassociation',
  'cloud9': 'ALL_SUPPORTED environment',
  'cloudfront': 'ALL_SUPPORTED distribution streaming-distribution',
  'cloudtrail': 'ALL_SUPPORTED trail',
  'cloudwatch': 'ALL_SUPPORTED alarm insight-rule metric-stream',
  'codebuild': 'ALL_SUPPORTED project',
  'codecatalyst': 'ALL_SUPPORTED connections',
  'codecommit': 'ALL_SUPPORTED repository',
  'codeguru-reviewer': 'ALL_SUPPORTED association',
  'codeguru-security': 'ALL_SUPPORTED scans',
  'codepipeline': 'ALL_SUPPORTED actiontype pipeline webhook',
  'codestar-connections': 'ALL_SUPPORTED connection host',
  'cognito-identity': 'ALL_SUPPORTED identitypool',
  'cognito-idp': 'ALL_SUPPORTED userpool',
  'comprehend': 'ALL_SUPPORTED document-classifier entity-recognizer',
  'config': 'ALL_SUPPORTED aggregation-authorization config-aggregator config-rule',
  'connect': 'ALL_SUPPORTED instance/agent instance/contact-flow instance/integration-association instance/queue instance/routing-profile instance/transfer-destination',
  'directconnect': 'ALL_SUPPORTED dxcon dxlag dxvif',
  'dlm': 'ALL_SUPPORTED policy',
  'dms': 'ALL_SUPPORTED endpoint es rep subgrp task',
  'dynamodb': 'ALL_SUPPORTED table',
  'ec2': 'ALL_SUPPORTED capacity-reservation capacity-reservation-fleet carrier-gateway client-vpn-endpoint coip-pool customer-gateway dedicated-host dhcp-options egress-only-internet-gateway elastic-ip '
    + 'export-image-task export-instance-task fleet fpga-image host-reservation image import-image-task import-snapshot-task instance instance-connect-endpoint instance-event-window internet-gateway ipam '
    + 'ipam-external-resource-verification-token ipam-pool ipam-resource-discovery ipam-resource-discovery-association ipam-scope ipv4pool-ec2 key-pair launch-template local-gateway-route-table '
    + 'local-gateway-route-table-virtual-interface-group-association local-gateway-route-table-vpc-association natgateway network-acl network-insights-access-scope network-insights-access-scope-analysis '
    + 'network-insights-analysis network-insights-path network-interface placement-group prefix-list replace-root-volume-task reserved-instances route-table security-group snapshot spot-fleet-request '
    + 'spot-instances-request subnet subnet-cidr-reservation traffic-mirror-filter traffic-mirror-session traffic-mirror-target transit-gateway transit-gateway-attachment transit-gateway-connect-peer '
    + 'transit-gateway-multicast-domain transit-gateway-policy-table transit-gateway-route-table transit-gateway-route-table-announcement verified-access-endpoint verified-access-group '
    + 'verified-access-instance verified-access-trust-provider volume vpc vpc-endpoint vpc-endpoint-service vpc-flow-log vpc-peering-connection vpn-connection vpn-gateway',
  'ecr': 'ALL_SUPPORTED repository',
  'ecs': 'ALL_SUPPORTED capacity-provider cluster service task-definition task-set',
  'eks': 'ALL_SUPPORTED cluster',
  'elasticache': 'ALL_SUPPORTED cluster',
  'elasticbeanstalk': 'ALL_SUPPORTED application applicationversion configurationtemplate platform',
  'elasticfilesystem': 'ALL_SUPPORTED file-system',
  'elasticloadbalancing': 'listener listener-rule loadbalancer targetgroup',
  'elasticmapreduce': 'ALL_SUPPORTED cluster editor',
  'emr-serverless': 'applications',
  'entityresolution': 'ALL_SUPPORTED matchingworkflow schemamapping',
  'es': 'ALL_SUPPORTED domain',
  'events': 'ALL_SUPPORTED event-bus rule',
  'firehose': 'ALL_SUPPORTED deliverystream',
  'frauddetector': 'ALL_SUPPORTED detector detector-version model rule variable',
  'fsx': 'ALL_SUPPORTED backup file-system',
  'globalaccelerator': 'accelerator',
  'greengrass': 'ALL_SUPPORTED bulk connectorsdefinition coresdefinition devicesdefinition functionsdefinition loggersdefinition resourcesdefinition subscriptionsdefinition',
  'guardduty': 'detector detector/filter detector/ipset detector/threatintelset',
  'healthlake': 'ALL_SUPPORTED datastore',
  'iam': 'ALL_SUPPORTED instance-profile mfa oidc-provider policy saml-provider server-certificate',
  'inspector2': 'ALL_SUPPORTED filter',
  'internetmonitor': 'ALL_SUPPORTED monitor',
  'iotanalytics': 'ALL_SUPPORTED channel dataset datastore pipeline',
  'iotevents': 'ALL_SUPPORTED detectormodel input',
  'iotfleethub': 'ALL_SUPPORTED application',
  'iotsitewise': 'ALL_SUPPORTED asset asset-model',
  'kinesisanalytics': 'ALL_SUPPORTED application',
  'kms': 'ALL_SUPPORTED key',
  'lambda': 'ALL_SUPPORTED function',
  'logs': 'destination log-group',
  'mediastore': 'ALL_SUPPORTED container',
  'mq': 'ALL_SUPPORTED broker configuration',
  'network-firewall': 'ALL_SUPPORTED firewall firewall-policy stateful-rulegroup stateless-rulegroup',
  'oam': 'ALL_SUPPORTED link sink',
  'omics': 'ALL_SUPPORTED annotationstore annotationstore/version referencestore referencestore/reference run rungroup sequencestore sequencestore/readset variantstore workflow',
  'organizations': 'ALL_SUPPORTED account ou policy root',
  'pipes': 'ALL_SUPPORTED pipe',
  'ram': 'ALL_SUPPORTED resource-share',
  'rbin': 'ALL_SUPPORTED rule',
  'rds': 'ALL_SUPPORTED cluster-endpoint cluster-pg db-proxy db-proxy-endpoint es og pg ri secgrp subgrp target-group',
  'redshift': 'ALL_SUPPORTED cluster eventsubscription hsmclientcertificate hsmconfiguration parametergroup snapshot snapshotcopygrant snapshotschedule subnetgroup',
  'redshift-serverless': 'ALL_SUPPORTED namespace workgroup',
  'resource-groups': 'ALL_SUPPORTED group',
  'route53': 'ALL_SUPPORTED hostedzone',
  'route53resolver': 'ALL_SUPPORTED resolver-endpoint resolver-rule',
  's3': 'ALL_SUPPORTED bucket storage-lens storage-lens-group',
  'sagemaker': 'action app-image-config artifact context experiment flow-definition human-task-ui model-package model-package-group pipeline processing-job project training-job',
  'scheduler': 'ALL_SUPPORTED schedule-group',
  'secretsmanager': 'ALL_SUPPORTED secret',
  'securitylake': 'ALL_SUPPORTED data-lake subscriber',
  'servicecatalog': 'ALL_SUPPORTED applications attribute-groups',
  'sms-voice': 'ALL_SUPPORTED configuration-set opt-out-list phone-number pool sender-id',
  'sns': 'ALL_SUPPORTED topic',
  'sqs': 'ALL_SUPPORTED queue',
  'ssm': 'ALL_SUPPORTED association automation-execution document maintenancewindow managed-instance opsitem patchbaseline session',
  'ssm-contacts': 'ALL_SUPPORTED contact',
  'states': 'ALL_SUPPORTED activity statemachine',
  'storagegateway': 'gateway gateway/volume share tape',
  'textract': 'ALL_SUPPORTED adapters',
  'transfer': 'ALL_SUPPORTED server user workflow',
  'wellarchitected': 'ALL_SUPPORTED workload',
  'wickr': 'ALL_SUPPORTED network',
  'wisdom': 'ALL_SUPPORTED assistant association content knowledge-base session',
  'worklink': 'fleet',
  'workspaces': 'ALL_SUPPORTED connectionalias directory workspace workspacebundle workspaceimage workspaceipgroup',
};

const ALL = Object.entries(ENFORCEABLE).flatMap(([service, types]) => types.split(' ').map((type) => `${service}:${type}`));
const KNOWN: ReadonlySet<string> = new Set(ALL);

/** How many types of a service an error lists. */
const LISTED = 12;

/** Whether a tag policy can be enforced for it: `s3:bucket`, `ec2:ALL_SUPPORTED`. */
export function isEnforceable(type: string): boolean {
  return KNOWN.has(type);
}

/** Whether what a policy is enforced for (`ec2:instance`, `ec2:ALL_SUPPORTED`, formerly `ec2:*`) is a type, or stands for it. */
export function isEnforcedFor(entry: string, type: string): boolean {
  const [service, what] = entry.split(':');
  return entry === type || (['ALL_SUPPORTED', '*'].includes(what!) && type.startsWith(`${service}:`) && isEnforceable(type));
}

/** What to write in place of something that no tag policy can be enforced for. */
export function enforceableHint(type: string): string {
  const service = type.split(':')[0]!;
  const own = ALL.filter((one) => one.startsWith(`${service}:`));
  const near = nearest(type, own.length > 0 ? own : ALL);
  const meant = near === undefined ? '' : `did you mean ${near}? `;
  if (own.length === 0) return `${meant}Expected types like s3:bucket or ec2:ALL_SUPPORTED, of AWS's table as of 2026-11-23`;
  return `${meant}Of ${service} AWS enforces ${own.slice(0, LISTED).join(', ')}${own.length > LISTED ? ` and ${own.length - LISTED} more` : ''}`;
}
