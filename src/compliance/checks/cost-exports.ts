import { CheckResult, Finding } from './check-result';
import { evaluate } from '../../analysis/evaluate';
import { AccountPolicies } from '../../analysis/policy-document';
import { AccessRequest } from '../../analysis/request';
import { validatePolicyDocument } from '../../analysis/validate-policy';
import { exportRegion } from '../../model/cost/export-region';
import { ExportFact } from '../../model/cost/read-exports';
import { OrganizationModel } from '../../model/organization-model';
import { partitionOf } from '../../model/partition';

/** Who delivers. https://docs.aws.amazon.com/cur/latest/userguide/dataexports-s3-bucket.html (read 2026-11-23) */
const SERVICE = 'bcm-data-exports.amazonaws.com';

/**
 * Each export is where AWS has exports, and is delivered: it names its bucket's Region and owner rightly, and the bucket's policy, its key's, and the organization's resource control policies let AWS
 * Data Exports write for this account. Buckets that the templates do not have are not looked at.
 */
export function costExports(exports: readonly ExportFact[], model?: OrganizationModel): CheckResult {
  const findings = exports.flatMap((one) => [...placed(one), ...named(one), ...delivered(one, model)]);
  const wrong = new Set(findings.flatMap(({ origins }) => origins));
  return {
    id: 'LZ.EXPORT',
    title: 'Exports of costs',
    proved: exports.filter(({ origin }) => !wrong.has(origin)).length,
    findings,
    summary: `${exports.length} exports, ${exports.filter(({ found }) => found !== undefined).length} to buckets of these templates`,
  };
}

function placed({ name, region, origin }: ExportFact): Finding[] {
  const expected = region === undefined ? undefined : exportRegion(region);
  return region === undefined || region === expected ? [] : [error(
    `export ${name} is in ${region}`, expected === undefined ? 'AWS has no exports in its partition.' : `AWS has exports in ${expected} alone: put it into a stack there. Its bucket may stay.`, origin,
  )];
}

function named({ name, account, bucket, bucketRegion, bucketOwner, found, origin }: ExportFact): Finding[] {
  if (!found) return [];
  return [
    ...(found.region !== undefined && bucketRegion !== undefined && found.region !== bucketRegion
      ? [error(`export ${name} says that its bucket is in ${bucketRegion}, and ${bucket} is in ${found.region}`, `Set S3Region to ${found.region}.`, origin)] : []),
    ...(found.account !== undefined && account !== undefined && (bucketOwner ?? account) !== found.account
      ? [error(`export ${name} says that account ${bucketOwner ?? account} owns its bucket, and ${found.account} does`, `Set S3BucketOwner to ${found.account}.`, origin)] : []),
  ];
}

function delivered({ name, account, region, bucket, found, origin }: ExportFact, model?: OrganizationModel): Finding[] {
  if (!found || account === undefined || region === undefined || bucket === undefined || found.account === undefined) return [];
  const partition = partitionOf(region);
  const arn = `arn:${partition}:s3:::${bucket}`;
  const node = model?.accounts.find(({ id }) => id === found.account);
  const policies = node && model ? model.policiesOf(node) : alone(found.account, partition);
  const context = {
    'aws:SourceAccount': account, 'aws:SourceArn': `arn:${partition}:bcm-data-exports:${region}:${account}:export/${name}-00000000-0000-0000-0000-000000000000`, 'aws:SourceOrgID': policies.organizationId,
    'aws:PrincipalIsAWSService': 'true', 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3', 'kms:EncryptionContext:aws:s3:arn': arn,
  };
  const ask = (what: string, action: string, resource: string, document: any): Finding[] => {
    const problems = document === undefined ? [] : validatePolicyDocument(document, what, 'resource').problems;
    const hint = `Let ${SERVICE} do ${action} for account ${account}.`;
    if (document === undefined) return [error(`export ${name} is not delivered: the bucket ${bucket} has no policy`, hint, origin)];
    if (problems.length > 0) return [{ ...error(`whether export ${name} is delivered is not known: ${what} has parts that only the deployment knows`, hint, origin), severity: 'warning' }];
    const request: AccessRequest = { action, principal: SERVICE, resource, context, resourcePolicy: { name: what, document } };
    const { decision, reasons, dependsOn } = evaluate(request, policies);
    if (decision === 'allowed') return [];
    const because = reasons.filter(({ effect }) => effect !== 'Allow').map(({ policy, statement, effect }) => (effect === 'NoAllow' ? `${what} does not allow it` : `${statement} of ${policy}`));
    return [error(
      decision === 'denied' ? `export ${name} is not delivered: ${SERVICE} may not do ${action} (${[...new Set(because)].join(', ')})` : `whether export ${name} is delivered depends on ${dependsOn.join(', ')}`,
      hint, origin,
    )];
  };
  return [
    ...ask('the bucket policy', 's3:PutObject', `${arn}/exports/file.parquet`, found.policy),
    ...(found.keyPolicy === undefined ? [] : ask('the key policy', 'kms:GenerateDataKey', `arn:${partition}:kms:${found.region ?? region}:${found.account}:key/00000000-0000-0000-0000-000000000000`, found.keyPolicy)),
  ];
}

/** An account that no organization policy reaches, for apps without an organization. */
function alone(id: string, partition: string): AccountPolicies {
  return { account: { id, name: id, isManagement: false }, partition, organizationId: 'o-0000000000', organizationPath: 'o-0000000000/r-0000/', serviceControl: [], resourceControl: [], unknown: [] };
}

function error(message: string, hint: string, origin: ExportFact['origin']): Finding {
  return { rule: 'LZ.EXPORT', severity: 'error', message, hint, origins: [origin] };
}
