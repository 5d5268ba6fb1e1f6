import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnResource, NestedStack, PolicyValidationPluginReport, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnAccount, CfnOrganization, CfnOrganizationalUnit, CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { EXEMPT, PLATFORM, TRAIL, TRAIL_STATEMENT } from './checks/organizations';
import { Controls, LandingZone, LandingZoneValidation, RegionStandard } from '../../src';

const KEY = 'cdk-landing-zone';

/** A small organization of L1 constructs, with the metadata that our own constructs write. */
class Sketch {
  public readonly app = new App({ outdir: mkdtempSync(join(tmpdir(), 'validation-')), analyticsReporting: false });
  public readonly stack = new Stack(this.app, 'Acme', { env: { account: '999999999999', region: 'eu-west-1' } });
  public readonly organization = new CfnOrganization(this.stack, 'Organization');
  public readonly prod = this.unit('Prod', this.organization.attrRootId);
  public readonly web = this.account('web', '111111111111', false);
  public guard = this.policy('guard', [TRAIL_STATEMENT], [this.organization.attrRootId], { controls: [TRAIL.id] });
  public report: PolicyValidationPluginReport | undefined;

  public constructor(note: object = {}) {
    this.stack.templateOptions.metadata = {
      [KEY]: {
        version: 1,
        organization: {
          id: 'o-abcdefghij', rootId: 'r-ab12', homeRegion: 'eu-west-1', allowedRegions: ['eu-west-1'],
          managementAccount: { key: 'management', name: 'management', email: 'm@acme.example', id: '999999999999', isPlaceholder: false, tags: {} },
          platform: PLATFORM, quotas: {}, controls: [TRAIL], controlTower: false, ...note,
        },
      },
    };
  }

  public unit(key: string, parentId: string, id = 'ou-ab12-12345678') {
    const unit = new CfnOrganizationalUnit(this.stack, `Unit${key}`, { name: key, parentId });
    unit.addMetadata(KEY, { kind: 'unit', key, path: `Root/${key}`, id, controlSets: [] });
    return unit;
  }

  public account(key: string, id: string, isPlaceholder: boolean) {
    const account = new CfnAccount(this.stack, `Account${key}`, { accountName: key, email: `${key}@acme.example`, parentIds: [this.prod.ref] });
    account.addMetadata(KEY, { kind: 'account', key, id, isPlaceholder });
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return account;
  }

  public policy(name: string, statements: readonly object[], targetIds: string[], mark: object = {}) {
    const policy = new CfnPolicy(this.stack, `Policy${name}`, { name, type: 'SERVICE_CONTROL_POLICY', content: { Version: '2012-10-17', Statement: statements }, targetIds });
    policy.addMetadata(KEY, { kind: 'policy', controls: [], ...mark });
    return policy;
  }

  /** Synthesizes with the plugin beside a listener, so that a violation is a report and no exception. */
  public validate() {
    const plugin = new LandingZoneValidation();
    Validations.of(this.app).addPlugins({
      name: 'listener',
      validate: (context) => {
        this.report = plugin.validate(context);
        return { success: true, violations: [] };
      },
    });
    this.app.synth();
    return this.report!;
  }
}

const silence = () => jest.spyOn(console, 'error').mockImplementation(() => {});

test('a whole organization passes', () => {
  expect(new Sketch().validate()).toEqual({ success: true, violations: [] });
});

test('the plugin has a name', () => {
  expect(new LandingZoneValidation().name).toBe('LandingZone proofs');
});

