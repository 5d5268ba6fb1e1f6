import { readdirSync } from 'fs';
import { join } from 'path';
import { ManagedRuleIdentifiers } from 'aws-cdk-lib/aws-config';
import { isControlTowerControl } from './control-tower-controls';
import { isResourceControl, statementsOf, VALUES } from './zone-values';
import { validatePolicyDocument } from '../../../src/analysis/validate-policy';
import { Control } from '../../../src/controls/control';
import { ControlSet } from '../../../src/controls/control-set';
import { Controls } from '../../../src/controls/controls';
import { Framework } from '../../../src/controls/framework';
import { planGuardrails } from '../../../src/controls/guardrail-plan';
import { policyType } from '../../../src/model/policy-types';

const ids = (controls: Control[]) => controls.map(({ id }) => id);

/** One line a control, so that two people can append: what stands here keeps its place, a new control goes to the end. */
const CATALOGUE = [
  'LZ.ORG.1',
  'LZ.ROOT.1',
  'LZ.REGION.1',
  'LZ.TRAIL.1',
  'LZ.CONFIG.1',
  'LZ.SECURITY.1',
  'LZ.IAM.1',
  'LZ.IAM.2',
  'LZ.EC2.1',
  'LZ.EBS.1',
  'LZ.S3.1',
  'LZ.VPC.1',
  'LZ.BILLING.1',
  'LZ.RAM.1',
  'LZ.QUARANTINE.1',
  'LZ.RDS.1',
  'LZ.RDS.2',
  'LZ.EFS.1',
  'LZ.ELASTICACHE.1',
  'LZ.S3.2',
  'LZ.KMS.1',
  'LZ.KMS.2',
  'LZ.KMS.3',
  'LZ.ELB.1',
  'LZ.LAMBDA.1',
  'LZ.IAM.3',
  'LZ.IAM.4',
  'LZ.IAM.5',
  'LZ.IAM.6',
  'LZ.IAM.7',
  'LZ.IAM.8',
  'LZ.IAM.9',
  'LZ.IAM.10',
  'LZ.IAM.11',
  'LZ.ROOT.2',
  'LZ.ROOT.3',
  'LZ.PERIMETER.1',
  'LZ.PERIMETER.2',
  'LZ.PERIMETER.3',
  'LZ.PERIMETER.4',
  'LZ.PERIMETER.5',
  'LZ.PERIMETER.6',
  'LZ.PERIMETER.7',
  'LZ.PERIMETER.8',
  'LZ.TRAIL.2',
  'LZ.CONFIG.2',
  'LZ.SECURITY.2',
  'LZ.LOGS.1',
  'LZ.LOGS.2',
  'LZ.LOGS.3',
  'LZ.PLATFORM.1',
  'LZ.PLATFORM.2',
  'LZ.PLATFORM.3',
  'LZ.EC2.2',
  'LZ.EC2.3',
  'LZ.EC2.4',
  'LZ.RDS.3',
  'LZ.SSM.1',
  'LZ.EMR.1',
  'LZ.ECR.1',
  'LZ.MSK.1',
  'LZ.EKS.1',
  'LZ.SAGEMAKER.1',
  'LZ.SECRETSMANAGER.1',
  'LZ.SNS.1',
  'LZ.AI.1',
  'LZ.SECURITYHUB.1',
  'LZ.INSPECTOR.1',
  'LZ.BACKUP.1',
  'LZ.BACKUP.2',
  'LZ.BILLING.2',
  'LZ.COST.1',
  'LZ.SANDBOX.1',
  'LZ.NETWORK.1',
  'LZ.NETWORK.2',
  'LZ.NETWORK.3',
  'LZ.NETWORK.4',
  'LZ.VPC.2',
  'LZ.RAM.2',
  'LZ.DNS.1',
  'LZ.DNS.2',
  'LZ.REGION.2',
  'LZ.SERVICE.1',
  'LZ.ACCOUNT.1',
  'LZ.COST.2',
  'LZ.EC2.5',
  'LZ.EC2.6',
  'LZ.TAG.1',
  'LZ.TAG.2',
  'LZ.TAG.3',
  'LZ.BACKUP.3',
  'LZ.VPC.3',
  'LZ.VPC.4',
  'LZ.VPC.5',
  'LZ.VPC.6',
  'LZ.VPC.7',
  'LZ.NETWORK.5',
  'LZ.NETWORK.6',
  'LZ.NETWORK.7',
  'LZ.LOGS.4',
  'LZ.IAM.12',
  'LZ.IAM.13',
  'LZ.COST.3',
  'LZ.COST.4',
  'LZ.COST.5',
  'LZ.S3.3',
];

