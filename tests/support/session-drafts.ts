import { emptyDraft } from "#client/protected-time/session-form/draft.ts";
import type { Draft } from "#client/protected-time/session-form/draft-when.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { bundledGround } from "#tests/support/bundled-places.ts";
import { at, circleAt, london } from "#tests/support/outreach.ts";

/** A Friday at noon, as a session's form reads it, and half a year ahead. */
export const draftLimits = {
  zone: london,
  today: "2021-11-26",
  now: at("2021-11-26T12:00"),
  lastDay: "2022-05-27",
  ground: bundledGround(),
};
export const venue = [-0.0631, 51.6179] as const;
export const placeOfVenue = circleAt(venue);
export const savedPlace = (): SavedPlaceReply => ({
  ...placeOfVenue,
  id: "11111111-1111-4111-8111-111111111111",
  label: "Thursdays",
  lattice: [...placeOfVenue.lattice],
  cells: footprintOf(placeOfVenue),
  usedAt: "2021-11-20T10:00:00+00:00",
});
/** As it opens, with a place. */
export const openedDraft: Draft = {
  ...emptyDraft("2021-11-26", []),
  at: venue,
  label: "Blue door",
};
/** With a first date that gives its day. */
export const freshDraft: Draft = { ...openedDraft, asksDay: false };
