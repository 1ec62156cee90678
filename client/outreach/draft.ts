import { findHolding, radiusFault, type Venue, venueFault } from "#core/blackouts/footprint.ts";
import { checkRule, type SessionRule } from "#core/blackouts/session.ts";
import { usualRadiusM } from "#core/blackouts/settings.ts";
import type { H3Cell, Position } from "#core/geo/cell.ts";
import { failure, type Result, success } from "#core/result.ts";
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
    ...emptyDraft(session.next[0]?.date ?? today, []),
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
export type DraftFaults = Partial<Record<"place" | "radius" | "label" | "when", string>>;

/** What can be previewed and saved, or what to mend. */
export function readDraft(
  draft: Draft,
  places: readonly SavedPlaceReply[],
): Result<ReadDraft, DraftFaults> {
  const place = readPlace(draft, places);
  const rule = checkRule(ruleOf(draft));
  if (place.ok && rule.ok) return success({ place: place.value, rule: rule.value });
  return failure({
    ...(place.ok ? {} : place.reason),
    ...(rule.ok ? {} : { when: rule.reason }),
  });
}

function readPlace(
  draft: Draft,
  places: readonly SavedPlaceReply[],
): Result<DraftPlace, DraftFaults> {
  if (draft.placeId !== null) {
    const place = places.find(({ id }) => id === draft.placeId);
    if (place) return success({ kind: "saved", place, isReused: false });
    return failure({ place: "Choose a saved place, or a new one." });
  }
  const radiusM = Number(draft.radius);
  const radius = radiusFault(radiusM);
  const venue = draft.at && { at: draft.at, radiusM };
  if (!venue) {
    return failure({
      place: "Click the map, or search for a place.",
      ...(radius === null ? {} : { radius }),
    });
  }
  if (radius !== null) return failure({ radius });
  const fault = venueFault(venue);
  if (fault !== null) return failure({ place: fault });
  // A second outline of the same venue would help an onlooker to find its middle.
  const holding = findHolding(
    places.map((place) => ({ place, cells: place.cells as H3Cell[] })),
    venue,
  );
  if (holding) return success({ kind: "saved", place: holding.place, isReused: true });
  const label = draft.label.trim();
  if (label === "") return failure({ label: "Give it a name that only you need to understand." });
  return success({ kind: "new", venue, label });
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