describe('each fault is caught', () => {
  test('over quota: too many on a target', () => {
    const sketch = new Sketch();
    for (let index = 0; index < 10; index++) sketch.policy(`p${index}`, [{ Effect: 'Deny', Action: 's3:*', Resource: `arn:aws:s3:::bucket-${index}` }], [sketch.prod.ref]);
    const { success, violations } = sketch.validate();
    expect(success).toBe(false);
    expect(violations).toMatchObject([{
      ruleName: 'LZ.QUOTA', severity: 'error', fix: 'Merge policies, or attach some to a unit above or below: inherited ones do not count.',
      description: 'Root/Prod would carry 11 SCPs, AWS allows 10 (FullAWSAccess takes one)\nattached: p0, p1, p2, p3, p4, p5, p6, p7, p8, p9',
    }]);
    expect(violations[0]!.violatingResources).toHaveLength(10);
    expect(violations[0]!.violatingResources[0]).toEqual({ resourceLogicalId: 'Policyp0', templatePath: join(sketch.app.outdir, 'Acme.template.json'), locations: [] });
  });

  test('over quota: a document too large', () => {
    const sketch = new Sketch();
    sketch.policy('large', [{ Effect: 'Deny', Action: 's3:*', Resource: `arn:aws:s3:::${'x'.repeat(10_200)}` }], [sketch.prod.ref]);
    const { success, violations } = sketch.validate();
    expect(success).toBe(false);
    expect(violations).toMatchObject([{
      ruleName: 'LZ.QUOTA', description: 'SCP large has 10,299 bytes minified, AWS allows 10,240: 59 too many', violatingResources: [{ resourceLogicalId: 'Policylarge' }],
    }]);
  });

  test('locked out', () => {
    const sketch = new Sketch();
    sketch.policy('closed', [{ Sid: 'Closed', Effect: 'Deny', Action: 'iam:*', Resource: '*' }], [sketch.prod.ref]);
    const { success, violations } = sketch.validate();
    expect(success).toBe(false);
    expect(violations).toMatchObject([{
      ruleName: 'LZ.LOCKOUT', violatingResources: [{ resourceLogicalId: 'Policyclosed' }],
      description: 'The platform would be locked out: CDK bootstrap roles (role/cdk-hnb659fds-*) is denied iam:CreateRole in web, because of statement Closed of policy closed at Root/Prod',
      fix: 'Exempt the platform principals: ArnNotLike aws:PrincipalArn, with the patterns of PlatformPrincipals.',
    }]);
  });

  test('locked out of a unit without accounts', () => {
    const sketch = new Sketch();
    const empty = sketch.unit('Empty', sketch.organization.attrRootId, 'ou-ab12-87654321');
    sketch.policy('closed', [{ Sid: 'Closed', Effect: 'Deny', Action: 'iam:*', Resource: '*' }], [empty.ref]);
    expect(sketch.validate().violations).toMatchObject([{ ruleName: 'LZ.LOCKOUT', description: expect.stringContaining('is denied iam:CreateRole in an account in Root/Empty') }]);
  });

  test('a control whose statement is gone', () => {
    const sketch = new Sketch();
    sketch.guard.content = { Version: '2012-10-17', Statement: [{ ...TRAIL_STATEMENT, Action: 'cloudtrail:DeleteTrail' }] };
    const { success, violations } = sketch.validate();
    expect(success).toBe(false);
    expect(violations).toMatchObject([{ ruleName: 'LZ.TRAIL.1', description: expect.stringContaining('cloudtrail:StopLogging by role/any must be denied, but is allowed') }]);
  });

  test('a control whose policy is attached no more', () => {
    const sketch = new Sketch();
    sketch.guard.targetIds = undefined;
    expect(sketch.validate().violations).toMatchObject([{
      ruleName: 'LZ.TRAIL.1', description: 'The trail cannot be stopped: enabled, but its policies are attached to no unit or account of the organization',
    }]);
  });

  test('a document that the deployment decides', () => {
    const sketch = new Sketch();
    const bucket = new CfnResource(sketch.stack, 'Bucket', { type: 'AWS::S3::Bucket' });
    sketch.policy('open', [{ Effect: 'Deny', Action: 's3:*', Resource: bucket.getAtt('Arn') }], [sketch.prod.ref]);
    const { success, violations } = sketch.validate();
    expect(success).toBe(false);
    expect(violations).toMatchObject([
      { ruleName: 'LZ.LOCKOUT', description: expect.stringContaining('web is not known, because of what is not: open: Statement[0].Resource: Fn::GetAtt Bucket.Arn in stack Acme') },
      { ruleName: 'LZ.QUOTA', severity: 'warning' },
    ]);
  });

  test('a broken tree', () => {
    const sketch = new Sketch();
    const bucket = new CfnResource(sketch.stack, 'Bucket', { type: 'AWS::S3::Bucket' });
    sketch.prod.parentId = bucket.ref;
    const { success, violations } = sketch.validate();
    expect(success).toBe(false);
    expect(violations[0]).toMatchObject({
      ruleName: 'LZ.TREE', severity: 'error', description: 'the parent of unit Prod is Ref Bucket in stack Acme, of type AWS::S3::Bucket',
      fix: 'Expected the root or a unit: a Ref to one, the RootId of the organization, or an id.', violatingResources: [{ resourceLogicalId: 'UnitProd' }],
    });
  });

  test('an address used twice', () => {
    const sketch = new Sketch();
    sketch.account('data', '222222222222', false).email = 'Web@acme.example';
    expect(sketch.validate()).toMatchObject({ success: false, violations: [{ ruleName: 'LZ.TREE', description: 'e-mail Web@acme.example of account data is used by web already' }] });
  });

  test('a lock file that lacks an account is a warning, which fails nothing', () => {
    const sketch = new Sketch();
    sketch.account('data', '000123456789', true);
    expect(sketch.validate()).toMatchObject({
      success: true,
      violations: [{
        ruleName: 'LZ.LOCK', severity: 'warning', description: 'organization.lock.json lacks data: stacks in this account refuse deployment',
        fix: expect.stringContaining('npx landing-zone pull'), violatingResources: [{ resourceLogicalId: 'Accountdata' }],
      }],
    });
  });

  test('a template that cannot be read is a violation, not an exception', () => {
    const templatePath = join(mkdtempSync(join(tmpdir(), 'validation-')), 'Acme.template.json');
    writeFileSync(templatePath, '{ "Resources": ');
    const { success, violations } = new LandingZoneValidation().validate({
      stackTemplates: [{ stackConstructPath: 'Acme', templatePath, accountId: undefined, region: undefined }], templatePaths: [templatePath], appConstruct: new App(),
    });
    expect(success).toBe(false);
    expect(violations).toMatchObject([{ ruleName: 'LZ.INTERNAL', severity: 'fatal', description: expect.stringMatching(/^The checks could not be run: .*Acme\.template\.json {2}the template is not JSON/) }]);
  });
});

