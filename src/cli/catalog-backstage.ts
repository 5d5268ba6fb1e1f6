import { stringify } from 'yaml';
import { costOf, inShort } from './catalog-views';
import { CatalogPath } from '../model/golden-path-catalog';

const DOCS = 'https://github.com/cdk-landing-zone/cdk-landing-zone/blob/main/docs/paved-road';

/** What the form asks, by the names that a skeleton has them by. */
const FORM = {
  name: { title: 'Name', description: 'Of the product and its repository: small letters, digits and hyphens', pattern: '^[a-z][a-z0-9-]{1,38}[a-z0-9]$' },
  owner: { title: 'Owner', description: 'Team that answers for it: tag owner', pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
  costCenter: { title: 'Cost center', description: 'Who pays: tag cost-center', pattern: '^[A-Za-z0-9_.-]{1,63}$' },
  environment: { title: 'Environment', description: 'Tag environment: prod', pattern: '^[a-z0-9-]{1,63}$' },
};

/**
 * A software template of Backstage for each golden path, as one file of YAML. Each takes its repository from `./skeleton/<id>`, which `landing-zone init product skeleton/<id> --golden-path NAME --skeleton` writes.
 *
 * Format: https://backstage.io/docs/features/software-templates/writing-templates, actions: https://backstage.io/docs/features/software-templates/builtin-actions (read 2026-11-23).
 */
export function catalogBackstage(paths: readonly CatalogPath[]): string {
  return paths.map((path) => stringify(templateOf(path), { lineWidth: 0 })).join('---\n');
}

function templateOf(path: CatalogPath): object {
  const { name, id, cost, objectives, controls } = path;
  const input = (key: string) => `\${{ parameters.${key} }}`;
  const output = (step: string, key: string) => `\${{ steps['${step}'].output.${key} }}`;
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: {
      name: id,
      title: name,
      description: inShort(path),
      tags: ['aws', 'golden-path'],
      annotations: {
        'cdk-landing-zone/base-cost': `${costOf(path)} in ${cost.region}`,
        'cdk-landing-zone/objectives': objectives.map((one) => `${one.name} ${one.target} %`).join(', ') || 'none',
        'cdk-landing-zone/controls': controls.join(', ') || 'none',
      },
      links: [{ url: `${DOCS}/${id}.md`, title: 'What it is', icon: 'docs' }],
    },
    spec: {
      type: 'service',
      parameters: [
        { title: 'The product', required: Object.keys(FORM), properties: Object.fromEntries(Object.entries(FORM).map(([key, field]) => [key, { type: 'string', ...field }])) },
        { title: 'Its repository', required: ['repoUrl'], properties: { repoUrl: { 'title': 'Repository', 'type': 'string', 'ui:field': 'RepoUrlPicker', 'ui:options': { allowedHosts: ['github.com'] } } } },
      ],
      steps: [
        {
          id: 'fetch', name: 'Write the repository', action: 'fetch:template',
          // Expressions of GitHub Actions look like those of templates.
          input: { url: `./skeleton/${id}`, copyWithoutTemplating: ['.github/workflows/*'], values: Object.fromEntries(Object.keys(FORM).map((key) => [key, input(key)])) },
        },
        { id: 'publish', name: 'Publish', action: 'publish:github', input: { repoUrl: input('repoUrl'), description: `${input('name')}: ${name} on the paved road`, defaultBranch: 'main' } },
        { id: 'register', name: 'Register', action: 'catalog:register', input: { repoContentsUrl: output('publish', 'repoContentsUrl'), catalogInfoPath: '/catalog-info.yaml' } },
      ],
      output: { links: [{ title: 'Repository', url: output('publish', 'remoteUrl') }, { title: 'In the catalog', icon: 'catalog', entityRef: output('register', 'entityRef') }] },
    },
  };
}
