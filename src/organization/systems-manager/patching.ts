import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnConfigRule } from 'aws-cdk-lib/aws-config';
import { CfnAssociation, CfnPatchBaseline, CfnResourceDataSync } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { PatchedSystem, PatchInstallation, PatchingOptions } from './systems-manager-options';

const USUAL = [PatchedSystem.AMAZON_LINUX_2, PatchedSystem.AMAZON_LINUX_2023, PatchedSystem.RED_HAT_ENTERPRISE_LINUX, PatchedSystem.WINDOWS];

/** AWS's document that looks for patches and installs them: https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-aws-runpatchbaseline.html (read 2026-11-23) */
const RUN = 'AWS-RunPatchBaseline';

const ALL_NODES = [{ key: 'InstanceIds', values: ['*'] }];

/** Default patch baselines, associations that look and install, and who hears of the state. */
export function patch(scope: Construct, { systems = USUAL, approveAfterDays = 7, scanSchedule, install, complianceRule, collectedIn }: PatchingOptions): void {
  const baselines = systems.map((system) => baselineOf(scope, system, approveAfterDays));
  // One node that fails says nothing of the others.
  const scan = new CfnAssociation(scope, 'Scan', {
    name: RUN, associationName: 'landing-zone-look-for-patches', targets: ALL_NODES, parameters: { Operation: ['Scan'] }, scheduleExpression: scanSchedule ?? 'cron(0 4 ? * * *)', complianceSeverity: 'HIGH',
    maxConcurrency: '100%', maxErrors: '100%',
  });
  for (const association of [scan, ...install ? [installation(scope, install)] : []]) for (const baseline of baselines) association.addResourceDependency(baseline);
  if (collectedIn) {
    const { bucketName, region: bucketRegion, keyArn: kmsKeyArn } = collectedIn;
    new CfnResourceDataSync(scope, 'State', { syncName: 'landing-zone-patch-state', syncType: 'SyncToDestination', s3Destination: { bucketName, bucketRegion, syncFormat: 'JsonSerDe', kmsKeyArn } });
  }
  if (complianceRule ?? false) {
    new CfnConfigRule(scope, 'ComplianceRule', {
      configRuleName: 'landing-zone-patches', description: 'Nodes have the patches that their baseline approves', source: { owner: 'AWS', sourceIdentifier: 'EC2_MANAGEDINSTANCE_PATCH_COMPLIANCE_STATUS_CHECK' },
    });
  }
}

/**
 * Security updates of every severity, some days after their release; AWS's baselines leave out those below Important. It stays when it is taken out: AWS deletes no baseline that is a default.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html (read 2026-11-23)
 */
function baselineOf(scope: Construct, system: PatchedSystem, approveAfterDays: number): CfnPatchBaseline {
  const baseline = new CfnPatchBaseline(scope, `${system.split('_').map((part) => part[0] + part.slice(1).toLowerCase()).join('')}Patches`, {
    name: `landing-zone-${system.toLowerCase().replace(/_/g, '-')}`,
    description: `Security updates, ${approveAfterDays} days after their release`,
    operatingSystem: system,
    defaultBaseline: true,
    approvalRules: {
      patchRules: [{
        approveAfterDays,
        complianceLevel: 'HIGH',
        patchFilterGroup: { patchFilters: [{ key: 'PRODUCT', values: ['*'] }, { key: 'CLASSIFICATION', values: system === PatchedSystem.WINDOWS ? ['CriticalUpdates', 'SecurityUpdates'] : ['Security'] }] },
      }],
    },
  });
  baseline.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return baseline;
}

function installation(scope: Construct, { schedule, tagKey, tagValues, withoutReboot, atOnce = '10%' }: PatchInstallation): CfnAssociation {
  return new CfnAssociation(scope, 'Install', {
    name: RUN,
    associationName: 'landing-zone-install-patches',
    targets: tagKey === undefined ? ALL_NODES : tagValues === undefined ? [{ key: 'tag-key', values: [tagKey] }] : [{ key: `tag:${tagKey}`, values: tagValues }],
    parameters: { Operation: ['Install'], RebootOption: [withoutReboot === undefined ? 'RebootIfNeeded' : 'NoReboot'] },
    scheduleExpression: schedule,
    // Not when the association is made or changed.
    applyOnlyAtCronInterval: true,
    complianceSeverity: 'HIGH',
    maxConcurrency: atOnce,
    maxErrors: atOnce,
  });
}
