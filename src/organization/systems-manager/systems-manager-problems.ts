import { Token } from 'aws-cdk-lib';
import { PatchInstallation, PatchStateBucket, SystemsManagerOptions } from './systems-manager-options';

/** Retentions that CloudWatch Logs offers: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html (read 2026-11-23) */
const RETENTIONS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** What is wrong with the options, in words. */
export function systemsManagerProblems(options: SystemsManagerOptions): string[] {
  const { withoutHostManagement, withoutSessionPreferences, withoutPatching, sessions, patching } = options;
  const { approveAfterDays = 7, install, collectedIn, scanSchedule, systems } = patching ?? {};
  return [
    ...Object.entries({ withoutHostManagement, withoutSessionPreferences, withoutPatching }).filter(([, reason]) => reason?.trim() === '').map(([name]) => `${name} asks for the reason`),
    ...(withoutSessionPreferences !== undefined && sessions ? ['sessions is set, and withoutSessionPreferences leaves them out'] : []),
    ...(withoutPatching !== undefined && patching ? ['patching is set, and withoutPatching leaves it out'] : []),
    ...sessionProblems(options),
    ...within('patching.approveAfterDays', approveAfterDays, 0, 360),
    ...(systems?.length === 0 ? ['patching.systems is empty: leave it out for the default, or name one'] : []),
    ...[...new Set(systems?.filter((one, at) => systems.indexOf(one) !== at))].map((one) => `patching.systems names ${one} twice`),
    ...(scanSchedule === undefined || /^(cron|rate)\(.+\)$/.test(scanSchedule) ? [] : [`patching.scanSchedule is "${scanSchedule}": cron(0 4 ? * * *) or rate(12 hours) is expected`]),
    ...(install ? installProblems(install) : []),
    ...(collectedIn ? bucketProblems(collectedIn) : []),
  ];
}

function sessionProblems({ sessions = {} }: SystemsManagerOptions): string[] {
  const { logGroupName = '/landing-zone/sessions', retentionDays = 365, logKeyArn, sessionKeyArn, evenWithoutLog, idleMinutes = 20, maxMinutes = 60, runAs } = sessions;
  return [
    ...(/^[\w.\-/#]{1,512}$/.test(logGroupName) ? [] : [`sessions.logGroupName is "${logGroupName}": up to 512 letters, digits and . - _ / # are expected`]),
    ...(RETENTIONS.includes(retentionDays) ? [] : [`sessions.retentionDays is ${retentionDays}: one of ${RETENTIONS.join(', ')} is expected`]),
    ...keyProblems({ 'sessions.logKeyArn': logKeyArn, 'sessions.sessionKeyArn': sessionKeyArn }),
    ...(evenWithoutLog?.trim() === '' ? ['sessions.evenWithoutLog asks for the reason'] : []),
    ...within('sessions.idleMinutes', idleMinutes, 1, 60),
    ...within('sessions.maxMinutes', maxMinutes, 1, 1440),
    ...(runAs === undefined || /^[a-z_][a-z0-9_-]{0,31}$/.test(runAs) ? [] : [`sessions.runAs is "${runAs}": the name of a Linux user is expected`]),
  ];
}

function installProblems({ schedule, tagKey, tagValues, withoutReboot, atOnce = '10%' }: PatchInstallation): string[] {
  return [
    ...(/^cron\(.+\)$/.test(schedule) ? [] : [`patching.install.schedule is "${schedule}": cron(0 3 ? * SUN *) is expected; with a rate, patches would be installed at once`]),
    ...(tagValues && tagKey === undefined ? ['patching.install.tagValues needs tagKey'] : []),
    ...(tagValues?.length === 0 ? ['patching.install.tagValues is empty: leave it out for any value'] : []),
    ...(withoutReboot?.trim() === '' ? ['patching.install.withoutReboot asks for the reason'] : []),
    ...(/^([1-9]\d*|[1-9]\d?%|100%)$/.test(atOnce) ? [] : [`patching.install.atOnce is "${atOnce}": a number like 5 or a share like 10% is expected`]),
  ];
}

function keyProblems(keys: { readonly [name: string]: string | undefined }): string[] {
  const known = Object.entries(keys).filter(([, arn]) => arn !== undefined && !Token.isUnresolved(arn) && !arn.startsWith('{{resolve:'));
  return known.filter(([, arn]) => !/^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/.+$/.test(arn!)).map(([name, arn]) => `${name} is "${arn}": the ARN of a key is expected, not of an alias`);
}

function bucketProblems({ region, keyArn }: PatchStateBucket): string[] {
  return [
    ...(Token.isUnresolved(region) || /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) ? [] : [`patching.collectedIn.region is "${region}": a Region like eu-west-1 is expected`]),
    ...keyProblems({ 'patching.collectedIn.keyArn': keyArn }),
  ];
}

function within(name: string, value: number, least: number, most: number): string[] {
  return Number.isInteger(value) && value >= least && value <= most ? [] : [`${name} is ${value}: ${least} to ${most} is expected`];
}
