import { fetchJson } from "#client/api/fetch.ts";
import { kept, keptReply } from "#client/live/kept.ts";
import { onLook } from "#client/live/refresh.ts";
import type { SavedLattice } from "#core/protected-time/lattice.ts";
import type { SessionRule } from "#core/protected-time/session.ts";
import type { RadiusClass } from "#core/protected-time/settings.ts";
import {
  type ObjectionSubject,
  ownObjectionsReply,
} from "#core/protected-time/wire/coordinator.ts";
import * as wire from "#core/protected-time/wire/outreach.ts";
import { ownAttendedReply } from "#core/protected-time/wire/police.ts";

/** What a partner sees of its own; nobody else's is ever in these replies. */
export const ownPlaces = kept(
  async (signal): Promise<readonly wire.SavedPlaceReply[]> =>
    (await fetchJson("/api/outreach/places", wire.placesOfPartnerReply, { signal })).places,
  "places",
);
export const ownSessions = kept(
  async (signal): Promise<readonly wire.OutreachSessionReply[]> =>
    (await fetchJson("/api/outreach/sessions", wire.sessionsReply, { signal })).sessions,
  "sessions",
);
/**
 * Asks on whether police have confirmed, which leaves no line in the log; what else may have changed is
 * looked at again, which does. A failure shows as it would of the list.
 */
export async function askWhetherConfirmed(): Promise<void> {
  const before = ownSessions.store.get();
  if (before.status !== "ready") {
    ownSessions.reload();
    return;
  }
  const told = await fetchJson("/api/outreach/told", wire.toldReply).catch(() => null);
  // Looked at again meanwhile, or signed out.
  if (ownSessions.store.get() !== before) return;
  const known = told && withTold(before.value, told);
  if (known) ownSessions.accept(known);
  else ownSessions.reload();
}
export const ownCalendar = keptReply("/api/outreach/calendar", wire.calendarReply, "calendar");
export const ownRecord = keptReply("/api/outreach/record", wire.recordReply, "record");
export const ownViews = keptReply("/api/outreach/views", wire.footprintViewsReply);

export const ownAttended = keptReply("/api/outreach/attended", ownAttendedReply, "record");

onLook("told", () => {
  if (ownSessions.store.get().status !== "idle") void askWhetherConfirmed();
});
export const ownObjections = keptReply("/api/outreach/objections", ownObjectionsReply);

export async function raiseObjection(body: {
  readonly about: ObjectionSubject;
  readonly words: string;
}): Promise<void> {
  const path = "/api/outreach/objections";
  ownObjections.accept(await fetchJson(path, ownObjectionsReply, { method: "POST", body }));
}

/** Everything of the own partner goes, a day later; what proves that its person is there is asked with it. */
export function askToLeave(body: {
  readonly pin?: string;
  readonly password?: string;
}): Promise<wire.LeaveReply> {
  return fetchJson("/api/outreach/leave", wire.leaveReply, { method: "POST", body, isProof: true });
}

export function stayAfterAll(): Promise<{ readonly stays: boolean }> {
  return fetchJson("/api/outreach/leave", wire.stayReply, { method: "DELETE" });
}

/** A place as it leaves the browser: its lattice cells, its class and a label. Never the venue. */
export interface PlaceToSave extends SavedLattice {
  /** Sent again it stays one place. */
  readonly key: string;
  readonly label: string;
  readonly classM: RadiusClass;
}

export function savePlace(place: PlaceToSave): Promise<wire.SavedPlaceReply> {
  const { key, label, kind, lattice, classM } = place;
  const body = { key, label, kind, lattice, classM };
  return fetchJson("/api/outreach/places", wire.savedPlace, { method: "POST", body });
}

export function renamePlace(placeId: string, label: string): Promise<wire.SavedPlaceReply> {
  const path = `/api/outreach/places/${placeId}`;
  return fetchJson(path, wire.savedPlace, { method: "PATCH", body: { label } });
}

/** Answers the places that are left. */
export async function removePlace(placeId: string): Promise<readonly wire.SavedPlaceReply[]> {
  const path = `/api/outreach/places/${placeId}`;
  return (await fetchJson(path, wire.placesOfPartnerReply, { method: "DELETE" })).places;
}

export interface SessionToSave {
  readonly key: string;
  readonly placeId: string;
  readonly rule: SessionRule;
  readonly except: readonly string[];
}