/** Likewise for each set. */
const SETS: { readonly [name: string]: readonly string[] } = {
  foundational: [
    'LZ.ORG.1',
    'LZ.ROOT.1',
    'LZ.REGION.1',
    'LZ.TRAIL.1',
    'LZ.CONFIG.1',
    'LZ.SECURITY.1',
    'LZ.IAM.2',
    'LZ.RAM.1',
    'LZ.BILLING.1',
    'LZ.IAM.6',
    'LZ.IAM.7',
    'LZ.IAM.11',
    'LZ.ROOT.2',
    'LZ.PERIMETER.8',
    'LZ.TRAIL.2',
    'LZ.CONFIG.2',
    'LZ.LOGS.1',
    'LZ.LOGS.3',
    'LZ.PLATFORM.1',
    'LZ.PLATFORM.2',
    'LZ.PLATFORM.3',
    'LZ.EC2.2',
    'LZ.EC2.3',
    'LZ.SSM.1',
    'LZ.AI.1',
    'LZ.BILLING.2',
    'LZ.REGION.2',
    'LZ.ACCOUNT.1',
  ],
  workload: [
    'LZ.IAM.1',
    'LZ.EC2.1',
    'LZ.EBS.1',
    'LZ.S3.1',
    'LZ.VPC.1',
    'LZ.RDS.1',
    'LZ.RDS.2',
    'LZ.EFS.1',
    'LZ.S3.2',
    'LZ.KMS.1',
    'LZ.KMS.2',
    'LZ.KMS.3',
    'LZ.LAMBDA.1',
    'LZ.IAM.3',
    'LZ.IAM.4',
    'LZ.IAM.5',
    'LZ.IAM.8',
    'LZ.PERIMETER.2',
    'LZ.PERIMETER.3',
    'LZ.PERIMETER.7',
    'LZ.SECURITY.2',
    'LZ.LOGS.2',
    'LZ.EMR.1',
    'LZ.ECR.1',
    'LZ.MSK.1',
    'LZ.SECRETSMANAGER.1',
    'LZ.SNS.1',
    'LZ.BACKUP.1',
    'LZ.BACKUP.2',
    'LZ.NETWORK.2',
    'LZ.NETWORK.3',
    'LZ.RAM.2',
    'LZ.DNS.1',
    'LZ.DNS.2',
  ],
  sandbox: [
    'LZ.IAM.1',
    'LZ.EC2.1',
    'LZ.S3.1',
    'LZ.RDS.2',
    'LZ.LAMBDA.1',
    'LZ.IAM.8',
    'LZ.PERIMETER.3',
    'LZ.PERIMETER.7',
    'LZ.EMR.1',
    'LZ.ECR.1',
    'LZ.COST.1',
    'LZ.SANDBOX.1',
    'LZ.COST.2',
  ],
  regulated: [
    'LZ.ROOT.1',
    'LZ.REGION.1',
    'LZ.TRAIL.1',
    'LZ.CONFIG.1',
    'LZ.SECURITY.1',
    'LZ.IAM.2',
    'LZ.RAM.1',
    'LZ.IAM.1',
    'LZ.EC2.1',
    'LZ.EBS.1',
    'LZ.S3.1',
    'LZ.VPC.1',
    'LZ.RDS.1',
    'LZ.RDS.2',
    'LZ.EFS.1',
    'LZ.ELASTICACHE.1',
    'LZ.S3.2',
    'LZ.KMS.1',
    'LZ.KMS.2',
    'LZ.KMS.3',
    'LZ.ELB.1',
    'LZ.LAMBDA.1',
    'LZ.IAM.3',
    'LZ.IAM.4',
    'LZ.IAM.5',
    'LZ.IAM.6',
    'LZ.IAM.7',
    'LZ.IAM.8',
    'LZ.IAM.9',
    'LZ.IAM.11',
    'LZ.ROOT.2',
    'LZ.ROOT.3',
    'LZ.PERIMETER.1',
    'LZ.PERIMETER.2',
    'LZ.PERIMETER.3',
    'LZ.PERIMETER.5',
    'LZ.PERIMETER.7',
    'LZ.PERIMETER.8',
    'LZ.TRAIL.2',
    'LZ.CONFIG.2',
    'LZ.SECURITY.2',
    'LZ.LOGS.1',
    'LZ.LOGS.2',
    'LZ.LOGS.3',
    'LZ.PLATFORM.1',
    'LZ.PLATFORM.2',
    'LZ.PLATFORM.3',
    'LZ.EC2.2',
    'LZ.EC2.3',
    'LZ.EC2.4',
    'LZ.RDS.3',
    'LZ.SSM.1',
    'LZ.EMR.1',
    'LZ.ECR.1',
    'LZ.MSK.1',
    'LZ.EKS.1',
    'LZ.SAGEMAKER.1',
    'LZ.SECRETSMANAGER.1',
    'LZ.SNS.1',
    'LZ.AI.1',
    'LZ.BACKUP.1',
    'LZ.BACKUP.2',
    'LZ.NETWORK.1',
    'LZ.NETWORK.2',
    'LZ.NETWORK.3',
    'LZ.NETWORK.4',
    'LZ.VPC.2',
    'LZ.RAM.2',
    'LZ.DNS.1',
    'LZ.DNS.2',
    'LZ.REGION.2',
    'LZ.SERVICE.1',
    'LZ.ACCOUNT.1',
  ],
  quarantine: [
    'LZ.QUARANTINE.1',
  ],
};

