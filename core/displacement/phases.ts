import { noFigure, verdictsOf } from "#core/displacement/compare.ts";
import type { OperationPhase } from "#core/displacement/operation.ts";
import {
  type Compared,
  compare,
  type EdgePlace,
  type Frame,
  type Place,
  sidesOf,
  whyUnknown,
} from "#core/displacement/rows.ts";
import { movedBanner, rowSentence } from "#core/displacement/sentence.ts";
import { type AssessmentPeriod, periodOf } from "#core/displacement/windows.ts";
import type { PhasePlace, PhaseRow } from "#core/displacement/wire/displacement.ts";
import type { Zone } from "#core/time/zone.ts";

/** Two weeks, so that every weekday counts twice. */
export const leastPhaseDays = 14;

export interface PhaseWindow extends AssessmentPeriod {
  readonly name: string;
  /** Beyond what is known: it may yet become long enough. */
  readonly goesOn: boolean;
}

/** What lies within the period after; 0 days where nothing is known of it. */
export function phaseWindows(
  zone: Zone,
  phases: readonly OperationPhase[],
  after: AssessmentPeriod,
): PhaseWindow[] {
  return phases.map(({ name, startsOn, endsOn }) => {
    const goesOn = endsOn === null || endsOn > after.to;
    const from = startsOn < after.from ? after.from : startsOn;
    const to = goesOn ? after.to : endsOn;
    if (from > to) {
      const none = { days: 0, startsAt: after.startsAt, endsAt: after.startsAt };
      return { name, goesOn, from: startsOn, to: endsOn ?? startsOn, ...none };
    }
    return { name, goesOn, ...periodOf(zone, from, to) };
  });
}

interface Look extends Compared {
  readonly unknown: string | null;
}

/**
 * Each phase against the operation's own period before, as the whole is. Several phases make a change by chance
 * likelier: an area is judged over all its phases together, boundaries over all boundaries and phases together
 * (Holm 1979), so that at most one set in twenty has a wrong rise or fall. Intervals are each phase's own, widened as
 * the whole's are.
 */
export function phaseRows(
  phases: readonly PhaseWindow[],
  places: {
    /** Treated area and rings together, treated area, rings. */
    readonly areas: readonly Place[];
    readonly edges: readonly EdgePlace[];
  },
  frame: Frame,
): PhaseRow[] {
  const frames = phases.map((after) => ({ ...frame, windows: { ...frame.windows, after } }));
  const look = (place: Place, at: number, edge?: number): Look => {
    const [phase, within] = [phases[at], frames[at]] as [PhaseWindow, Frame];
    const found = compare(place, within, frame.widen(place.group, edge));
    const unknown = whyUnknown(place, frame) ?? tooShort(phase, frame.windows.after);
    if (unknown === null) return { ...found, unknown };
    return { ...found, unknown, fell: false, comparison: { ...found.comparison, ...noFigure } };
  };
  /** Rows by phase, of places that are judged together. */
  const together = <Of extends Place>(
    of: readonly Of[],
    askedOf: string,
    edgeOf: (place: Of) => number | undefined,
  ): PhasePlace[][] => {
    const looks = phases.map((_, at) => of.map((place) => look(place, at, edgeOf(place))));
    const comparisons = looks.flat().map(({ comparison }) => comparison);
    const verdicts = verdictsOf(comparisons);
    const asked = comparisons.filter(({ p }) => p !== null).length;
    return looks.map((row, at) =>
      row.map(({ comparison, widening, fell, unknown }, index): PhasePlace => {
        const { name, inPhase, oneSided } = of[index] as Of;
        const verdict = verdicts[at * of.length + index] ?? "cannot_tell";
        const where = `In phase "${phases[at]?.name}", ${inPhase}`;
        const words = { where, comparison, verdict, asked, askedOf, oneSided, unknown };
        return {
          ...comparison,
          name,
          neighbour: null,
          verdict,
          sentence: rowSentence(words),
          oneSided: oneSided !== null,
          ...widening,
          fell,
        };
      }),
    );
  };
  const areas = places.areas.map((area) => together([area], "phases", () => undefined));
  const askedOf = phases.length === 1 ? "edges" : "comparisons";
  const edges = together(places.edges, askedOf, ({ edge }) => edge);
  return phases.map(({ name, from, to, days }, at): PhaseRow => {
    const [overall, treatedArea, rings] = areas.map((rows) => rows[at]?.[0]) as [
      PhasePlace,
      PhasePlace,
      PhasePlace,
    ];
    const beside = places.edges.map((place, edge) => {
      return { ...(edges[at]?.[edge] as PhasePlace), ...sidesOf(place, frames[at] as Frame) };
    });
    const banner = movedBanner(treatedArea, overall, beside);
    return { ...overall, name, from, to, days, treatedArea, rings, edges: beside, banner };
  });
}

function tooShort({ days, from, goesOn }: PhaseWindow, after: AssessmentPeriod): string | null {
  if (days >= leastPhaseDays) return null;
  if (days > 0) {
    return goesOn
      ? `it has had ${days} of the ${leastPhaseDays} days needed`
      : `it has ${days} days, and ${leastPhaseDays} are needed`;
  }
  return from > after.to
    ? "there are no records yet for its time"
    : "it is outside the period after the start";
}
