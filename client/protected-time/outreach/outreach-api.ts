import { ask } from "#client/api/ask.ts";
import { kept, keptCall } from "#client/live/kept.ts";
import { onLook } from "#client/live/refresh.ts";
import { calendarCalls } from "#core/protected-time/wire/calendar.ts";
import { coordinatorCalls } from "#core/protected-time/wire/coordinator.ts";
import {
  type OutreachSessionReply,
  outreachCalls,
  type SavedPlaceReply,
  type ToldReply,
} from "#core/protected-time/wire/outreach.ts";
import { policeCalls } from "#core/protected-time/wire/police.ts";

/** Only this partner's places are ever in the reply. */
export const ownPlaces = kept(
  async (signal): Promise<readonly SavedPlaceReply[]> =>
    (await ask(outreachCalls.places, {}, { signal })).places,
  "places",
);
export const ownSessions = kept(
  async (signal): Promise<readonly OutreachSessionReply[]> =>
    (await ask(outreachCalls.sessions, {}, { signal })).sessions,
  "sessions",
);
export const ownCalendar = keptCall(calendarCalls.calendar, "calendar");
export const ownRecord = keptCall(calendarCalls.record, "record");
export const ownViews = keptCall(calendarCalls.views);
export const ownAttended = keptCall(policeCalls.ownAttended, "record");
export const ownObjections = keptCall(coordinatorCalls.objections);

/**
 * Polls for police confirmations, which is not logged; reloads the list, which is, if more may have
 * changed. Failures show as the list's.
 */
export async function askWhetherConfirmed(): Promise<void> {
  const before = ownSessions.store.get();
  if (before.status !== "ready") {
    ownSessions.reload();
    return;
  }
  const told = await ask(outreachCalls.told, {}).catch(() => null);
  // Reloaded meanwhile, or signed out.
  if (ownSessions.store.get() !== before) return;
  const known = told && withTold(before.value, told);
  if (known) ownSessions.accept(known);
  else ownSessions.reload();
}

onLook("told", () => {
  if (ownSessions.store.get().status !== "idle") void askWhetherConfirmed();
});

/** Any change of a session can affect these lists. */
export function reloadOwn(): void {
  ownSessions.reload();
  ownPlaces.reload();
  ownRecord.reload();
}

/**
 * The sessions with police confirmations since; null if another session is now late, so the list
 * must be reloaded.
 */
export function withTold(
  sessions: readonly OutreachSessionReply[],
  { sessions: late }: ToldReply,
): readonly OutreachSessionReply[] | null {
  const known = sessions.filter(({ told }) => told !== null);
  const byId = new Map(late.map(({ id, told }) => [id, told]));
  if (byId.size !== known.length || known.some(({ id }) => !byId.has(id))) return null;
  return sessions.map((session) => ({ ...session, told: byId.get(session.id) ?? null }));
}
