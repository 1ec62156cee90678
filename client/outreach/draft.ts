import { ruleOf, type WhenDraft, whenFaults } from "#client/outreach/draft-when.ts";
import type { Here } from "#client/outreach/outreach-words.ts";
import { findAround, findHolding, radiusFault, venueFault } from "#core/blackouts/footprint.ts";
import type { Ground } from "#core/blackouts/ground.ts";
import { footprintOfOutline, halfWidthFault, outlineFault } from "#core/blackouts/outline.ts";
import type { PlaceKind } from "#core/blackouts/outline-check.ts";
import {
  outlineGroundFault,
  type PatrolGround,
  venueGroundFault,
} from "#core/blackouts/patrol-ground.ts";
import { readPlaceLabel } from "#core/blackouts/place-label.ts";
import { daysOf, type SessionRule, weekdayOf } from "#core/blackouts/session.ts";
import { usualHalfWidthM, usualRadiusM } from "#core/blackouts/settings.ts";
import type { H3Cell, Position } from "#core/geo/cell.ts";
import { failure, type Result, success } from "#core/result.ts";
import { addDays } from "#core/time/zone.ts";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/wire/outreach.ts";

/** A session as it is typed. The venue lives here, in the memory of one page, and nowhere else. */
export interface Draft extends WhenDraft {
  /** A saved place, or null for a new one. */
  readonly placeId: string | null;
  /** Of a new one: around one point, several streets, or a route. */
  readonly kind: PlaceKind;
  readonly at: Position | null;
  readonly radius: string;
  /** Of an area or a route, in order. */
  readonly corners: readonly Position[];
  /** To each side of a route. */
  readonly width: string;
  readonly label: string;
}

export function emptyDraft(today: string, places: readonly SavedPlaceReply[]): Draft {
  return {
    placeId: places[0]?.id ?? null,
    kind: "circle",
    at: null,
    radius: String(usualRadiusM),
    corners: [],
    width: String(usualHalfWidthM),
    label: "",
    repeats: "weekly",
    everyWeeks: "1",
    firstDate: today,
    start: "19:00",
    end: "22:00",
    until: "",
    days: [],
    followsFrom: today,
    keepsOnlyDay: false,
  };
}

export function draftOf(session: OutreachSessionReply, today: string): Draft {
  const { rule } = session;
  const next = session.next.find(({ state }) => state === "planned") ?? session.next[0];
  const firstDate = next?.date ?? today;
  return {
    ...emptyDraft(firstDate, []),
    placeId: session.placeId,
    repeats: rule.repeats,
    everyWeeks: String(rule.everyWeeks),
    start: rule.start,
    end: rule.end,
    until: rule.until ?? "",
    days: rule.repeats === "weekly" ? daysOf(rule) : [],
    followsFrom: earliestOf(rule, firstDate, today),
  };
}

/**
 * From where other days of the week are looked for: a session of every week may begin on its new day this week
 * already; one of every second week or not begun yet stays in the weeks that it has.
 */
function earliestOf(rule: SessionRule, next: string, today: string): string {
  if (rule.everyWeeks === 1 && rule.firstDate <= today) return today;
  const monday = addDays(next, 1 - weekdayOf(next));
  return monday > today ? monday : today;
}

/** One date of a repeating session, to be moved to another date, time or place. */
export function draftOfDate(session: OutreachSessionReply, date: string): Draft {
  return { ...draftOf(session, date), repeats: "once", firstDate: date, until: "", days: [] };
}

/** Where the session is: a saved outline, or ground whose outline is still to be drawn. */
export type DraftPlace =
  | { readonly kind: "saved"; readonly place: SavedPlaceReply; readonly isReused: boolean }
  | { readonly kind: "new"; readonly ground: Ground; readonly label: string };

export interface ReadDraft {
  readonly place: DraftPlace;
  readonly rule: SessionRule;
}
export type DraftFaults = Partial<
  Record<
    "place" | "radius" | "width" | "label" | "firstDate" | "days" | "start" | "end" | "until",
    string
  >
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

/** The place alone, for where the times come from elsewhere. */
export function readPlace(
  draft: Draft,
  places: readonly SavedPlaceReply[],
  ground: PatrolGround,
): Result<DraftPlace, DraftFaults> {
  if (draft.placeId !== null) {
    const place = places.find(({ id }) => id === draft.placeId);
    if (place) return success({ kind: "saved", place, isReused: false });
    return failure({ place: "Choose a saved place, or a new one." });
  }
  const faults = groundFaults(draft, ground);
  const chosen = groundOf(draft);
  const isRight = chosen !== null && Object.keys(faults).length === 0;
  // A second outline of the same ground would help an onlooker to find its middle.
  const held = isRight ? reusedPlace(draft, places) : null;
  if (held) return success({ kind: "saved", place: held, isReused: true });
  const label = readPlaceLabel(draft.label);
  if (isRight && label.ok) return success({ kind: "new", ground: chosen, label: label.value });
  return failure(label.ok ? faults : { ...faults, label: label.reason });
}

/** What was chosen for a new place; null while it is not enough for one. */
function groundOf({ kind, at, radius, corners, width }: Draft): Ground | null {
  if (kind === "circle") return at && { kind, at, radiusM: Number(radius) };
  if (corners.length === 0) return null;
  return kind === "area" ? { kind, corners } : { kind, corners, halfWidthM: Number(width) };
}

function groundFaults(draft: Draft, patrols: PatrolGround): DraftFaults {
  const { kind, radius, width } = draft;
  const faults: DraftFaults = {};
  const metres = "Give the distance in metres.";
  if (kind === "circle") {
    const fault = radius.trim() === "" ? metres : radiusFault(Number(radius));
    if (fault !== null) faults.radius = fault;
  }
  if (kind === "corridor") {
    const fault = width.trim() === "" ? metres : halfWidthFault(Number(width));
    if (fault !== null) faults.width = fault;
  }
  const chosen = groundOf(draft);
  const isMeasured = faults.radius === undefined && faults.width === undefined;
  const place =
    chosen === null ? nothingChosen[kind] : isMeasured ? faultOf(chosen, patrols) : null;
  return place === null ? faults : { ...faults, place };
}

const nothingChosen = {
  circle: "Choose the place on the map, or search for it.",
  area: "Tap the corners of the area on the map, one after the other.",
  corridor: "Tap the route on the map, from its beginning to its end.",
};

function faultOf(ground: Ground, patrols: PatrolGround): string | null {
  if (ground.kind === "circle") return venueFault(ground) ?? venueGroundFault(patrols, ground);
  return outlineFault(ground) ?? outlineGroundFault(patrols, ground);
}

/** The saved place whose outline already holds what is being entered as a new one. */
export function reusedPlace(
  draft: Draft,
  places: readonly SavedPlaceReply[],
): SavedPlaceReply | null {
  const ground = draft.placeId === null ? groundOf(draft) : null;
  if (ground === null) return null;
  const known = places.map((place) => ({ place, cells: place.cells as H3Cell[] }));
  if (ground.kind === "circle") {
    return venueFault(ground) === null ? (findHolding(known, ground)?.place ?? null) : null;
  }
  if (outlineFault(ground) !== null) return null;
  return findAround(known, footprintOfOutline(ground))?.place ?? null;
}
