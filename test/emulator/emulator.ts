import { ChildProcess, execFileSync, spawn } from 'child_process';
import { createServer } from 'net';
import { tmpdir } from 'os';
import * as path from 'path';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { RAMClient } from '@aws-sdk/client-ram';
import { ensureSpecification } from './specification';

const ROOT = path.join(__dirname, '..', '..');
const REGION = 'us-east-1';

/** Credentials moto does not know belong to this account. */
export const MANAGEMENT_ACCOUNT = '123456789012';

/** A deployed resource as the emulator recorded it. */
export interface DeployedResource {
  readonly account: string;
  readonly region: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly properties: { readonly [name: string]: any };
  readonly attributes: { readonly [name: string]: any };
}

/** Something done to a resource, in order. */
export interface DeploymentEvent {
  readonly action: 'CREATE' | 'UPDATE' | 'REPLACE' | 'DELETE' | 'RETAIN';
  readonly account: string;
  readonly region: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  /** Names of the properties that forced a replacement; `rollback`. */
  readonly detail: string;
}

/** What a command printed and how it ended. */
export interface CommandResult {
  readonly exitCode: number;
  /** Standard output and standard error as they came. */
  readonly output: string;
}

export interface CdkOptions {
  /** Folder of the app: with its own `cdk.json`, or of an assembly given by `--app`. */
  readonly cwd: string;
  /** Account whose credentials the command has. @default MANAGEMENT_ACCOUNT */
  readonly account?: string;
  /** Further environment variables. */
  readonly environment?: Record<string, string>;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** An emulated AWS on this machine; only loopback is used. */
export class Emulator {
  public readonly endpoint: string;

  public constructor(private readonly server: ChildProcess, port: number) {
    this.endpoint = `http://localhost:${port}`;
  }

  /** Forgets everything: accounts, stacks, buckets, records. */
  public async reset(): Promise<void> {
    await this.request('/moto-api/reset', 'POST');
  }

  /** All resources deployed now. */
  public async records(): Promise<DeployedResource[]> {
    return this.request('/moto-api/emulator/records');
  }

  /** All that was done to resources since the last reset, in order. */
  public async events(): Promise<DeploymentEvent[]> {
    return this.request('/moto-api/emulator/events');
  }

  /** Calls that functions made since the last reset or the last fault that was ordered: `organizations EnableAWSServiceAccess`. */
  public async calls(): Promise<string[]> {
    return this.request('/moto-api/emulator/calls');
  }

  /** Orders a fault of the nth call of functions from now on, once: it is refused, or it is made and its function ends before it hears of it. */
  public async fault(call: number, kind: 'refused' | 'ended'): Promise<void> {
    await this.request(`/moto-api/emulator/fault?call=${call}&kind=${kind}`, 'POST');
  }

  /** Prepares an account and Region for the CDK command, as every real account must be. */
  public async bootstrap(account = MANAGEMENT_ACCOUNT, region = REGION, ...args: string[]): Promise<void> {
    const done = await this.cdk(['bootstrap', `aws://${account}/${region}`, ...args], { cwd: tmpdir(), account });
    if (done.exitCode !== 0) throw new Error(`cdk bootstrap failed:\n${done.output}`);
  }

  /**
   * Runs the CDK command of this repository, offline. `deploy` uses no change sets and asks nothing.
   * A failing command is an answer, not an error.
   */
  public async cdk(args: string[], options: CdkOptions): Promise<CommandResult> {
    const credentials = await this.credentials(options.account ?? MANAGEMENT_ACCOUNT);
    const deploy = args[0] === 'deploy' ? ['--method=direct', '--require-approval=never', '--progress=events'] : [];
    const destroy = args[0] === 'destroy' ? ['--force'] : [];
    return run(path.join(ROOT, 'node_modules', '.bin', 'cdk'), [...args, ...deploy, ...destroy, '--no-notices', '--no-version-reporting', '--no-color'], {
      cwd: options.cwd,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        AWS_ENDPOINT_URL: this.endpoint,
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        ...(credentials.sessionToken !== undefined ? { AWS_SESSION_TOKEN: credentials.sessionToken } : {}),
        AWS_MAX_ATTEMPTS: '1', // an error of the emulator shows at once
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        CDK_DISABLE_VERSION_CHECK: '1',
        CDK_VALIDATION: 'false',
        CI: '1',
        ...options.environment,
      },
    });
  }

  /** A client of AWS Organizations with the credentials of an account. */
  public async organizations(account = MANAGEMENT_ACCOUNT): Promise<OrganizationsClient> {
    return new OrganizationsClient(await this.clientOptions(account));
  }

  /** A client of AWS RAM with the credentials of an account. */
  public async ram(account = MANAGEMENT_ACCOUNT): Promise<RAMClient> {
    return new RAMClient(await this.clientOptions(account));
  }

  /** Endpoint, Region and credentials, for a client of any other service. */
  public async clientOptions(account = MANAGEMENT_ACCOUNT): Promise<{ endpoint: string; region: string; credentials: Credentials }> {
    return { endpoint: this.endpoint, region: REGION, credentials: await this.credentials(account) };
  }

  /** Ends the server. */
  public async stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.server.once('exit', () => resolve()));
    if (this.server.exitCode !== null || !this.server.kill()) return;
    await ended;
  }

  private async credentials(account: string): Promise<Credentials> {
    if (account === MANAGEMENT_ACCOUNT) return { accessKeyId: 'emulator', secretAccessKey: 'emulator' };
    const query = new URLSearchParams({
      Action: 'AssumeRole', Version: '2011-06-15', RoleArn: `arn:aws:iam::${account}:role/emulator`, RoleSessionName: 'emulator',
    });
    const response = await fetch(`${this.endpoint}/`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Authorization': `AWS4-HMAC-SHA256 Credential=emulator/20260101/${REGION}/sts/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: query.toString(),
    });
    const text = await response.text();
    const value = (name: string) => {
      const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(text);
      if (!found) throw new Error(`The emulator gave no credentials for account ${account}: ${text}`);
      return found[1]!;
    };
    return { accessKeyId: value('AccessKeyId'), secretAccessKey: value('SecretAccessKey'), sessionToken: value('SessionToken') };
  }

  private async request(url: string, method = 'GET'): Promise<any> {
    const response = await fetch(`${this.endpoint}${url}`, { method });
    if (!response.ok) throw new Error(`${method} ${url} of the emulator: ${response.status} ${await response.text()}`);
    return response.json();
  }
}

/** Starts an emulator on a free port. Fails with what to install when Python or moto is missing. */
export async function startEmulator(): Promise<Emulator> {
  requireMoto();
  ensureSpecification();
  const port = await freePort();
  const server = spawn('python3', ['-m', 'aws_emulator', '-H', '127.0.0.1', '-p', String(port)], { cwd: __dirname, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr!.on('data', (chunk: Buffer) => { log = (log + chunk.toString()).slice(-10_000); });
  const emulator = new Emulator(server, port);
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`The emulator ended with code ${server.exitCode}:\n${log}`);
    if (await emulator.records().then(() => true, () => false)) return emulator;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await emulator.stop();
  throw new Error(`The emulator did not start within 30 seconds:\n${log}`);
}

/** Runs a program to its end. */
export async function run(program: string, args: string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? 1, output }));
  });
}

function requireMoto(): void {
  try {
    execFileSync('python3', ['-c', 'import moto.server'], { stdio: 'ignore' });
  } catch {
    throw new Error('The emulator tests need Python 3 with moto. Install it: pip install "moto[server]==5.2.1"');
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('No free port'))));
    });
  });
}
