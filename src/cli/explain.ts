import { readSource, SourceOptions } from './source';
import { EXIT, Terminal } from './terminal';
import { evaluate } from '../analysis/evaluate';
import { nearest } from '../analysis/nearest';
import { AccessRequest, Explanation, Reason, RequestContext } from '../analysis/request';
import { isSidOf } from '../controls/render';
import { InputError } from '../model/input-error';
import { AccountNode, OrganizationModel } from '../model/organization-model';
import { withoutPlatform } from '../model/platform-in-words';
import { unseenPolicies } from '../model/policy-limits';

/** Options of `landing-zone explain`. */
export interface ExplainOptions extends SourceOptions {
  readonly account: string;
  readonly action: string;
  readonly principal?: string;
  readonly resource?: string;
  readonly context: readonly string[];
  readonly format: string;
}

/** Says whether the organization's policies let a request pass, and why. Exit 0 whatever the answer is. */
export function explain(options: ExplainOptions, terminal: Terminal): number {
  const request = requestOf(options);
  const { model } = readSource(options, terminal);
  const account = accountOf(model, options.account);
  terminal.progress(`Evaluating ${request.action} in ${account.key}`);
  const explanation = evaluate(request, model.policiesOf(account));
  if (options.format === 'json') {
    const reasons = explanation.reasons.map((reason) => ({ ...reason, control: controlOf(reason, model) }));
    const notKnown = notKnownTo(explanation, account, model);
    terminal.print(JSON.stringify({ version: 1, account: account.key, request, ...explanation, reasons, ...(notKnown !== undefined && { notKnown: [notKnown] }) }, undefined, 2));
  } else {
    terminal.print(textOf(explanation, request, account, model, terminal));
  }
  return EXIT.clean;
}

function requestOf(options: ExplainOptions): AccessRequest {
  const mistakes: string[] = [];
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(options.action)) {
    mistakes.push(`--action ${options.action}: expected one action without wildcards, like s3:PutBucketPolicy`);
  }
  if (options.principal !== undefined && !/^(arn:|role\/|user\/|root$)/.test(options.principal)) {
    mistakes.push(`--principal ${options.principal}: expected an ARN, or role/NAME, user/NAME, root`);
  }
  if (options.resource !== undefined && options.resource !== '*' && !options.resource.startsWith('arn:')) {
    mistakes.push(`--resource ${options.resource}: expected an ARN, like arn:aws:s3:::my-bucket`);
  }
  const context: { [key: string]: string[] } = {};
  for (const pair of options.context) {
    const at = pair.indexOf('=');
    if (at < 1 || !pair.slice(0, at).includes(':')) mistakes.push(`--context ${pair}: expected KEY=VALUE, like aws:RequestedRegion=eu-west-1`);
    else (context[pair.slice(0, at)] ??= []).push(pair.slice(at + 1));
  }
  if (mistakes.length > 0) throw new InputError(mistakes.join('\n'));
  return {
    action: options.action,
    ...(options.principal !== undefined ? { principal: options.principal } : {}),
    ...(options.resource !== undefined && options.resource !== '*' ? { resource: options.resource } : {}),
    ...(options.context.length > 0 ? { context: context as RequestContext } : {}),
  };
}

function accountOf(model: OrganizationModel, name: string): AccountNode {
  const account = model.account(name);
  if (account) return account;
  const keys = model.accounts.map(({ key }) => key);
  const near = nearest(name, keys);
  throw new InputError(`There is no account "${name}" in ${model.data.source}. ${near ? `Did you mean "${near}"?` : `Accounts: ${keys.slice(0, 20).join(', ')}${keys.length > 20 ? ', …' : ''}`}`);
}

function controlOf(reason: Reason, model: OrganizationModel): string | undefined {
  return model.data.controls.find(({ id }) => isSidOf(reason.statement, id))?.id;
}

