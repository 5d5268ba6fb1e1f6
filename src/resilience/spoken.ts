/** `90 minutes`, `36 hours`, `8 days`. */
export function spoken(minutes: number): string {
  const [unit, size] = minutes % 1440 === 0 && minutes > 1440 * 2 ? ['day', 1440] as const : minutes % 60 === 0 && minutes > 0 ? ['hour', 60] as const : ['minute', 1] as const;
  return `${minutes / size} ${unit}${minutes / size === 1 ? '' : 's'}`;
}
