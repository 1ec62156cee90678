/** New connections in this second or the last, of all together, that are no flood whoever they are of. */
const calm = 100;
/** Of one address, once it has had its burst. */
export const arrivalsPerSecond = 10;
/** One in so many of those that come too fast is let in all the same: somebody else may share the address. */
const spared = 8;
/** Beyond so many in one second none is. */
const sparing = 200;

/**
 * Who opens connections faster than anybody who uses the page: to agree on TLS costs the server more than the caller, and
 * one that takes the place of another again and again would keep it at that alone. A page opens six, and keeps them.
 */
export function createArrivals(burst: number, perSecond = arrivalsPerSecond) {
  const buckets = new Map<string, { left: number; at: number }>();
  const second = { began: 0, count: 0, before: 0 };
  const filled = ({ left, at }: { left: number; at: number }, now: number) =>
    Math.min(burst, left + (now - at) * perSecond);
  return {
    /** Counts one more of this address; of a flood only those that are let in. */
    isFlood: (address: string, now = performance.now() / 1000): boolean => {
      if (now - second.began >= 1) {
        const before = now - second.began < 2 ? second.count : 0;
        Object.assign(second, { began: now, count: 0, before });
      }
      second.count += 1;
      const left = filled(buckets.get(address) ?? { left: burst, at: now }, now);
      if (left >= 1) buckets.set(address, { left: left - 1, at: now });
      const isSpared = second.count <= sparing && second.count % spared === 0;
      return left < 1 && Math.max(second.count, second.before) > calm && !isSpared;
    },
    /** Those who have been quiet for long enough. */
    forget: (now = performance.now() / 1000): void => {
      for (const [address, bucket] of buckets) {
        if (filled(bucket, now) >= burst) buckets.delete(address);
      }
    },
  };
}
