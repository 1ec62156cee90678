/** Connections in two seconds that are never treated as a flood. */
const calm = 100;
/** Per address, after its burst. */
export const arrivalsPerSecond = 10;
/** One in this many is let in, since others may share the address. */
const spared = 8;
/** Above this many in one second, none is. */
const sparing = 200;

/**
 * Limits the rate of new connections: a TLS handshake costs the server more than the caller, and
 * constant reconnecting would keep it busy with nothing else. A page opens six, and keeps them.
 */
export function createArrivals(burst: number, perSecond = arrivalsPerSecond) {
  const buckets = new Map<string, { left: number; at: number }>();
  const second = { began: 0, count: 0, before: 0 };
  const filled = ({ left, at }: { left: number; at: number }, now: number) =>
    Math.min(burst, left + (now - at) * perSecond);
  return {
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
    forget: (now = performance.now() / 1000): void => {
      for (const [address, bucket] of buckets) {
        if (filled(bucket, now) >= burst) buckets.delete(address);
      }
    },
  };
}
