import { QuotaIncrease } from './quota-increase';

/** What is wrong with increases of quotas, in words. */
export function quotaProblems(quotas: readonly QuotaIncrease[]): string[] {
  return [
    ...(quotas.length === 0 ? ['quotas is empty'] : []),
    ...quotas.flatMap((quota) => {
      const { serviceCode, quotaCode, value, regions } = quota;
      const name = quotaName(quota);
      return [
        ...(/^[a-zA-Z][a-zA-Z0-9-]{1,62}$/.test(serviceCode) ? [] : [`${name}: "${serviceCode}" is no code of a service, like lambda`]),
        ...(/^[a-zA-Z][a-zA-Z0-9-]{1,127}$/.test(quotaCode) ? [] : [`${name}: "${quotaCode}" is no code of a quota, like L-B99A9384`]),
        ...(Number.isFinite(value) && value > 0 && value <= 10_000_000_000 ? [] : [`${name}: the value is ${value}, and more than 0 is expected`]),
        ...(regions?.length === 0 ? [`${name}: regions is empty: leave it out for all`] : []),
        ...(regions ?? []).filter((region) => !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)).map((region) => `${name}: "${region}" is no Region, like eu-west-1`),
      ];
    }),
    ...twice(quotas),
  ];
}

/** A quota for people: `lambda L-B99A9384`. */
export function quotaName({ serviceCode, quotaCode }: QuotaIncrease): string {
  return `${serviceCode} ${quotaCode}`;
}

function twice(quotas: readonly QuotaIncrease[]): string[] {
  return quotas.flatMap((one, at) => quotas.slice(0, at).filter((other) => quotaName(other) === quotaName(one)).flatMap((other) => {
    if (!one.regions || !other.regions) return [`${quotaName(one)} is named twice, once for all Regions`];
    return one.regions.filter((region) => other.regions!.includes(region)).map((region) => `${quotaName(one)} is named twice for ${region}`);
  }));
}