function textOf(explanation: Explanation, request: AccessRequest, account: AccountNode, model: OrganizationModel, terminal: Terminal): string {
  const paint = { allowed: terminal.colors.green, denied: terminal.colors.red, depends: terminal.colors.yellow }[explanation.decision];
  const place = `${account.unitPath.split('/').join(' / ')}${account.isManagement ? ', management account' : ''}`;
  const lines = [`${paint(explanation.decision.toUpperCase())}  ${request.action} in ${account.key} (${place})`, ''];
  lines.push(...reasonLines(explanation.reasons, model));
  if (explanation.decision === 'depends') lines.push('', `  depends on  ${explanation.dependsOn.join(', ')}`);
  if (explanation.decision !== 'denied') {
    lines.push('', `  ${explanation.decision === 'allowed' ? 'The organization does not stop it' : 'Otherwise the organization does not stop it'}: it is allowed if an identity policy allows it.`);
  }
  const notKnown = notKnownTo(explanation, account, model);
  if (notKnown !== undefined) lines.push(`  Not known here, and may stop it: ${notKnown}.`);
  const exempt = explanation.decision === 'allowed' ? [] : exemptPrincipals(request, account, model);
  if (exempt.length > 0) lines.push('', `  never applies to  ${exempt.join(', ')}`);
  return lines.join('\n');
}

/** What could still deny what is not denied: service control policies do not bind the management account. */
function notKnownTo({ decision }: Explanation, { isManagement }: AccountNode, model: OrganizationModel): string | undefined {
  return decision === 'denied' || isManagement ? undefined : unseenPolicies(model);
}

/** Rows of a terminal; wider ones break before the place. */
const WIDTH = 120;

function reasonLines(reasons: readonly Reason[], model: OrganizationModel): string[] {
  const plain = reasons.filter(({ effect, when }) => effect === 'Allow' && when === undefined);
  const isFullAccess = plain.length > 1 && new Set(plain.map(({ policy }) => policy)).size === 1;
  const rows = reasons.filter((reason) => !isFullAccess || !plain.includes(reason)).map((reason) => [
    leadOf(reason), withoutPlatform(whatOf(reason), model), controlOf(reason, model) ?? '', levelOf(reason.level),
    reason.statement === '-' ? '' : `policy ${reason.policy}, statement ${reason.statement}`,
  ]);
  if (isFullAccess) rows.push(['allowed', `by ${plain[0]!.policy} at every level`, '', '', '']);
  const lines = table(rows);
  if (lines.every((line) => line.length <= WIDTH)) return lines.map((line) => `  ${line}`);
  const lead = Math.max(...rows.map(([words]) => words!.length));
  return rows.flatMap(([words, what, ...place]) => {
    const where = place.filter((part) => part !== '').join('  ');
    return [`  ${words!.padEnd(lead)}  ${what}`, ...(where !== '' ? [`  ${' '.repeat(lead)}    ${where}`] : [])];
  });
}

/** Platform principals that the same request is never stopped for. */
function exemptPrincipals(request: AccessRequest, account: AccountNode, model: OrganizationModel): string[] {
  const policies = model.policiesOf(account);
  return model.data.platform.map(({ principal }) => principal).filter((principal) => evaluate({ ...request, principal }, policies).decision === 'allowed');
}

function leadOf(reason: Reason): string {
  switch (reason.effect) {
    case 'Deny': return reason.when === undefined ? 'denied' : 'denied when';
    case 'NoAllow': return reason.when === undefined ? 'not allowed' : 'not allowed when';
    case 'Allow': return 'allowed';
    case 'Exempt': return 'exempt';
    case 'Unknown': return 'unknown';
  }
}

function whatOf(reason: Reason): string {
  return reason.when ?? (reason.effect === 'Allow' ? `by ${reason.policy}` : reason.effect === 'NoAllow' ? 'no policy of this level allows it' : '');
}

function levelOf(level: string): string {
  return level.split('/').at(-1)!;
}

/** Rows with aligned columns; the last column is not padded. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!))).filter((_, column) => widths[column]! > 0).join('  ').trimEnd());
}