export function saveSession(session: SessionToSave): Promise<wire.OutreachSessionReply> {
  return fetchJson("/api/outreach/sessions", wire.outreachSession, {
    method: "POST",
    body: session,
  });
}

/** Ends the old one and saves the new one in one step. */
export function moveSession(
  sessionId: string,
  session: SessionToSave,
): Promise<wire.OutreachSessionReply> {
  const path = `/api/outreach/sessions/${sessionId}/move`;
  return fetchJson(path, wire.outreachSession, { method: "POST", body: session });
}

/** One date of a repeating session takes place as this single one instead. */
export function moveDate(
  sessionId: string,
  body: Pick<SessionToSave, "key" | "placeId" | "rule"> & { readonly date: string },
): Promise<wire.OutreachSessionReply> {
  const path = `/api/outreach/sessions/${sessionId}/move-date`;
  return fetchJson(path, wire.outreachSession, { method: "POST", body });
}

/** One date, or without it all that is to come. */
export function cancelSession(
  sessionId: string,
  date?: string,
): Promise<wire.OutreachSessionReply> {
  const path = `/api/outreach/sessions/${sessionId}/cancel`;
  return fetchJson(path, wire.outreachSession, { method: "POST", body: date ? { date } : {} });
}

/** A cancelled date takes place after all. */
export function restoreDate(sessionId: string, date: string): Promise<wire.OutreachSessionReply> {
  const path = `/api/outreach/sessions/${sessionId}/restore`;
  return fetchJson(path, wire.outreachSession, { method: "POST", body: { date } });
}

/** What this device read of a calendar file: times and places, nothing of its words. */
export function sendCalendar(body: wire.CalendarImportBody): Promise<wire.CalendarImportReply> {
  const path = "/api/outreach/calendar/import";
  return fetchJson(path, wire.calendarImportReply, { method: "POST", body });
}

/** Own sessions that start on these dates. */
export async function readOccurrences(
  { from, to }: { readonly from: string; readonly to: string },
  signal: AbortSignal,
): Promise<readonly wire.OwnOccurrence[]> {
  const path = `/api/outreach/occurrences?from=${from}&to=${to}`;
  return (await fetchJson(path, wire.occurrencesReply, { signal })).occurrences;
}

export function goOutNow(body: {
  readonly key: string;
  readonly placeId: string;
  readonly hours: number;
}): Promise<wire.OutreachSessionReply> {
  return fetchJson("/api/outreach/out-now", wire.outreachSession, { method: "POST", body });
}

export function confirmCalendar(pausedUntil: string | null): Promise<wire.CalendarReply> {
  const body = { pausedUntil };
  return fetchJson("/api/outreach/calendar/confirm", wire.calendarReply, { method: "POST", body });
}

export function reportPoliceCame(sessionId: string, date: string): Promise<wire.RecordReply> {
  const path = `/api/outreach/sessions/${sessionId}/police-came`;
  return fetchJson(path, wire.recordReply, { method: "POST", body: { date } });
}

export function takeBackPoliceCame(sessionId: string, date: string): Promise<wire.RecordReply> {
  const path = `/api/outreach/sessions/${sessionId}/police-came/take-back`;
  return fetchJson(path, wire.recordReply, { method: "POST", body: { date } });
}

/** The word of a second person: it is right, or it is cancelled. */
export function answerSecond(
  sessionId: string,
  isRight: boolean,
): Promise<wire.OutreachSessionReply> {
  const path = `/api/outreach/sessions/${sessionId}/second`;
  return fetchJson(path, wire.outreachSession, { method: "POST", body: { isRight } });
}

/** After any change of a session: what the lists say may have moved. */
export function reloadOwn(): void {
  ownSessions.reload();
  ownPlaces.reload();
  ownRecord.reload();
}

/**
 * The same sessions with what police have said since; null where another session is late than was
 * known, so that the list itself has to be read again.
 */
export function withTold(
  sessions: readonly wire.OutreachSessionReply[],
  { sessions: late }: wire.ToldReply,
): readonly wire.OutreachSessionReply[] | null {
  const known = sessions.filter(({ told }) => told !== null);
  const byId = new Map(late.map(({ id, told }) => [id, told]));
  if (byId.size !== known.length || known.some(({ id }) => !byId.has(id))) return null;
  return sessions.map((session) => ({ ...session, told: byId.get(session.id) ?? null }));
}
