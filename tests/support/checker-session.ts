import type { Session } from "#core/protected-time/session.ts";
import type { StoredSession } from "#server/patrols/checker/stored.ts";

/** A session as the checker would read it from the database. */
export function asStored(session: Session, cells: readonly string[] = []): StoredSession {
  const { rule, exceptions, endedAt } = session;
  return {
    weeks: rule.everyWeeks,
    days: rule.days ?? [],
    first: rule.firstDate,
    last: rule.repeats === "once" ? rule.firstDate : (rule.until ?? "2100-01-01"),
    starts: rule.start,
    ends: rule.end,
    endedAt,
    dropped: exceptions,
    cells,
  };
}
