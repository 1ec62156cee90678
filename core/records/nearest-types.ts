/** Of these words those most like another one, best first: by the pairs of letters that both have (Dice, 1945). */
export function nearestTypes(word: string, known: readonly string[], most = 3): string[] {
  const wanted = pairsOf(word);
  return known
    .map((each) => ({ each, likeness: likenessOf(wanted, pairsOf(each)) }))
    .filter(({ likeness }) => likeness >= leastLikeness)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, most)
    .map(({ each }) => each);
}
const leastLikeness = 0.25;

function pairsOf(word: string): ReadonlySet<string> {
  const letters = word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2)),
  );
}

function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return (2 * shared) / Math.max(1, a.size + b.size);
}
