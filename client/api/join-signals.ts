/**
 * A signal aborted with the first of these; phones before iOS 17.4 and Chrome 116 have no
 * `AbortSignal.any`. Call `release` when done, so a long-lived signal keeps no listener.
 */
export function joinSignals(signals: readonly (AbortSignal | undefined)[]): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const given = signals.filter((signal) => signal !== undefined);
  const joined = new AbortController();
  const follow = () => joined.abort(given.find(({ aborted }) => aborted)?.reason);
  for (const signal of given) signal.addEventListener("abort", follow);
  if (given.some(({ aborted }) => aborted)) follow();
  return {
    signal: joined.signal,
    release: () => {
      for (const signal of given) signal.removeEventListener("abort", follow);
    },
  };
}
