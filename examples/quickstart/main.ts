import { join } from 'path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { LandingZone, OrganizationFile } from '../../src';

const app = new App();

const zone = new LandingZone(app, 'Acme', {
  organization: OrganizationFile.load(join(__dirname, 'organization.yaml')),
  trustedServices: ['cloudtrail.amazonaws.com', 'config.amazonaws.com'],
  delegatedAdministrators: [
    { service: 'guardduty.amazonaws.com', account: 'security' },
    { service: 'securityhub.amazonaws.com', account: 'security' },
  ],
});
zone.organization.settings.trustService('access-analyzer.amazonaws.com');

Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
