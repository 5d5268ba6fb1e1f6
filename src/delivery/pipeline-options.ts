/** How a repository is checked and deployed, whoever runs it. */
export interface PipelineOptions {
  /** Id of the organization whose accounts may be deployed to: `o-abcdefghij`. */
  readonly organizationId: string;
  /** Branch that is deployed. @default 'main' */
  readonly branch?: string;
  /** Installs what synthesis needs. @default 'npm ci' */
  readonly installCommand?: string;
  /** Synthesizes to `cdk.out`. @default 'npx cdk synth --quiet' */
  readonly synthCommand?: string;
  /** Version of Node.js. @default '22' */
  readonly nodeVersion?: string;
  /** Change that fails a pull request, as `landing-zone diff --fail-on` takes it: `newly-allowed`. @default - none; changes are shown */
  readonly failOn?: string;
  /** Waves that there are places for; more fail before anything is deployed. @default 12 */
  readonly maxWaves?: number;
  /** Qualifier of the CDK bootstrap stacks. @default 'hnb659fds' */
  readonly bootstrapQualifier?: string;
}
