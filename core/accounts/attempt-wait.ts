/** Tries that cost nothing: a person mistypes, and many people share the address of a station. */
export const freeFailures = { name: 5, address: 20 } as const;
export type AttemptKind = keyof typeof freeFailures;

const firstWaitMs = 5_000;
export const longestWaitMs = 15 * 60_000;
/** A name or an address that did not fail for so long begins again. */
export const failuresForgottenMs = 24 * 3_600_000;

const decayMs = 15 * 60_000;

/**
 * Failures fade, one in a quarter of an hour: many people share the address of a station, and what they
 * mistype over weeks must not add up. A guesser waits that long for each try in the end. Returns what
 * is left, and from when the next quarter of an hour counts.
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

/** How long after its last failure a name or an address has to wait: doubling, to a quarter of an hour. */
export function waitAfterFailuresMs(kind: AttemptKind, failures: number): number {
  const beyond = failures - freeFailures[kind];
  if (beyond < 0) return 0;
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(beyond, 20));
}
