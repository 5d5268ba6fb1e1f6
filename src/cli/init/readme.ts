import type { Product } from './product-files';
import { inShort } from '../catalog-views';

/** README.md of a product: what is where, and what to do first. */
export function productReadme({ name, owner, path }: Product): string {
  return `# ${name}

${path.name} on the paved road, of ${owner}. ${inShort(path)}

| File | What it is |
|---|---|
| \`src/product.ts\` | what the product is: owner, cost center, environment, classification of its data, how soon it is back |
| \`src/service.ts\` | the stack |
| \`src/${path.id}.ts\` | the golden path: put your code in place of the sample's, and the address of your runbook |
| \`test/product.test.ts\` | what must hold |
| \`.github/workflows/check.yml\` | tests and checks each pull request |
| \`catalog-info.yaml\` | the entry for Backstage |
| \`.projenrc.ts\` | what package.json, tsconfig.json and cdk.json come from: change it, and run \`npx projen\` |

## First

\`\`\`sh
npm install                                      # writes package-lock.json: commit it
npm test
npx cdk synth --quiet
npx landing-zone check --assembly cdk.out        # controls, exceptions, findings of synthesis
npx landing-zone cost --assembly cdk.out         # what it costs a month while nobody uses it
\`\`\`

The dashboard, its objectives and its alarms are there from the first deployment. Alarms name the runbook \`https://runbooks.acme.example/${name}\`, which is an example: write yours.

## Deploying

\`npx cdk deploy\` with credentials of an account of the landing zone. Its parameters (\`/landing-zone/...\`: keys, bucket for access logs, network) have to be there: the platform team's \`zone.addEncryption()\` and \`zone.addPavedRoad()\` put them
there. One that is missing fails the deployment before it begins, by its name.

## Changing

A pull request shows what a change replaces. Data that would be lost fails it; where it is meant, say so: \`npx landing-zone check --assembly cdk.out --base DIR --replace STACK/LOGICAL_ID\`. Doing without a default takes a reason:
\`PavedRoad.optOut(bucket, { rule: 's3.versioning', reason: '...' })\`.
`;
}