test('an app without an organization has nothing to check', () => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'validation-')) });
  new CfnResource(new Stack(app, 'Other'), 'Topic', { type: 'AWS::SNS::Topic' });
  Validations.of(app).addPlugins(new LandingZoneValidation());
  expect(() => app.synth()).not.toThrow();
});

describe('in an app', () => {
  test('an error fails synthesis, with the message and the construct', () => {
    const printed = silence();
    const sketch = new Sketch();
    const nested = new NestedStack(sketch.stack, 'More');
    new CfnPolicy(nested, 'Closed', {
      name: 'closed', type: 'SERVICE_CONTROL_POLICY', targetIds: [sketch.prod.ref],
      content: { Version: '2012-10-17', Statement: [{ Sid: 'Closed', Effect: 'Deny', Action: 'iam:*', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: EXEMPT }] },
    });
    Validations.of(sketch.app).addPlugins(new LandingZoneValidation());
    expect(() => sketch.app.synth()).toThrow('The platform would be locked out: CDK bootstrap roles (role/cdk-hnb659fds-*) is denied iam:CreateRole in web');
    const report = JSON.parse(readFileSync(join(sketch.app.outdir, 'validation-report.json'), 'utf8'));
    const [own] = report.pluginReports.filter(({ pluginName }: any) => pluginName === 'LandingZone proofs');
    expect(own.violations).toMatchObject([{ ruleName: 'LZ.LOCKOUT', violatingConstructs: [{ constructPath: 'Acme/More/Closed' }] }]);
    printed.mockRestore();
  });

  test('a landing zone brings the plugin', () => {
    const printed = silence();
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'validation-')), analyticsReporting: false });
    const zone = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1'] }), accountEmail: 'aws+{account}@acme.example' });
    zone.enable('Sandbox', Controls.byId('LZ.S3.1')!);
    const closed = new CfnPolicy(zone.organizationStack, 'Closed', {
      name: 'closed', type: 'SERVICE_CONTROL_POLICY', targetIds: [zone.unit('Sandbox').targetId],
      content: { Version: '2012-10-17', Statement: [{ Sid: 'Closed', Effect: 'Deny', Action: 'iam:CreateRole', Resource: '*' }] },
    });
    expect(() => app.synth()).toThrow(/CDK bootstrap roles .* is denied iam:CreateRole in an account in Root\/Sandbox, .*; it stops 4 more platform principals/);
    closed.targetIds = [];
    expect(() => app.synth({ force: true })).not.toThrow();
    printed.mockRestore();
  });
});
