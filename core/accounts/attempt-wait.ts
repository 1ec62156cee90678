/** Tries that cost nothing: a person mistypes, and many people share the address of a station. */
export const freeFailures = { name: 5, address: 20 } as const;
export type AttemptKind = keyof typeof freeFailures;

const firstWaitMs = 5_000;
const longestWaitMs = 15 * 60_000;
/** A name or an address that did not fail for so long begins anew. */
export const failuresForgottenMs = 24 * 3_600_000;

/** How long after its last failure a name or an address has to wait: doubling, to a quarter of an hour. */
export function waitAfterFailuresMs(kind: AttemptKind, failures: number): number {
  const beyond = failures - freeFailures[kind];
  if (beyond < 0) return 0;
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(beyond, 20));
}
