import { compareWithControl, verdictsOf } from "#core/displacement/compare.ts";
import { rowSentence } from "#core/displacement/sentence.ts";
import { type AssessmentWindows, quietDays } from "#core/displacement/windows.ts";
import type { Comparison, EdgeRow, Widening } from "#core/displacement/wire/displacement.ts";
import type { AssessedEdge, AssessmentZones, ZoneCounts } from "#core/displacement/zones.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventSources } from "#core/records/event.ts";
import type { Result } from "#core/result.ts";
import type { PrePost } from "#core/stats/wdd.ts";
import { dateName } from "#core/time/words.ts";
import { dayMs, minuteMs, type Zone } from "#core/time/zone.ts";

/** This many missing reports mean that records begin or end, not a change. */
const tooManyForNone = 10;

/**
 * Drops the far side of edges whose records do not cover both periods: it is unknown. Both sides of
 * a line within the command are recorded.
 */
export function withoutUnrecorded(
  zones: AssessmentZones,
  counts: ZoneCounts,
  given: {
    readonly events: EventColumns;
    readonly windows: AssessmentWindows;
    readonly zone: Zone;
  },
): {
  readonly zones: AssessmentZones;
  readonly counts: ZoneCounts;
  /** By edge, in order: why only this side is counted, or null. */
  readonly oneSided: readonly (string | null)[];
} {
  const { windows, zone, events } = given;
  const knownFrom = zone.startOfDate(windows.historyFrom);
  const beyond = timesBeyond(events, zones.edges);
  const oneSided = zones.edges.map(({ isInternal }, index) =>
    isInternal ? null : oneSidedSentence(beyond[index] ?? [], windows, { knownFrom, zone }),
  );
  return {
    zones: {
      ...zones,
      edges: zones.edges.map((edge, index) => (oneSided[index] ? { ...edge, outer: [] } : edge)),
    },
    counts: {
      ...counts,
      edges: counts.edges.map(({ inner, outer }, index) => {
        return { inner, outer: oneSided[index] ? outer.map(() => 0) : outer };
      }),
    },
    oneSided,
  };
}

/** Instants of reports beyond each edge, ascending; nothing that police discovered. */
function timesBeyond(events: EventColumns, edges: readonly AssessedEdge[]): number[][] {
  const edgeOf = new Map(
    edges.flatMap(({ outer }, index) => outer.map((cell) => [cell, index] as const)),
  );
  const edgeOfCell = Int16Array.from(events.cells, (cell) => edgeOf.get(cell) ?? -1);
  const times = edges.map((): number[] => []);
  for (let row = 0; row < events.length; row += 1) {
    const edge = edgeOfCell[events.cell[row] as number] as number;
    if (edge < 0 || events.source[row] === police) continue;
    const middle = ((events.start[row] as number) + (events.end[row] as number)) / 2;
    times[edge]?.push(middle * minuteMs);
  }
  return times.map((one) => one.sort((a, b) => a - b));
}

type Windows = Pick<AssessmentWindows, "before" | "after">;

/**
 * Why the far side of an edge is not counted, as a sentence; null where both sides are. Where its
 * records begin, pause or end within the periods, and ten or more reports would be expected at
 * their own pace in the uncovered days, these days are unknown rather than days without reports.
 * `times` are instants of its reports, ascending, from `knownFrom` to the end of the period after.
 */
function oneSidedSentence(
  times: readonly number[],
  windows: Windows,
  known: { readonly knownFrom: number; readonly zone: Zone },
): string | null {
  const { before, after } = windows;
  const within = times.filter((at) => at >= before.startsAt && at < after.endsAt);
  if (within.length === 0) return "Only this side of the boundary is recorded.";
  const inBefore = within.filter((at) => at < before.endsAt).length;
  const far = { times, within, inBefore, inAfter: within.length - inBefore };
  const why = beginning(far, windows, known) ?? ending(far, windows, known);
  return why === null ? null : `${why}, so only this side is counted.`;
}

