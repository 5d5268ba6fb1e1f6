// Writes what examples of docstrings are compiled with: every name that the package exports, by what the compiler of jsii wrote down.
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';

const root = join(__dirname, '..');
const { types } = JSON.parse(readFileSync(join(root, '.jsii'), 'utf8')) as { readonly types: { readonly [fqn: string]: { readonly name: string } } };
const names = Object.values(types).map(({ name }) => name).sort();

mkdirSync(join(root, 'rosetta'), { recursive: true });
writeFileSync(join(root, 'rosetta', 'default.ts-fixture'), `import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { ${names.join(', ')} } from 'cdk-landing-zone';

declare const app: App;
declare const stack: Stack;
declare const bucket: Bucket;

{
  /// here
}
`);
