import { type Here, isOutdated } from "#client/protected-time/outreach/outreach-words.ts";
import {
  type Draft,
  type DraftFaults,
  needsDay,
  ruleOf,
  whenFaults,
} from "#client/protected-time/session-form/draft-when.ts";
import { say, translated } from "#client/protected-time/words/diary.tsx";
import { type PackedCommand, unpackedCommand } from "#core/places/command.ts";
import { footprintOf, readPlaceLabel } from "#core/protected-time/footprint.ts";
import { type Ground, groundFault, halfWidthFault } from "#core/protected-time/ground.ts";
import {
  isSamePlace,
  isWider,
  type LatticePlace,
  snapToLattice,
} from "#core/protected-time/lattice.ts";
import {
  footprintGroundFault,
  type PatrolGround,
  patrolGroundOf,
} from "#core/protected-time/patrol-ground.ts";
import { daysOf, type SessionRule, weekdayOf } from "#core/protected-time/session.ts";
import { usualHalfWidthM, usualRadiusM } from "#core/protected-time/settings.ts";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { failure, type Result, success } from "#core/result.ts";
import { addDays } from "#core/time/zone.ts";

export function emptyDraft(today: string, places: readonly SavedPlaceReply[]): Draft {
  return {
    placeId: places.find((place) => !isOutdated(place))?.id ?? null,
    kind: "circle",
    at: null,
    radiusM: usualRadiusM,
    isWider: false,
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
    asksDay: true,
    followsFrom: today,
    keepsOnlyDay: false,
  };
}

export function draftOf(
  session: OutreachSessionReply,
  today: string,
  places: readonly SavedPlaceReply[],
): Draft {
  const { rule } = session;
  const outdated = places.find((place) => place.id === session.placeId && isOutdated(place));
  const next = session.next.find(({ state }) => state === "planned") ?? session.next[0];
  const firstDate = next?.date ?? today;
  return {
    ...emptyDraft(firstDate, []),
    placeId: outdated ? null : session.placeId,
    label: outdated?.label ?? "",
    repeats: rule.repeats,
    everyWeeks: String(rule.everyWeeks),
    start: rule.start,
    end: rule.end,
    until: rule.until ?? "",
    days: rule.repeats === "weekly" ? daysOf(rule) : [],
    asksDay: false,
    followsFrom: earliestOf(rule, firstDate, today),
  };
}

/**
 * The first date for a changed weekday: a weekly session may move this week already; one every
 * second week, or not begun, keeps its weeks.
 */
function earliestOf(rule: SessionRule, next: string, today: string): string {
  if (rule.everyWeeks === 1 && rule.firstDate <= today) return today;
  const monday = addDays(next, 1 - weekdayOf(next));
  return monday > today ? monday : today;
}

export function draftOfDate(
  session: OutreachSessionReply,
  date: string,
  places: readonly SavedPlaceReply[],
): Draft {
  return {
    ...draftOf(session, date, places),
    repeats: "once",
    firstDate: date,
    until: "",
    days: [],
  };
}

export type DraftPlace =
  | { readonly kind: "saved"; readonly place: SavedPlaceReply; readonly isReused: boolean }
  | { readonly kind: "new"; readonly place: LatticePlace; readonly label: string };

export interface ReadDraft {
  readonly place: DraftPlace;
  readonly rule: SessionRule;
}
export interface DraftLimits extends Here {
  readonly ground: PatrolGround;
}

export function readDraft(
  draft: Draft,
  places: readonly SavedPlaceReply[],
  limits: DraftLimits,
): Result<ReadDraft, DraftFaults> {
  const place = readPlace(draft, places, limits.ground);
  const rule = ruleOf(draft);
  const when = needsDay(draft) ? { days: say("fault.days") } : {};
  const faults = { ...(place.ok ? {} : place.reason), ...whenFaults(rule, limits), ...when };
  if (place.ok && Object.keys(faults).length === 0) return success({ place: place.value, rule });
  return failure(faults);
}

/** Faults of the last refusal that are not mended yet. */
export function stillWrong(
  refused: DraftFaults,
  read: () => Result<unknown, DraftFaults>,
): DraftFaults {
  if (Object.keys(refused).length === 0) return refused;
  const now = read();
  if (now.ok) return {};
  return Object.fromEntries(Object.entries(now.reason).filter(([name]) => name in refused));
}

