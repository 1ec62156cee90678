import type { Role } from "#core/role.ts";
import { formatDate } from "#core/time/words.ts";
import { dayMs, formatInstant, hourMs, minuteMs, type Zone } from "#core/time/zone.ts";

/** All in epoch milliseconds. */
export interface Clocks {
  readonly server: number;
  readonly database: number;
  /** Latest time in the audit chain or hourly check; null for none. */
  readonly seen: number | null;
  /** As-at time of the last erasure. */
  readonly erased: number | null;
  /** A person vouched for the clock until then. */
  readonly said: number | null;
}

/** Why nothing is erased (SAFEGUARDS 14). */
export interface ClockDoubt {
  /**
   * `apart`: server and database disagree. `ahead`: past the last sign of life; off, or a wrong clock. `behind`: before it.
   * `waits`: the clock is in order, and more than one day's worth is due.
   */
  readonly kind: "apart" | "ahead" | "behind" | "waits";
  /** Size; for `apart`, above 0 where the server is ahead. */
  readonly ms: number;
}

const apartMs = 10 * minuteMs;
const gapMs = 3 * dayMs;

/** None in the demonstration, whose date is fixed. */
export function doubtOf(clocks: Clocks, isDemo: boolean): ClockDoubt | null {
  const { server, database, seen, erased, said } = clocks;
  if (isDemo) return null;
  if (Math.abs(server - database) > apartMs) return { kind: "apart", ms: server - database };
  if (seen !== null && database - seen > gapMs) return { kind: "ahead", ms: database - seen };
  if (seen !== null && seen - database > apartMs) return { kind: "behind", ms: seen - database };
  const due = Math.min(server, database);
  const word = said !== null && said <= database ? said : 0;
  if (erased !== null && due > Math.max(erased, word) + dayMs) {
    return { kind: "waits", ms: due - erased };
  }
  return null;
}

/** Whether past and future may be shown wrongly; false where only an erasure waits. */
export function isTimeDoubted(doubt: ClockDoubt | null): boolean {
  return doubt !== null && doubt.kind !== "waits";
}

/** The text for this role; null where it is not affected. */
export function doubtWords(
  { kind, ms }: ClockDoubt,
  {
    zone,
    role,
    now,
  }: { readonly zone: Zone; readonly role: Role | "operator"; readonly now: number },
): string | null {
  const local = formatInstant(zone, now);
  const clock = `${formatDate(local.slice(0, 10))}, ${local.slice(11, 16)}`;
  if (role === "partner") {
    return kind === "waits"
      ? null
      : "Boxster’s clock may be wrong. Police and wardens stay away as before, and nothing is erased. Check dates and times before you rely on them.";
  }
  if (role !== "admin" && role !== "operator") {
    return kind === "waits"
      ? null
      : `Boxster’s clock may be wrong: it says ${clock}. Keep-clear times stay closed and nothing is erased. Tell an administrator.`;
  }
  const length = lengthOf(Math.abs(ms));
  if (kind === "apart") {
    const side = ms > 0 ? "ahead of" : "behind";
    return `The server’s clock is ${length} ${side} the database’s. Nothing is erased until they agree. Set the wrong one right.`;
  }
  if (kind === "behind") {
    return `The clock says ${clock}, ${length} before Boxster was last in use. Nothing is erased until then, or until somebody says that the clock is right.`;
  }
  const since = kind === "ahead" ? "Boxster was last in use" : "Data past its time was last erased";
  const why =
    kind === "ahead" ? "It was off, or its clock is wrong." : "More than one day’s worth is due.";
  return `${since} ${length} ago. ${why} Nothing is erased until somebody says that ${clock} is right.`;
}

/** At least two of a unit: 2 hours, 40 days. */
function lengthOf(ms: number): string {
  if (ms >= 2 * dayMs) return `${Math.floor(ms / dayMs).toLocaleString("en-GB")} days`;
  return ms >= 2 * hourMs
    ? `${Math.floor(ms / hourMs)} hours`
    : `${Math.ceil(ms / minuteMs)} minutes`;
}