/** Nothing further down the tree changes it; AWS's child control operator. */
const LOCKED = { '@@operators_allowed_for_child_policies': ['@@none'] };

/** Management policies of the catalogue; one line each, in the order of the catalogue. */
const MANAGEMENT: ReadonlyArray<readonly [string, string, object]> = [
  ['LZ.EC2.1', 'DECLARATIVE_POLICY_EC2', { ec2_attributes: { instance_metadata_defaults: { http_tokens: { '@@assign': 'required' } } } }],
  ['LZ.S3.1', 'S3_POLICY', { s3_attributes: { public_access_block_configuration: { '@@assign': 'all' } } }],
  ['LZ.EC2.2', 'DECLARATIVE_POLICY_EC2', { ec2_attributes: { snapshot_block_public_access: { state: { '@@assign': 'block_all_sharing', ...LOCKED } } } }],
  ['LZ.EC2.3', 'DECLARATIVE_POLICY_EC2', { ec2_attributes: { image_block_public_access: { state: { '@@assign': 'block_new_sharing', ...LOCKED } } } }],
  ['LZ.EC2.4', 'DECLARATIVE_POLICY_EC2', { ec2_attributes: { serial_console_access: { status: { '@@assign': 'disabled', ...LOCKED } } } }],
  ['LZ.AI.1', 'AISERVICES_OPT_OUT_POLICY', { services: { ...LOCKED, default: { ...LOCKED, opt_out_policy: { '@@assign': 'optOut', ...LOCKED } } } }],
  ['LZ.SECURITYHUB.1', 'SECURITYHUB_POLICY', {
    securityhub: { enable_in_regions: { '@@assign': ['${zone:AllowedRegions}'], ...LOCKED }, disable_in_regions: { '@@assign': [], ...LOCKED } },
  }],
  ['LZ.INSPECTOR.1', 'INSPECTOR_POLICY', {
    inspector: {
      enablement: {
        ec2_scanning: { enable_in_regions: { '@@assign': ['${zone:AllowedRegions}'], ...LOCKED } },
        ecr_scanning: { enable_in_regions: { '@@assign': ['${zone:AllowedRegions}'], ...LOCKED } },
        lambda_standard_scanning: { enable_in_regions: { '@@assign': ['${zone:AllowedRegions}'], ...LOCKED } },
      },
    },
  }],
  ['LZ.EC2.5', 'DECLARATIVE_POLICY_EC2', {
    ec2_attributes: {
      allowed_images_settings: {
        state: { '@@assign': 'enabled', ...LOCKED },
        image_criteria: { ...LOCKED, criteria_1: { ...LOCKED, allowed_image_providers: { '@@assign': ['amazon'], ...LOCKED } } },
      },
    },
  }],
  ['LZ.EC2.6', 'DECLARATIVE_POLICY_EC2', {
    ec2_attributes: {
      vpc_block_public_access: {
        internet_gateway_block: { mode: { '@@assign': 'block_ingress', ...LOCKED }, exclusions_allowed: { '@@assign': 'disabled', ...LOCKED } },
      },
    },
  }],
  ['LZ.TAG.3', 'TAG_POLICY', {
    tags: Object.fromEntries(['owner', 'cost-center', 'environment'].map((key) => [key, {
      tag_key: { '@@assign': key, ...LOCKED },
      report_required_tag_for: { '@@assign': ['dynamodb:table', 'ec2:instance', 'ec2:volume', 'lambda:function', 'rds:db', 's3:bucket'] },
    }])),
  }],
  ['LZ.BACKUP.3', 'BACKUP_POLICY', {
    plans: {
      '@@operators_allowed_for_child_policies': ['@@append'],
      'LandingZone': {
        ...LOCKED,
        regions: { '@@assign': ['${zone:AllowedRegions}'], ...LOCKED },
        rules: {
          ...LOCKED,
          Scheduled: {
            ...LOCKED,
            schedule_expression: { '@@assign': 'cron(0 3 ? * * *)', ...LOCKED },
            start_backup_window_minutes: { '@@assign': '60', ...LOCKED },
            target_backup_vault_name: { '@@assign': 'Default', ...LOCKED },
            lifecycle: { ...LOCKED, delete_after_days: { '@@assign': '35', ...LOCKED } },
          },
        },
        selections: {
          ...LOCKED,
          tags: {
            ...LOCKED,
            Tagged: {
              ...LOCKED,
              iam_role_arn: { '@@assign': 'arn:${zone:Partition}:iam::$account:role/service-role/AWSBackupDefaultServiceRole', ...LOCKED },
              tag_key: { '@@assign': 'backup', ...LOCKED },
              tag_value: { '@@assign': ['daily'], ...LOCKED },
            },
          },
        },
      },
    },
  }],
];

