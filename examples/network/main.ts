import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { networkZone } from './zone';

const app = new App();
networkZone(app);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
