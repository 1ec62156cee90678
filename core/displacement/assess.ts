import { type ControlCheck, controlCheck } from "#core/displacement/control-check.ts";
import { edgeEvidence, weeklyLooks } from "#core/displacement/evidence.ts";
import { type HarmRows, harmRows } from "#core/displacement/harm-rows.ts";
import { withoutUnrecorded } from "#core/displacement/one-sided.ts";
import type { Operation } from "#core/displacement/operation.ts";
import { phaseRows, phaseWindows } from "#core/displacement/phases.ts";
import {
  edgePlaces,
  edgeRows,
  type Frame,
  type Place,
  singleRow,
} from "#core/displacement/rows.ts";
import { movedBanner } from "#core/displacement/sentence.ts";
import { addGroups, type MonthPart, monthParts, timelineOf } from "#core/displacement/timeline.ts";
import { createWidening } from "#core/displacement/widening.ts";
import { type AssessmentWindows, historyMonths } from "#core/displacement/windows.ts";
import type { AssessmentReply, AssessmentRow } from "#core/displacement/wire/displacement.ts";
import { type AssessmentZones, assessmentZones, countInZones } from "#core/displacement/zones.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { EventColumns } from "#core/records/columns.ts";
import type { HarmWeight } from "#core/records/harm.ts";
import {
  isUnknownAt,
  leftOutSentence,
  type UnknownMonth,
  withoutUnknown,
} from "#core/records/unknown-months.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { dateName } from "#core/time/words.ts";
import type { Zone } from "#core/time/zone.ts";

export interface Assessment
  extends Pick<
    AssessmentReply,
    "overall" | "treatedArea" | "rings" | "edges" | "phases" | "notes" | "banner"
  > {
  readonly zones: AssessmentZones;
  readonly controlCheck: ControlCheck;
  /** Null unless weights were typed. */
  readonly harm: HarmRows | null;
}

export interface AssessmentInput {
  readonly operation: Operation;
  readonly windows: AssessmentWindows;
  readonly study: StudySet;
  readonly edgeZones: readonly EdgeZone[];
  /** From `windows.historyFrom` to the end of the period after. */
  readonly events: EventColumns;
  readonly zone: Zone;
  /** Concurrent operations; the one being assessed may be among them. */
  readonly others?: readonly Operation[] | undefined;
  readonly harm?: readonly HarmWeight[] | undefined;
  /** Not compared, on either side. */
  readonly unknown?: readonly UnknownMonth[] | undefined;
}

export function assessDisplacement(input: AssessmentInput): Assessment {
  const { operation, windows } = input;
  const unknown = unknownWithin(input);
  const events = withoutUnknown(input.events, unknown);
  const { zones: drawn, notes: zoneNotes } = zonesOf(input);
  const times = timesOf(input, unknown);
  const { zones, counts, oneSided } = withoutUnrecorded(
    drawn,
    countInZones(events, drawn, times.timeline, { cellsWithin: windows.before }),
    // All records, not only those counted, show which side is recorded.
    { events: input.events, windows, zone: input.zone },
  );
  const frame: Frame = {
    ...times,
    counts,
    windows,
    widen: createWidening({ ...times, counts, windows }),
    noControl: whyNoControl(operation, zones),
  };
  const areas = areaPlaces(zones, frame);
  const beside = edgePlaces(zones.edges, oneSided, frame);
  const [overall, treatedArea, rings] = areas.map((area) => singleRow(area, frame)) as [
    AssessmentRow,
    AssessmentRow,
    AssessmentRow,
  ];
  const edges = edgeRows(beside, frame, edgeEvidence(beside, frame, times.looks));
  return {
    zones,
    overall,
    treatedArea,
    rings,
    edges,
    phases: phaseRows(times.phases, { areas, edges: beside }, frame),
    controlCheck: controlCheck({
      counts,
      wholeMonths: times.wholeMonths,
      cells: zones.control.length,
      chosenByHand: operation.control !== null,
      treatedBefore: treatedArea.treated[0],
    }),
    harm: input.harm?.length
      ? harmRows(input.harm, {
          events,
          zones,
          windows,
          timeline: counts.timeline,
          places: [overall, treatedArea, rings, ...edges],
        })
      : null,
    notes:
      unknown.length === 0
        ? zoneNotes
        : [...zoneNotes, leftOutSentence(unknown.map(({ month }) => month))],
    banner: movedBanner(treatedArea, overall, edges),
  };
}

function unknownWithin({ windows, zone, unknown = [] }: AssessmentInput): readonly UnknownMonth[] {
  const from = zone.startOfDate(windows.historyFrom);
  return unknown.filter(({ start, end }) => end > from && start < windows.after.endsAt);
}

