/** Windows of one crew by start, and which may follow which in one unit's hands. */
export interface Sequence {
  readonly count: number;
  /** For a window and a later one. */
  readonly mayFollow: (before: number, next: number) => boolean;
}

export interface Roster {
  /** The window before each in the same unit's hands, or -1 for a unit's first. */
  readonly before: readonly number[];
  /** How many units it takes: never more than any other order of these windows would. */
  readonly units: number;
}

/**
 * The fewest units that can have all these windows: a smallest cover by paths, found as a largest matching
 * of windows with the ones they follow (Fulkerson 1956). A window prefers the one before that comes first
 * in `preferred`.
 */
export function fewestUnits(
  { count, mayFollow }: Sequence,
  preferred: (next: number, befores: readonly number[]) => readonly number[] = (_, all) => all,
): Roster {
  const choices = Array.from({ length: count }, (_, next) => {
    const all: number[] = [];
    for (let before = next - 1; before >= 0; before -= 1) {
      if (mayFollow(before, next)) all.push(before);
    }
    return preferred(next, all);
  });
  const { before } = matched(count, choices);
  return { before, units: before.filter((one) => one < 0).length };
}

export interface Matching {
  /** Which left item each right one has, or -1. */
  readonly before: number[];
  /** The other way round. */
  readonly after: ReadonlyMap<number, number>;
}

/** A largest matching by augmenting paths, right items in order, each trying its choices in order. */
export function matched(count: number, choices: readonly (readonly number[])[]): Matching {
  const before = new Array<number>(count).fill(-1);
  const after = new Map<number, number>();
  const augment = (next: number, seen: Set<number>): boolean => {
    for (const one of choices[next] ?? []) {
      if (seen.has(one)) continue;
      seen.add(one);
      const other = after.get(one);
      if (other === undefined || augment(other, seen)) {
        after.set(one, next);
        before[next] = one;
        return true;
      }
    }
    return false;
  };
  for (let next = 0; next < count; next += 1) augment(next, new Set());
  return { before, after };
}

/**
 * Windows none of which may follow another, as many as there are units needed (Dilworth 1950, by the
 * smallest vertex cover of the matching, König 1931). Whoever has fewer units cannot have them all.
 */
export function widestClash({ count, mayFollow }: Sequence): number[] {
  const choices = Array.from({ length: count }, (_, next) => {
    const all: number[] = [];
    for (let before = 0; before < next; before += 1) if (mayFollow(before, next)) all.push(before);
    return all;
  });
  const { before, after } = matched(count, choices);
  // From the windows that follow none, over any edge to a window before, back over its matched edge.
  const rights = new Set<number>();
  const lefts = new Set<number>();
  const visit = (next: number) => {
    if (rights.has(next)) return;
    rights.add(next);
    for (const one of choices[next] ?? []) {
      if (lefts.has(one)) continue;
      lefts.add(one);
      const matchedTo = after.get(one);
      if (matchedTo !== undefined) visit(matchedTo);
    }
  };
  before.forEach((one, next) => {
    if (one < 0) visit(next);
  });
  return Array.from({ length: count }, (_, at) => at).filter(
    (at) => rights.has(at) && !lefts.has(at),
  );
}
