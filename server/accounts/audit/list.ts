import type { AuditPage, AuditQuery } from "#core/accounts/wire/audit.ts";
import type { Actor } from "#core/role.ts";
import { addDays, formatInstant, type Zone } from "#core/time/zone.ts";
import { type AuditListRow, findAuditRows, findOwnActs } from "#server/accounts/queries/audit.ts";
import type { ActServices } from "#server/acts/services.ts";

const pageRows = 50;

type ListServices = Pick<ActServices, "db" | "zone" | "addDetail">;

/** One page of the chain, newest first. Its own line names the codes it was filtered by, and no person. */
export async function auditPageOf(
  { db, zone, addDetail }: ListServices,
  actor: Actor,
  query: AuditQuery,
): Promise<AuditPage> {
  const { from, to, person, before, ...codes } = query;
  const span = {
    from: from === undefined ? undefined : zone.startOfDate(from),
    to: to === undefined ? undefined : zone.startOfDate(addDays(to, 1)),
  };
  const rows = await db.transaction(actor, async (tx) => {
    const found = await findAuditRows(tx, { ...codes, before, person, ...span }, pageRows + 1);
    addDetail({
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(person === undefined || person === actor.person ? {} : { byPerson: true }),
      ...Object.fromEntries(Object.entries(codes).filter(([, code]) => code !== undefined)),
      rows: Math.min(found.length, pageRows),
    });
    return found;
  });
  return pageFrom(zone, rows);
}

/** One page of the caller's own acts, newest first, by numbers that count these alone. */
export async function ownActsOf(
  { db, zone, addDetail }: ListServices,
  actor: Actor,
  before: string | undefined,
): Promise<AuditPage> {
  const rows = await db.transaction(actor, async (tx) => {
    const found = await findOwnActs(tx, { person: actor.person, before }, pageRows + 1);
    addDetail({ rows: Math.min(found.length, pageRows) });
    return found;
  });
  return pageFrom(zone, rows);
}

/** One row more than a page says that there are older ones. */
function pageFrom(zone: Zone, rows: readonly AuditListRow[]): AuditPage {
  const shown = rows.slice(0, pageRows);
  return {
    rows: shown.map((row) => rowReply(zone, row)),
    next: rows.length > pageRows ? (shown.at(-1)?.id ?? null) : null,
  };
}

function rowReply(zone: Zone, row: AuditListRow): AuditPage["rows"][number] {
  return { ...row, at: formatInstant(zone, row.at), detail: { ...row.detail } };
}
