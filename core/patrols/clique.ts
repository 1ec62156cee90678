export interface Conflicts {
  readonly count: number;
  readonly conflict: (a: number, b: number) => boolean;
  /** For a < b: false ends the search for a's conflicts, so items must be ordered by nearness. */
  readonly mayConflict: (a: number, b: number) => boolean;
}

/**
 * Covers every conflict between two items by groups whose members all conflict with each other, so that
 * "at most one of each group" says the same as all the pairs, with fewer and tighter rows.
 */
export function coverByCliques(conflicts: Conflicts): number[][] {
  const { count } = conflicts;
  const covered = new Set<number>();
  const cliques: number[][] = [];
  for (let first = 0; first < count; first += 1) {
    const others = conflictsAfter(first, conflicts);
    for (const seed of others) {
      if (covered.has(first * count + seed)) continue;
      const clique = grow([first, seed], others, conflicts);
      markPairs(clique, count, covered);
      cliques.push(clique);
    }
  }
  return cliques;
}

function conflictsAfter(first: number, { count, conflict, mayConflict }: Conflicts): number[] {
  const found: number[] = [];
  for (let other = first + 1; other < count && mayConflict(first, other); other += 1) {
    if (conflict(first, other)) found.push(other);
  }
  return found;
}

function grow(
  start: readonly number[],
  others: readonly number[],
  { conflict }: Conflicts,
): number[] {
  const clique = [...start];
  for (const other of others) {
    const joins = clique.every((member) => member !== other && conflict(member, other));
    if (joins) clique.push(other);
  }
  return clique.sort((a, b) => a - b);
}

function markPairs(clique: readonly number[], count: number, covered: Set<number>): void {
  clique.forEach((a, position) => {
    for (const b of clique.slice(position + 1)) covered.add(a * count + b);
  });
}
