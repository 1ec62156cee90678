/**
 * One signal that is aborted with the first of these. By hand: phones before iOS 17.4 and Chrome 116 have no
 * `AbortSignal.any`. Released once nobody waits for it any more, so that a signal that lives long keeps no listener.
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
