import { dayIn, type Here } from "#client/outreach/outreach-words.ts";
import { findHolding, radiusFault, type Venue, venueFault } from "#core/blackouts/footprint.ts";
import { type PatrolGround, venueGroundFault } from "#core/blackouts/patrol-ground.ts";
import { ruleFaults, type SessionRule } from "#core/blackouts/session.ts";
import { horizonWeeks, usualRadiusM } from "#core/blackouts/settings.ts";
import type { H3Cell, Position } from "#core/geo/cell.ts";
import { failure, type Result, success } from "#core/result.ts";
import { addDays } from "#core/time/zone.ts";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/wire/outreach.ts";

/** A session as it is typed. The venue lives here, in the memory of one page, and nowhere else. */
export interface Draft {
  /** A saved place, or null for a new one. */
  readonly placeId: string | null;
  readonly at: Position | null;
  readonly radius: string;
  readonly label: string;
  readonly repeats: SessionRule["repeats"];
  readonly everyWeeks: string;
  readonly firstDate: string;
  readonly start: string;
  readonly end: string;
  /** Empty: goes on. */
  readonly until: string;
}

export function emptyDraft(today: string, places: readonly SavedPlaceReply[]): Draft {
  return {
    placeId: places[0]?.id ?? null,
    at: null,
    radius: String(usualRadiusM),
    label: "",
    repeats: "weekly",
    everyWeeks: "1",
    firstDate: today,
    start: "19:00",
    end: "22:00",
    until: "",
  };
}

export function draftOf(session: OutreachSessionReply, today: string): Draft {
  const { rule } = session;
  return {
    ...emptyDraft(
      session.next.find(({ state }) => state === "planned")?.date ?? session.next[0]?.date ?? today,
      [],
    ),
    placeId: session.placeId,
    repeats: rule.repeats,
    everyWeeks: String(rule.everyWeeks),
    start: rule.start,
    end: rule.end,
    until: rule.until ?? "",
  };
}

/** Where the session is: a saved outline, or a venue whose outline is still to be drawn. */
export type DraftPlace =
  | { readonly kind: "saved"; readonly place: SavedPlaceReply; readonly isReused: boolean }
  | { readonly kind: "new"; readonly venue: Venue; readonly label: string };

export interface ReadDraft {
  readonly place: DraftPlace;
  readonly rule: SessionRule;
}
export type DraftFaults = Partial<
  Record<"place" | "radius" | "label" | "firstDate" | "start" | "end" | "until", string>
>;

/** What a draft is held against beside itself. */
export interface DraftLimits extends Here {
  readonly ground: PatrolGround;
}

/** What can be previewed and saved, or what to mend, each at its field. */
export function readDraft(
  draft: Draft,
  places: readonly SavedPlaceReply[],
  limits: DraftLimits,
): Result<ReadDraft, DraftFaults> {
  const place = readPlace(draft, places, limits.ground);
  const rule = ruleOf(draft);
  const faults = { ...(place.ok ? {} : place.reason), ...whenFaults(rule, limits) };
  if (place.ok && Object.keys(faults).length === 0) return success({ place: place.value, rule });
  return failure(faults);
}

function readPlace(
  draft: Draft,
  places: readonly SavedPlaceReply[],
  ground: PatrolGround,
): Result<DraftPlace, DraftFaults> {
  if (draft.placeId !== null) {
    const place = places.find(({ id }) => id === draft.placeId);
    if (place) return success({ kind: "saved", place, isReused: false });
    return failure({ place: "Choose a saved place, or a new one." });
  }
  const radiusM = Number(draft.radius);
  const radius = draft.radius.trim() === "" ? "Give the distance in metres." : radiusFault(radiusM);
  const label = draft.label.trim();
  const faults: DraftFaults = {
    ...(draft.at ? {} : { place: "Choose the place on the map, or search for it." }),
    ...(radius === null ? {} : { radius }),
  };
  const venue = draft.at && { at: draft.at, radiusM };
  const fault = venue && radius === null ? faultOf(venue, ground) : null;
  if (fault !== null) faults.place = fault;
  // A second outline of the same venue would help an onlooker to find its middle.
  const held = reusedPlace(draft, places);
  if (held && fault === null) return success({ kind: "saved", place: held, isReused: true });
  if (label === "") faults.label = "Give it a name that only you need to understand.";
  if (venue && Object.keys(faults).length === 0) return success({ kind: "new", venue, label });
  return failure(faults);
}

function faultOf(venue: Venue, ground: PatrolGround): string | null {
  return venueFault(venue) ?? venueGroundFault(ground, venue);
}

/** The saved place whose outline already holds what is being entered as a new one. */
export function reusedPlace(
  { placeId, at, radius }: Draft,
  places: readonly SavedPlaceReply[],
): SavedPlaceReply | null {
  if (placeId !== null || at === null) return null;
  const venue: Venue = { at, radiusM: Number(radius) };
  if (venueFault(venue) !== null) return null;
  const known = places.map((place) => ({ place, cells: place.cells as H3Cell[] }));
  return findHolding(known, venue)?.place ?? null;
}

function whenFaults(rule: SessionRule, here: Here): DraftFaults {
  const faults: DraftFaults = {};
  for (const { field, reason } of ruleFaults(rule)) {
    faults[field === "everyWeeks" ? "firstDate" : field] = reason;
  }
  const { firstDate, repeats, until } = rule;
  if (faults.firstDate === undefined && firstDate >= here.lastDay) {
    faults.firstDate = `Choose a day before ${dayIn(here, here.lastDay)}: protected time is known ${horizonWeeks} weeks ahead, so add it nearer the day.`;
  }
  // A session of yesterday evening may still go on.
  const yesterday = addDays(here.today, -1);
  if (faults.firstDate === undefined && repeats === "once" && firstDate < yesterday) {
    faults.firstDate = "This day is over: choose today or later.";
  }
  if (faults.until === undefined && until !== null && until < yesterday) {
    faults.until = "This day is over: choose a later one, or leave it empty.";
  }
  return faults;
}

/** The cancelled dates that a changed session keeps; its first date was just asked for. */
export function exceptOf(moved: OutreachSessionReply | null, rule: SessionRule): string[] {
  return (moved?.except ?? []).filter((date) => date !== rule.firstDate);
}

function ruleOf(draft: Draft): SessionRule {
  const isWeekly = draft.repeats === "weekly";
  return {
    repeats: draft.repeats,
    everyWeeks: isWeekly ? Number(draft.everyWeeks) : 1,
    firstDate: draft.firstDate,
    start: draft.start,
    end: draft.end,
    until: isWeekly && draft.until !== "" ? draft.until : null,
  };
}