test('the catalogue, in the order that is a promise', () => {
  expect(ids(Controls.all())).toEqual(CATALOGUE);
  expect(new Set(CATALOGUE).size).toBe(CATALOGUE.length);
  expect(new Set(Controls.all().map(({ title }) => title)).size).toBe(CATALOGUE.length);
});

test('one control a file, and one factory a control', () => {
  const files = readdirSync(join(__dirname, '../../../src/controls/catalog'));
  const built = files.map((file) => {
    const exported = Object.entries(jest.requireActual(`../../../src/controls/catalog/${file}`));
    expect(exported).toHaveLength(1);
    const [name, build] = exported[0] as [string, () => Control];
    expect(file).toBe(`${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`);
    expect((Controls as any)[name]().id).toBe(build().id);
    return build().id;
  });
  expect(built.sort()).toEqual(ids(Controls.all()).sort());
});

test('what the organization sets by management policies, in AWS\'s syntax', () => {
  const management = Controls.all().flatMap((control) => control.preventive.filter(({ content }) => content !== undefined)
    .map(({ policyType: type, content }) => [control.id, type, content]));
  expect(management).toEqual(MANAGEMENT);
});

test('a control is found by its id', () => {
  for (const { id } of Controls.all()) expect(Controls.byId(id)?.id).toBe(id);
  expect(Controls.byId('LZ.S3.99')).toBeUndefined();
});

test.each(Object.entries(SETS))('the set %s, in the order that is a promise', (name, expected) => {
  const set = ControlSet.byName(name)!;
  expect(ids(set.controls)).toEqual(expected);
  expect([set.name, set.groupName]).toEqual([name, name]);
  expect(ids((ControlSet as any)[name]().controls)).toEqual(expected);
});

test('sets by name', () => {
  expect(ControlSet.names()).toEqual(Object.keys(SETS));
  expect(ControlSet.byName('foundation')).toBeUndefined();
});

/** Policies of each type that a set may take on one target. */
const ROOM: { readonly [type: string]: number } = {
  // 10, of which FullAWSAccess takes one and AWS Control Tower up to three.
  SERVICE_CONTROL_POLICY: 6,
  // 5, of which RCPFullAWSAccess takes one.
  RESOURCE_CONTROL_POLICY: 4,
};

