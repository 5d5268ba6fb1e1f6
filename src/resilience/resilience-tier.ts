/** How soon a service is back, and how much it may lose: the first tier is the most demanding. */
export enum ResilienceTier {
  TIER_1 = '1',
  TIER_2 = '2',
  TIER_3 = '3',
  TIER_4 = '4',
}
