/** Failures before any wait: people mistype, and a station shares one address. */
export const freeFailures = { name: 5, address: 20 } as const;
export type AttemptKind = keyof typeof freeFailures;

const firstWaitMs = 5_000;
export const longestWaitMs = 15 * 60_000;
/** Time without a failure after which a name or address starts afresh. */
export const failuresForgottenMs = 24 * 3_600_000;

const decayMs = 15 * 60_000;

/**
 * Failures decay by one per quarter of an hour: a station's people share an address, and their
 * typing mistakes must not add up over weeks. A guesser ends up waiting that long per attempt.
 * Returns what is left, and when the next quarter of an hour starts counting.
 */
export function fadedFailures(
  failures: number,
  since: number,
  now: number,
): { readonly failures: number; readonly since: number } {
  const faded = Math.max(0, Math.floor((now - since) / decayMs));
  return faded >= failures
    ? { failures: 0, since: now }
    : { failures: failures - faded, since: since + faded * decayMs };
}

/** Wait after the last failure: doubles, up to a quarter of an hour. */
export function waitAfterFailuresMs(kind: AttemptKind, failures: number): number {
  const beyond = failures - freeFailures[kind];
  if (beyond < 0) return 0;
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(beyond, 20));
}
