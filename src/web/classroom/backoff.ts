const firstMs = 500;
const longestMs = 15_000;

/**
 * How long to wait before the `attempt`-th try in a row (from 1): doubling, with half of it left to chance so that
 * a restarted server isn't met by everybody at once.
 * @param random 0 to 1
 */
export function backoffMs(attempt: number, random: number): number {
  const whole = Math.min(firstMs * 2 ** (attempt - 1), longestMs);
  return Math.round(whole / 2 + (whole / 2) * random);
}
