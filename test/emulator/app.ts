import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, AppProps } from 'aws-cdk-lib';
import { CommandResult, Emulator } from './emulator';

/** Synthesizes an app written in a test and deploys it with the real CDK command. */
export async function deploy(emulator: Emulator, build: (app: App) => void, props: AppProps = {}, ...args: string[]): Promise<CommandResult> {
  return withAssembly(build, props, async (assembly) => emulator.cdk(['deploy', '--all', '--app', assembly, ...args], { cwd: path.dirname(assembly) }));
}

/** Deploys an app that must deploy: fails with all that the command printed. */
export async function deployed(emulator: Emulator, build: (app: App) => void, ...args: string[]): Promise<CommandResult> {
  const done = await deploy(emulator, build, {}, ...args);
  if (done.exitCode !== 0) throw new Error(done.output);
  return done;
}

/** Deletes the stacks of an app with the real CDK command. */
export async function destroy(emulator: Emulator, build: (app: App) => void): Promise<CommandResult> {
  return withAssembly(build, {}, async (assembly) => emulator.cdk(['destroy', '--all', '--app', assembly], { cwd: path.dirname(assembly) }));
}

async function withAssembly<T>(build: (app: App) => void, props: AppProps, use: (assembly: string) => Promise<T>): Promise<T> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'emulator-app-'));
  try {
    const app = new App({ outdir: path.join(directory, 'cdk.out'), analyticsReporting: false, ...props });
    build(app);
    return await use(app.synth().directory);
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}
