import type { Candidate } from "#core/patrols/candidate.ts";
import type { Crew } from "#core/patrols/crew.ts";
import type { Travel } from "#core/patrols/travel.ts";

/** A candidate in the hands of one unit of a crew. */
export interface PlanOption {
  readonly candidate: Candidate;
  readonly crew: Crew;
}

/** Each candidate with every crew that is there for all of it and can get there in time. */
export function planOptions(
  candidates: readonly Candidate[],
  crews: readonly Crew[],
  travel: Travel,
): PlanOption[] {
  return candidates.flatMap((candidate) =>
    crews
      .filter(
        (crew) =>
          crew.mode === candidate.mode &&
          crew.from <= candidate.start &&
          candidate.end <= crew.to &&
          crew.busy.every((window) => travel.mayShare(window, candidate, crew.mode)),
      )
      .map((crew) => ({ candidate, crew })),
  );
}
