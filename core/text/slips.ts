/** Levenshtein distance. */
export function slipsBetween(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 0; row < one.length; row += 1) {
    const now = [row + 1];
    for (let at = 0; at < other.length; at += 1) {
      const [left = 0, above = 0, across = 0] = [now[at], before[at + 1], before[at]];
      const isSame = one.charCodeAt(row) === other.charCodeAt(at);
      now.push(Math.min(left + 1, above + 1, across + (isSame ? 0 : 1)));
    }
    before = now;
  }
  return before[other.length] ?? 0;
}