test.each(ControlSet.names())('the set %s fits on one target with room for others', (name) => {
  const set = ControlSet.byName(name)!;
  const plan = planGuardrails([{ targetPath: 'Root', group: set.groupName, controls: set.controls }], VALUES);
  expect(plan.problems).toEqual([]);
  for (const type of new Set(plan.policies.map((policy) => policy.type))) {
    expect([type, plan.policies.filter((policy) => policy.type === type).length <= (ROOM[type] ?? policyType(type)!.maxPerTarget)]).toEqual([type, true]);
  }
  for (const policy of plan.policies) expect(policy.bytes).toBeLessThanOrEqual(policyType(policy.type)!.maxBytes);
});

test('AWS Control Tower\'s ids: a misspelt one and one that AWS left out would be seen', () => {
  expect(['AWS-GR_REGION_DENY', 'CT.S3.PV.4', 'CT.EC2.PR.20'].filter(isControlTowerControl)).toHaveLength(3);
  expect(['AWS-GR_REGION_DENIED', 'CT.S3.PV.99', 'CT.EC2.PR.21', 'CT.LAMBDA.PR.1', 'CT.NONE.PR.1', 'LZ.S3.1'].filter(isControlTowerControl)).toEqual([]);
});

describe.each(Controls.all().map((control) => [control.id, control] as const))('%s', (_, control) => {
  const requirement = new Map<Framework, RegExp>([
    [Framework.CIS_AWS, /^[1-5](\.\d{1,2}){1,2}$/],
    [Framework.NIST_800_53, /^[A-Z]{2}-\d{1,2}(\(\d{1,2}\))?$/],
    [Framework.PCI_DSS, /^(1[0-2]|[1-9])(\.\d{1,2}){2}(\.\d)?$/],
    [Framework.ISO_27001, /^A\.[5-8]\.\d{1,2}$/],
    [Framework.SOC_2, /^CC[1-9]\.\d$/],
  ]);

  test('maps to NIST 800-53, ISO 27001 and SOC 2, and to the others where they have such a requirement; each once, by its number', () => {
    const frameworks = control.frameworks.map(({ framework }) => framework);
    expect(new Set(frameworks).size).toBe(frameworks.length);
    expect(frameworks).toEqual(expect.arrayContaining([Framework.NIST_800_53, Framework.ISO_27001, Framework.SOC_2]));
    for (const { framework, requirements } of control.frameworks) {
      expect(requirements).not.toEqual([]);
      expect(new Set(requirements).size).toBe(requirements.length);
      for (const number of requirements) expect(number).toMatch(requirement.get(framework)!);
    }
  });

  test('says why in sentences, and where its facts come from with the date', () => {
    expect(control.title).toMatch(/^[A-Z].{10,70}[^.]$/);
    expect(control.description).toMatch(/^[A-Z].{80,}\.$/);
    expect(control.sources.some((source) => /^https:\/\/\S+ \(.*read \d{4}-\d{2}-\d{2}\)$/.test(source))).toBe(true);
    for (const source of control.sources) expect(source).toMatch(/read \d{4}-\d{2}-\d{2}\)$|by the text of the requirement$/);
  });

  test('is a policy that AWS takes', () => {
    const service = statementsOf(control).filter((statement) => !isResourceControl(statement));
    const resource = statementsOf(control).filter(isResourceControl);
    for (const [kind, statements] of [['service-control', service], ['resource-control', resource]] as const) {
      if (statements.length > 0) expect(validatePolicyDocument({ Version: '2012-10-17', Statement: statements }, control.id, kind).problems).toEqual([]);
    }
  });

  test('is reported by rules and controls that AWS has', () => {
    for (const { service, identifier } of control.detective) {
      if (service === 'AWS Config') expect(Object.values(ManagedRuleIdentifiers)).toContain(identifier);
      else expect(identifier).toMatch(/^[A-Z][A-Za-z0-9]+\.[1-9]\d*$/);
    }
  });

  test('names controls that AWS Control Tower has, each once', () => {
    expect(control.controlTower.filter((id) => !isControlTowerControl(id))).toEqual([]);
    expect(new Set(control.controlTower).size).toBe(control.controlTower.length);
  });

  test('names no action twice', () => {
    for (const { Action, NotAction } of statementsOf(control)) {
      const actions = [Action ?? NotAction!].flat();
      expect(new Set(actions).size).toBe(actions.length);
    }
  });
});