function whyNoControl(operation: Operation, { control }: AssessmentZones): string | null {
  if (control.length > 0) return null;
  return operation.control !== null
    ? "none of the chosen comparison cells can be used"
    : "no cells of the area are left to compare with";
}

function zonesOf({ operation, windows, study, edgeZones, others = [] }: AssessmentInput) {
  const around = new Set(edgeZones.flatMap(({ inner, outer }) => [...inner, ...outer]));
  const isCounted = (cell: AssessmentZones["treated"][number]) =>
    study.indexOf.has(cell) || around.has(cell);
  const other = otherOperations(operation, others, windows, isCounted);
  const zones = assessmentZones({
    treated: operation.cells,
    study,
    edgeZones,
    control: operation.control,
    leftOut: other.leftOut,
  });
  if (zones.treated.length === 0) {
    throw new RangeError(`"${operation.name}" has no treated cell in the area`);
  }
  return { zones, notes: [...windows.notes, ...other.notes, ...controlNotes(operation, zones)] };
}

function controlNotes({ control }: Operation, zones: AssessmentZones): string[] {
  if (control === null) return [];
  const chosen = new Set(control).size;
  const lost = chosen - zones.control.length;
  if (lost === 0) return [];
  return [
    `${lost === chosen ? "None" : zones.control.length} of ${chosen} cells chosen for comparison can be used. The others lie in the treated area, its rings, a boundary zone, another operation or outside the area.`,
  ];
}

function timesOf({ zone, windows, operation }: AssessmentInput, unknown: readonly UnknownMonth[]) {
  const { before, after, historyFrom } = windows;
  const isKnown = ({ startsAt }: MonthPart) => !isUnknownAt(startsAt, unknown);
  const past = monthParts(zone, historyFrom, before.to).filter(isKnown);
  // Of unknown months too: between two of them nothing else is a cut.
  const slices = monthParts(zone, after.from, after.to);
  const phases = phaseWindows(zone, operation.phases, after);
  const looks = weeklyLooks(zone, after);
  return {
    timeline: timelineOf([before, after, ...past, ...slices, ...phases, ...looks]),
    slices,
    looks,
    months: [...past, ...slices.filter(isKnown)],
    // The period before may exceed the months that scatter and control are judged by.
    wholeMonths: past.filter(({ isWhole }) => isWhole).slice(-historyMonths),
    phases,
  };
}

/** The treated area with its rings, the treated area, the rings. */
function areaPlaces(
  zones: AssessmentZones,
  { counts: { treated, rings } }: Frame,
): readonly [Place, Place, Place] {
  const cut = zones.areRingsCut ? "The rings stop at the area’s boundary." : null;
  return [
    {
      name: "Treated area and rings",
      where: "In the treated area and the rings around it together",
      inPhase: "treated area and rings together",
      oneSided: cut,
      isNowhere: false,
      group: addGroups(treated, rings),
    },
    {
      name: "Treated area",
      where: "In the treated area",
      inPhase: "treated area",
      oneSided: null,
      isNowhere: false,
      group: treated,
    },
    {
      name: "Rings",
      where: "In the rings around it",
      inPhase: "rings",
      oneSided: cut,
      isNowhere: zones.rings.length === 0,
      group: rings,
    },
  ];
}

/**
 * Operations running within the periods compared: they may cause changes where they work, so their
 * cells are neither ring nor edge nor control. A shared treated area cannot be separated.
 */
function otherOperations(
  operation: Operation,
  others: readonly Operation[],
  { before, after }: AssessmentWindows,
  isCounted: (cell: H3Cell) => boolean,
): {
  /** Cells that another operation treats within these periods, less the own treated ones. */
  readonly leftOut: ReadonlySet<H3Cell>;
  readonly notes: readonly string[];
} {
  const own = new Set(operation.cells);
  const leftOut = new Set<H3Cell>();
  const notes: string[] = [];
  for (const other of others) {
    const runs =
      other.startsOn <= after.to && (other.endsOn === null || other.endsOn >= before.from);
    if (!runs || other.name === operation.name) continue;
    const shared = other.cells.filter((cell) => own.has(cell)).length;
    const apart = other.cells.filter((cell) => !own.has(cell) && isCounted(cell));
    for (const cell of apart) leftOut.add(cell);
    if (apart.length > 0) {
      notes.push(
        `${named(other)} treats ${formatQuantity(apart.length, "cell")} around or in the comparison area. They are excluded from all comparisons.`,
      );
    }
    if (shared > 0) {
      notes.push(
        `${named(other)} treats ${formatQuantity(shared, "cell")} of the same area. Their effects cannot be separated.`,
      );
    }
  }
  return { leftOut, notes };
}

function named({ name, startsOn, endsOn }: Operation): string {
  const until = endsOn === null ? "" : ` to ${dateName(endsOn)}`;
  return `Another operation at the same time, "${name}" (from ${dateName(startsOn)}${until}),`;
}
