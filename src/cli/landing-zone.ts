import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { catalog } from './catalog';
import { check } from './check';
import { cost } from './cost';
import { diff, FAIL_ON } from './diff';
import { dr } from './dr';
import { explain } from './explain';
import { importLza } from './import-lza';
import { initProduct } from './init-product';
import { pack } from './pack';
import { pull } from './pull';
import { EXPECTATIONS, reach } from './reach';
import { tags } from './tags';
import { EXIT, Terminal } from './terminal';
import { waves } from './waves';
import { InputError } from '../model/input-error';
import { isDay } from '../model/lifecycle/account-life';
import { PLACE_FORMS } from '../model/network/named-place';

/** Runs the command and answers its exit code: 0 clean, 1 violations found, 2 wrong usage or input. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exit: number = EXIT.clean;
  const program = commands(terminal, (code) => { exit = code; });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.wrongInput;
    if (error instanceof InputError) {
      terminal.error(error.message);
      return EXIT.wrongInput;
    }
    throw error;
  }
}

function commands(terminal: Terminal, done: (exit: number) => void): Command {
  const program = new Command('landing-zone')
    .description('Asks a landing zone what its guardrails allow, before AWS sees it.')
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for usage)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.raw(text), writeErr: (text) => terminal.rawError(text) });
  const inherit = (command: Command) => command.copyInheritedSettings(program);

  program.addCommand(inherit(new Command('check')
    .description('All validations: quotas, control proofs, never locked out, lock file, and what synthesis reported; of a product, controls, exceptions and replacements. Exit 1 when one fails.')
    .option('--assembly <dir>', 'synthesized cloud assembly, such as cdk.out')
    .option('--organization <file>', 'organization.yaml')
    .option('--base <source>', 'cloud assembly or organization.yaml before the change: accounts must come from it as their life has it; of a product, no data may be replaced or deleted')
    .option('--replace <resource>', 'STACK/LOGICAL_ID or construct path in a product that holds data and may be replaced or deleted; repeat for more', collect, [])
    .option('--zone <source>', 'landing zone that a product is deployed to: its assembly or organization.yaml')
    .option('--today <date>', 'the day it is, such as 2026-11-23 (default: the clock\'s)', day)
    .option('--format <format>', 'text, json, markdown, sarif or junit', oneOf('text', 'json', 'markdown', 'sarif', 'junit'), 'text')
    .action((options) => done(check(options, terminal)))));

  program.addCommand(inherit(new Command('explain')
    .description('Whether the organization\'s policies let a principal of an account do something, and why.')
    .option('--assembly <dir>', 'synthesized cloud assembly, such as cdk.out')
    .option('--organization <file>', 'organization.yaml')
    .requiredOption('--account <name>', 'key, name or id of the account')
    .requiredOption('--action <action>', 'one action, like s3:PutBucketPolicy')
    .option('--principal <principal>', 'ARN, or role/NAME, user/NAME, root in the account (default: any principal)')
    .option('--resource <arn>', 'ARN of the resource (default: any resource)')
    .option('--context <key=value>', 'a context key and its value; repeat for more', collect, [])
    .option('--format <format>', 'text or json', oneOf('text', 'json'), 'text')
    .action((options) => done(explain(options, terminal)))));

  program.addCommand(inherit(new Command('diff')
    .description('What a change means: what is newly allowed and newly denied, to whom and in which accounts, each with an example request.')
    .argument('<base>', 'cloud assembly or organization.yaml before the change')
    .argument('<head>', 'cloud assembly or organization.yaml after it')
    .option('--fail-on <change>', `exit 1 on ${FAIL_ON.join(', ')}`, oneOf(...FAIL_ON))
    .option('--format <format>', 'text, json or markdown', oneOf('text', 'json', 'markdown'), 'text')
    .action((base, head, options) => done(diff(base, head, options, terminal)))));

  program.addCommand(inherit(new Command('pack')
    .description('Fewer bytes and policies that mean the same, certified for every account. Each policy is packed by itself, unless asked otherwise.')
    .option('--assembly <dir>', 'synthesized cloud assembly, such as cdk.out')
    .option('--organization <file>', 'organization.yaml')
    .option('--policies <path...>', 'folders and files of JSON policies, as if all were attached to one target')
    .option('--type <type>', 'what --policies holds: service-control (default) or resource-control', oneOf('service-control', 'resource-control'))
    .option('--max-size <bytes>', 'bytes of one policy (default: what AWS allows)', atLeast(100))
    .option('--max-count <number>', 'policies a target has room for beside those AWS attaches (default: what AWS allows)', atLeast(1))
    .option('--repack', 'move statements between policies of the same targets where fewer are enough')
    .option('--hoist', 'move what all children of a unit have to the unit, where what comes later gets it too')
    .option('--keep-sids', 'keep the Sid of every statement')
    .option('--out <dir>', 'folder to write the packed policies to; new or empty')
    .option('--format <format>', 'text or json', oneOf('text', 'json'), 'text')
    .action((options) => done(pack(options, terminal)))));

  program.addCommand(inherit(new Command('reach')
    .description(`Who reaches whom in a network, by which path, or what stops them. A place is ${PLACE_FORMS}.`)
    .option('--assembly <dir>', 'synthesized cloud assembly, such as cdk.out')
    .option('--lza <path>', 'Landing Zone Accelerator configuration folder, or one network\'s file in it')
    .addOption(new Option('--organization <file>').hideHelp())
    .requiredOption('--from <place>', 'where connections are opened')
    .requiredOption('--to <place>', 'where they are to arrive')
    .option('--port <number>', 'destination port (default: any)', atLeast(0, 65_535))
    .option('--protocol <protocol>', 'tcp, udp, icmp, icmpv6 or a number (default: tcp where a port is given, else any)')
    .option('--expect <answer>', `exit 1 on any answer but ${EXPECTATIONS.join(' or ')}`, oneOf(...EXPECTATIONS))
    .option('--format <format>', 'text or json', oneOf('text', 'json'), 'text')
    .action((options) => done(reach(options, terminal)))));

  program.addCommand(inherit(new Command('waves')
    .description('What to deploy, in waves: each stack after those it depends on and those whose outputs it reads.')
    .requiredOption('--assembly <dir>', 'synthesized cloud assembly, such as cdk.out')
    .option('--changed <dir>', 'assembly that is deployed: only what differs from it is planned, and what reads outputs of that')
    .option('--format <format>', 'text, json, github: lines for $GITHUB_OUTPUT with the matrix of each wave, or lines: a line a wave, for a shell', oneOf('text', 'json', 'github', 'lines'), 'text')
    .action((options) => done(waves(options, terminal)))));

  program.addCommand(inherit(new Command('tags')
    .description('Which share of the resources that take tags carries each key, by account and unit.')
    .option('--assembly <dir>', 'synthesized cloud assembly, such as cdk.out')
    .option('--standard <file>', 'tagging standard, such as tags.yaml')
    .option('--keys <keys>', 'keys in place of a standard, with commas between', (value) => value.split(',').map((key) => key.trim()))
    .option('--base <dir>', 'assembly to compare with')
    .option('--min <percent>', 'exit 1 where the share of a key is below it, such as 99.5', percent)
    .option('--format <format>', 'text or json', oneOf('text', 'json'), 'text')
    .action((options) => done(tags(options, terminal)))));

  program.addCommand(inherit(new Command('cost')
    .description('What an assembly costs a month while nobody uses it, by item, account, unit and stack; what has no price is listed.')
    .option('--assembly <dir>', 'synthesized cloud assembly, such as cdk.out')
    .option('--base <dir>', 'assembly to compare with')
    .option('--assumptions <file>', 'YAML of what use costs, and of prices that are missing')
    .option('--max <amount>', 'exit 1 where it costs more a month', atLeast(0))
    .option('--max-increase <amount>', 'exit 1 where it costs so much more a month than the base', atLeast(0))
    .option('--format <format>', 'text, json or markdown', oneOf('text', 'json', 'markdown'), 'text')
    .action((options) => done(cost(options, terminal)))));

  program.addCommand(inherit(new Command('catalog')
    .description('Golden paths: what goes in, what they promise, what they cost a month, which controls look at them.')
    .argument('[name]', 'one of them, with all that is known of it')
    .option('--format <format>', 'text, json or backstage: a software template of Backstage for each', oneOf('text', 'json', 'backstage'), 'text')
    .action((name, options) => done(catalog(name, options, terminal)))));

  program.addCommand(inherit(new Command('dr')
    .description('What keeps data: how soon it is back and how much it loses, as its tier promises and as follows from its template. Exit 1 where something promised is not there.')
    .argument('<source>', 'cloud assembly of a landing zone or a product, such as cdk.out')
    .option('--tiers <file>', 'tiers that differ from the usual, such as resilience.yaml')
    .option('--runbook <dir>', 'folder to write a runbook of each service and a checklist for a game day to')
    .option('--format <format>', 'text, json or markdown', oneOf('text', 'json', 'markdown'), 'text')
    .action((source, options) => done(dr(source, options, terminal)))));

  program.addCommand(inherit(new Command('import')
    .description('Takes over what exists.')
    .addCommand(inherit(new Command('lza')
      .description('Reads a Landing Zone Accelerator configuration folder and writes organization.yaml and its policies.')
      .argument('<dir>', 'folder with organization-config.yaml and accounts-config.yaml')
      .requiredOption('--out <dir>', 'folder to write; must not hold an organization.yaml yet')
      .option('--format <format>', 'text or json', oneOf('text', 'json'), 'text')
      .action((dir, options) => done(importLza(dir, options, terminal)))))));

  program.addCommand(inherit(new Command('init')
    .description('Writes a new repository.')
    .addCommand(inherit(new Command('product')
      .description('Writes the repository of a product on the paved road: a service of a golden path, tests, checks of pull requests. Asks nothing, overwrites nothing.')
      .argument('[dir]', 'folder to write, new or empty', '.')
      .option('--name <name>', 'of the product (default: the folder\'s)')
      .option('--owner <team>', 'team that answers for it')
      .option('--cost-center <number>', 'who pays')
      .option('--environment <name>', 'value of the tag environment', 'dev')
      .option('--golden-path <name>', 'what it begins with; "landing-zone catalog" lists them', 'HttpApiFunction')
      .option('--skeleton', 'leave names to a software template of Backstage')
      .option('--format <format>', 'text or json', oneOf('text', 'json'), 'text')
      .action((dir, options) => done(initProduct(dir, options, terminal)))))));

  program.addCommand(inherit(new Command('pull')
    .description('Reads the ids of the live organization (AWS credentials of the management account) and writes the lock file.')
    .option('--out <file>', 'lock file to write', 'organization.lock.json')
    .action(async (options) => done(await pull(options, terminal)))));

  return program;
}

function oneOf(...choices: string[]): (value: string) => string {
  return (value) => {
    if (choices.includes(value)) return value;
    throw new InvalidArgumentError(`Expected ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}.`);
  };
}

function day(value: string): string {
  if (isDay(value)) return value;
  throw new InvalidArgumentError('Expected a day of the calendar, such as 2026-11-23.');
}

function atLeast(min: number, max = 999_999_999): (value: string) => number {
  return (value) => {
    if (/^[0-9]{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max) return Number(value);
    throw new InvalidArgumentError(max < 999_999_999 ? `Expected a number of ${min} to ${max}.` : `Expected a number of at least ${min}.`);
  };
}

function percent(value: string): number {
  if (/^\d{1,3}(\.\d{1,6})?$/.test(value) && Number(value) <= 100) return Number(value);
  throw new InvalidArgumentError('Expected a number of 0 to 100, such as 99.5.');
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}
