import { formatCount } from "#core/text/numbers.ts";

const everyMs = 2_000;

/** A line now and then for a long file; a short one needs none. `what` as in "rows". */
export function createProgressLines(say: (line: string) => void, what: string) {
  let lastAt = Date.now();
  return (done: {
    readonly count: number;
    readonly bytes: number;
    readonly totalBytes: number | null;
  }) => {
    if (done.count === 0 || Date.now() - lastAt < everyMs) return;
    lastAt = Date.now();
    const share = done.totalBytes ? ` (${Math.floor((100 * done.bytes) / done.totalBytes)}%)` : "";
    say(`${formatCount(done.count)} ${what}${share}`);
  };
}