interface FarSide {
  readonly times: readonly number[];
  readonly within: readonly number[];
  readonly inBefore: number;
  readonly inAfter: number;
}

function beginning(
  { times, within, inBefore, inAfter }: FarSide,
  { before, after }: Windows,
  { knownFrom, zone }: { readonly knownFrom: number; readonly zone: Zone },
): string | null {
  const first = within[0] as number;
  const previous = times.filter((at) => at < before.startsAt).at(-1);
  const perMs =
    previous !== undefined
      ? pace(times.length, after.endsAt - knownFrom)
      : inBefore >= tooManyForNone
        ? pace(inBefore - 1, before.endsAt - first)
        : pace(within.length - 1, after.endsAt - first);
  const isLate = first - before.startsAt > quietDays * dayMs;
  const isMissing = perMs * (first - (previous ?? knownFrom)) >= tooManyForNone;
  if (!(isLate && isMissing) && !(inBefore === 0 && inAfter >= tooManyForNone)) return null;
  const on = (at: number) => dateName(zone.dateOf(at));
  return previous === undefined
    ? `Records beyond the boundary start on ${on(first)}`
    : `Nothing is recorded beyond the boundary between ${on(previous)} and ${on(first)}`;
}

function ending(
  { within, inBefore, inAfter }: FarSide,
  { before, after }: Windows,
  { zone }: { readonly zone: Zone },
): string | null {
  const last = within.at(-1) as number;
  const perMs =
    inAfter >= tooManyForNone
      ? pace(inAfter - 1, last - after.startsAt)
      : pace(within.length - 1, last - before.startsAt);
  const isEarly = after.endsAt - last > quietDays * dayMs;
  const isGone = perMs * (after.endsAt - last) >= tooManyForNone;
  if (!(isEarly && isGone) && !(inAfter === 0 && inBefore >= tooManyForNone)) return null;
  return `Records beyond the boundary end on ${dateName(zone.dateOf(last))}`;
}

function pace(reports: number, ms: number): number {
  return reports <= 0 ? 0 : reports / Math.max(ms, 1);
}

const police = eventSources.indexOf("police");

interface EdgeToComplete extends Pick<Comparison, "p" | "wdd" | "control">, Widening {
  readonly neighbour: string;
  readonly inner: PrePost;
  readonly given: { readonly reference: string; readonly outer: Result<PrePost> } | null;
}

/**
 * Edges whose records end at the line, completed by totals of whole quarters; null for the others.
 * All edges are tested together on their best data, so that wrong rises stay as rare as without the
 * totals (Holm 1979), with the same widening.
 */
export function completeEdges(
  edges: readonly EdgeToComplete[],
): (NonNullable<EdgeRow["received"]> | null)[] {
  const comparisons = edges.map((edge) => {
    const outer = edge.given?.outer;
    if (!outer?.ok) return null;
    const both: PrePost = [edge.inner[0] + outer.value[0], edge.inner[1] + outer.value[1]];
    return compareWithControl(both, edge.control, edge);
  });
  const asked = edges.map((edge, at) => comparisons[at] ?? edge);
  const verdicts = verdictsOf(asked);
  const questions = asked.filter(({ p }) => p !== null).length;
  return edges.map(({ neighbour, given }, at) => {
    if (given === null) return null;
    const { reference, outer } = given;
    const from = `totals received from ${neighbour}, reference ${reference}`;
    const comparison = comparisons[at] ?? null;
    if (!outer.ok || comparison === null) {
      const why = outer.ok ? "" : ` ${outer.reason}`;
      const sentence = `There are ${from}, but they cannot be used here.${why}`;
      return { reference, outer: null, verdict: "cannot_tell", sentence };
    }
    const verdict = verdicts[at] ?? "cannot_tell";
    const where = `Both sides of the boundary with ${neighbour}, using ${from}`;
    const words = { where, comparison, verdict, asked: questions, oneSided: null };
    return { reference, outer: outer.value, verdict, sentence: rowSentence(words) };
  });
}
