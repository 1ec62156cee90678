/** New connections in this second or the last, of all together, that are no flood whoever they are of. */
const calm = 100;
/** Of one address, once it has had its burst. */
const perSecond = 10;

/**
 * Who opens connections faster than anybody who uses the page: to agree on TLS costs the server more than the caller, and
 * one that takes the place of another again and again would keep it at that alone. A page opens six, and keeps them.
 */
export function createArrivals(burst: number) {
  const buckets = new Map<string, { left: number; at: number }>();
  const second = { began: 0, count: 0, before: 0 };
  const filled = ({ left, at }: { left: number; at: number }, now: number) =>
    Math.min(burst, left + (now - at) * perSecond);
  return {
    /** Counts one more of this address. */
    isFlood: (address: string, now = performance.now() / 1000): boolean => {
      if (now - second.began >= 1) {
        const before = now - second.began < 2 ? second.count : 0;
        Object.assign(second, { began: now, count: 0, before });
      }
      second.count += 1;
      const left = filled(buckets.get(address) ?? { left: burst, at: now }, now);
      buckets.set(address, { left: Math.max(0, left - 1), at: now });
      return left < 1 && Math.max(second.count, second.before) > calm;
    },
    /** Those who have been quiet for long enough. */
    forget: (now = performance.now() / 1000): void => {
      for (const [address, bucket] of buckets) {
        if (filled(bucket, now) >= burst) buckets.delete(address);
      }
    },
  };
}
