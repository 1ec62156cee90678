import type { Candidate } from "#core/patrol/candidate.ts";
import { type Crew, freeUnits } from "#core/patrol/crew.ts";

/** A candidate in the hands of one unit of the pool, or of a named unit that has agreed windows. */
export interface PlanOption {
  readonly candidate: Candidate;
  readonly crew: Crew;
  /** Null: any unit of the crew's pool. */
  readonly unit: number | null;
}

export function planOptions(
  candidates: readonly Candidate[],
  crews: readonly Crew[],
): PlanOption[] {
  return candidates.flatMap((candidate) => {
    const crew = crews.find(({ from, to }) => from <= candidate.start && candidate.end <= to);
    if (!crew) return [];
    const pooled = crew.pool.length > 0 ? [{ candidate, crew, unit: null }] : [];
    const named = freeUnits(crew, candidate.blockStart, candidate.blockEnd).map((unit) => ({
      candidate,
      crew,
      unit,
    }));
    return [...pooled, ...named];
  });
}
