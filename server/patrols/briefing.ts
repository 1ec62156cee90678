import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { windowCells } from "#core/patrols/ground/leg.ts";
import { clockText, longSpanText, timesText, toFiveMinutes } from "#core/patrols/ground/words.ts";
import { checkLine, paperWords } from "#core/patrols/plan/briefing-words.ts";
import type { BriefingReply } from "#core/patrols/wire/board.ts";
import type { PatrolPartnerKind } from "#core/patrols/wire/patrol-partners.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import { dateName } from "#core/time/words.ts";
import { addDays, formatInstant } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { type Issue, type IssuedSheet, issuePlan, sheetsOf } from "#server/patrols/issue.ts";
import { lightAt } from "#server/patrols/judged-window.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { type Describer, placeOf, walkOf } from "#server/patrols/replies.ts";
import { describerOf } from "#server/patrols/stored.ts";

/** One sheet a shift, with permitted routes and nothing else (SAFEGUARDS 6). */
export async function briefing(act: Act, planId: string): Promise<BriefingReply> {
  const describer = await describerOf(act);
  return briefingOf(act, describer, null, await issuePlan(act, planId));
}

export function briefingOf(
  act: Act,
  describer: Describer,
  kind: PatrolPartnerKind | null,
  { number, windows, conflictOf, at }: Omit<Issue, "plan">,
): BriefingReply {
  const { zone, movedOn } = describer;
  return {
    ...paperWords(kind),
    ...movedWords(act.asAt.date(), movedOn),
    number,
    issuedAt: formatInstant(zone, at),
    demo: act.asAt.demo,
    checkLine: checkLine(number),
    sheets: sheetsOf(windows).map((issued) => sheet(issued, describer, conflictOf)),
  };
}

/** Whoever was off duty comes back within these days. */
const movedToldDays = 28;

function movedWords(today: string, movedOn: string | null | undefined) {
  if (!movedOn || today >= addDays(movedOn, movedToldDays)) return {};
  const moved = `Boundaries changed on ${dateName(movedOn)}: ask the desk about a stop that may not be yours now.`;
  return { moved };
}

function sheet(
  { windows, voidAfter }: IssuedSheet,
  describer: Describer,
  conflictOf: Issue["conflictOf"],
): BriefingReply["sheets"][number] {
  const { zone } = describer;
  const start = windows[0]?.shiftStart ?? voidAfter;
  const end = windows[0]?.shiftEnd ?? voidAfter;
  return {
    title: longSpanText(zone, start, end),
    start: formatInstant(zone, start),
    end: formatInstant(zone, end),
    voidAfter: formatInstant(zone, voidAfter),
    windows: windows.map((window) => {
      const unstaffed = conflictOf(window);
      return { ...entry(window, describer), ...(unstaffed ? { unstaffed } : {}) };
    }),
  };
}

type Entry = BriefingReply["sheets"][number]["windows"][number];

function entry(window: WindowRow, { zone, nameOf }: Describer): Entry {
  const { legs } = window;
  return {
    id: window.label,
    unit: unitNumber(window.unit),
    place: placeOf(window, nameOf),
    times: timesText(zone, window.start, window.end),
    whyHere: window.whyHere,
    whyNow: window.whyNow,
    light: lightAt(window.zone, window.start, window.end),
    stops: window.stops.map((stop, index) => ({
      order: index + 1,
      place: nameOf(stop.cell),
      about: `about ${clockText(zone, toFiveMinutes(stop.arrive))}`,
      centre: rounded(stop.cell),
      cell: stop.cell,
    })),
    ...(legs ? { legs: legs.map(walkOf) } : {}),
    route: windowCells(window).map(rounded),
  };
}

function rounded(cell: H3Cell): [number, number] {
  const [lng, lat] = cellCentre(cell);
  return [Math.round(lng * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];
}
