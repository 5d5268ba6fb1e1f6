import { RecoveryRow } from '../../resilience/recovery-matrix';
import { spoken } from '../../resilience/spoken';
import { markdownRow, services } from '../dr-views';

/** A checklist of a day on which people try to bring services back, in markdown. */
export function gameDay(rows: readonly RecoveryRow[], files: ReadonlyMap<string, string>): string {
  const all = services(rows);
  return [
    '# Game day',
    '',
    'Try it where it harms nobody: restore beside what is there, and delete what was restored afterwards. What was not tried is not known.',
    '',
    '## Before',
    '',
    '- [ ] A date, who leads, who plays, who watches and stops it',
    '- [ ] Service, account and Region are chosen; the accounts are not production, or production is not written to',
    '- [ ] Everybody has the access that the runbook needs, also when the identity provider is not there',
    '- [ ] Backups of the last days have succeeded: `aws backup list-backup-jobs --by-state FAILED`, and copies: `aws backup list-copy-jobs --by-state FAILED`',
    '- [ ] Quotas of the other Region are as high as those of this one',
    '',
    '## Scenarios',
    '',
    '- [ ] Data was deleted an hour ago, and the latest backup has the loss in it',
    '- [ ] A zone fails: services of tiers that go on without it go on',
    '- [ ] The Region fails: services of tiers with a copy there are back in the other one',
    '- [ ] The account is taken over: what is in it cannot be trusted, and copies are brought back from the account that has them',
    '',
    '## Services',
    '',
    ...(all.length === 0 ? ['Nothing keeps data.'] : [
      markdownRow(['Service', 'Back within', 'Loses at most', 'Gaps', 'Took', 'Lost', 'Runbook is right']), markdownRow(Array(7).fill('---')),
      ...all.map((service) => markdownRow(line(service, rows.filter((row) => row.service === service), files.get(service)!))),
    ]),
    '',
    '## After',
    '',
    '- [ ] What was restored is deleted',
    '- [ ] What took longer, or lost more, than promised has an owner and a date',
    '- [ ] What was wrong in a runbook is corrected where it comes from: tags, templates, or the standard',
    '',
  ].join('\n');
}

/** The strictest promise of what it keeps. */
function line(service: string, rows: readonly RecoveryRow[], file: string): string[] {
  const promises = rows.flatMap(({ promise }) => (promise ? [promise] : []));
  const least = (name: 'rto' | 'rpo') => (promises.length === 0 ? '–' : spoken(Math.min(...promises.map((promise) => promise[name].toMinutes({ integral: false })))));
  return [`[${service}](${file})`, least('rto'), least('rpo'), String(rows.reduce((sum, { gaps }) => sum + gaps.length, 0)), '', '', '[ ]'];
}