/** Faults that the rules name in English, as far as the dictionary knows them. */
export function translatedFaults(faults: DraftFaults): DraftFaults {
  return Object.fromEntries(
    Object.entries(faults).map(([name, fault]) => [name, translated(fault)]),
  );
}

export function readPlace(
  draft: Draft,
  places: readonly SavedPlaceReply[],
  ground: PatrolGround,
): Result<DraftPlace, DraftFaults> {
  if (draft.placeId !== null) {
    const place = places.find(({ id }) => id === draft.placeId);
    if (place) return success({ kind: "saved", place, isReused: false });
    return failure({ place: say("fault.saved") });
  }
  const faults = placeFaults(draft, places, ground);
  const snapped = Object.keys(faults).length === 0 ? snappedPlace(draft, places) : null;
  const held = snapped && savedAs(snapped, places);
  if (held) return success({ kind: "saved", place: held, isReused: true });
  const label = readPlaceLabel(draft.label);
  if (snapped && label.ok) return success({ kind: "new", place: snapped, label: label.value });
  return failure(label.ok ? faults : { ...faults, label: label.reason });
}

/** What was chosen for a new place; null while it is not enough for one. */
function drawnGround({ kind, at, radiusM, corners, width }: Draft): Ground | null {
  if (kind === "circle") return at && { kind, at, radiusM };
  if (corners.length === 0) return null;
  return kind === "area" ? { kind, corners } : { kind, corners, halfWidthM: Number(width) };
}

function placeFaults(
  draft: Draft,
  places: readonly SavedPlaceReply[],
  patrols: PatrolGround,
): DraftFaults {
  const { kind, width } = draft;
  const faults: DraftFaults = {};
  if (kind === "corridor") {
    const fault = width.trim() === "" ? say("fault.metres") : halfWidthFault(Number(width));
    if (fault !== null) faults.width = fault;
  }
  const chosen = drawnGround(draft);
  if (chosen === null) return { ...faults, place: say(`fault.${kind}`) };
  if (faults.width !== undefined) return faults;
  const snapped = snappedPlace(draft, places);
  const place =
    groundFault(chosen, patrols) ??
    (snapped && footprintGroundFault(patrols, footprintOf(snapped)));
  return place === null ? faults : { ...faults, place };
}

/** What would leave the browser of a new place; null while it has a fault. */
export function snappedPlace(
  draft: Draft,
  places: readonly SavedPlaceReply[],
): LatticePlace | null {
  const ground = draft.placeId === null ? drawnGround(draft) : null;
  if (ground === null || groundFault(ground, null) !== null) return null;
  return snapToLattice(ground, draft.isWider, places);
}

/** The saved place that police already saw smaller: a wider one does not hide it. */
export function seenSmaller(
  draft: Draft,
  places: readonly SavedPlaceReply[],
): SavedPlaceReply | null {
  const snapped = snappedPlace(draft, places);
  if (snapped === null || !isWider(snapped)) return null;
  const { lattice } = snappedPlace({ ...draft, isWider: false }, places) ?? snapped;
  const isSeen = (place: SavedPlaceReply) =>
    place.kind === "circle" && place.lattice.join() === lattice.join();
  return places.find(isSeen) ?? null;
}

/** A saved place that is identical for everyone else. */
export function reusedPlace(
  draft: Draft,
  places: readonly SavedPlaceReply[],
): SavedPlaceReply | null {
  const snapped = snappedPlace(draft, places);
  return snapped && savedAs(snapped, places);
}

function savedAs(
  snapped: LatticePlace,
  places: readonly SavedPlaceReply[],
): SavedPlaceReply | null {
  return places.find((place) => isSamePlace(snapped, place)) ?? null;
}

const made = new WeakMap<PackedCommand, PatrolGround>();

/** Lazy: the cells around the command take a moment. */
export function groundOf(map: PackedCommand): PatrolGround {
  const known = made.get(map);
  if (known) return known;
  const ground = patrolGroundOf(unpackedCommand(map));
  made.set(map, ground);
  return ground;
}
