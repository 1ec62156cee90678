import { cellCentre, type H3Cell, metresBetween } from "#core/geo/cell.ts";
import type { Incident, IncidentDecision, IncidentsReply } from "#core/records/wire/incidents.ts";
import type { Actor } from "#core/role.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import * as sql from "#server/records/queries/incidents.ts";

/** As many as a person goes through at a time; the rest come up when these are decided. */
const listed = 50;

export function readIncidents(
  { db, zone, addDetail }: Pick<ActServices, "db" | "zone" | "addDetail">,
  actor: Actor,
): Promise<IncidentsReply> {
  return withOptions(db, { events: true }).transaction(actor, async (tx) => {
    const open = await sql.listOpenIncidents(tx, listed);
    const done = await sql.listMergedIncidents(tx, listed);
    addDetail({ offered: open[0]?.total ?? 0, merged: done[0]?.total ?? 0 });
    return {
      offered: open[0]?.total ?? 0,
      merged: done[0]?.total ?? 0,
      open: groupRows(open).map((rows) => toIncident(rows, zone)),
      done: groupRows(done).map((rows) => toIncident(rows, zone)),
    };
  });
}

export interface Decision {
  readonly decision: IncidentDecision;
  readonly incidents: "all" | readonly (readonly string[])[];
}

export interface WhichIncidents {
  readonly decision: IncidentDecision;
  readonly references: readonly string[];
  /** The day of the first record; needed only where a reference stands in several incidents. */
  readonly on: string | null;
}

/** The incidents that somebody names by their references, as the numbers of their records. */
export function findIncidents(
  { db, zone }: Pick<ActServices, "db" | "zone">,
  actor: Actor,
  { decision, references, on }: WhichIncidents,
): Promise<string[][]> {
  return withOptions(db, { events: true }).transaction(
    actor,
    async (tx) => {
      const rows =
        decision === "split"
          ? await sql.listMergedIncidents(tx, null)
          : await sql.listOpenIncidents(tx, null);
      const known = groupRows(rows).map((group) => toIncident(group, zone));
      return [...new Set(references.map((text) => text.toUpperCase()))].map((reference) =>
        one(known, reference, on).records.map(({ event }) => event),
      );
    },
    { beside: true },
  );
}

function one(known: readonly Incident[], reference: string, on: string | null): Incident {
  const bearing = known.filter((incident) => incident.reference.toUpperCase() === reference);
  const found = bearing.filter((incident) => on === null || firstDay(incident) === on);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new Problem(
    found.length === 0 ? 404 : 409,
    found.length === 0 ? "No such incident" : "Several incidents bear this reference",
    found.length === 0
      ? "There is no open incident with this reference. See the list."
      : `It appears in ${found.length} incidents, which started on ${found.map(firstDay).join(", ")}. Give the day.`,
  );
}

function firstDay({ records }: Incident): string {
  return records
    .map(({ startsAt }) => startsAt)
    .reduce((first, at) => (Date.parse(at) < Date.parse(first) ? at : first))
    .slice(0, 10);
}

/** Merges, leaves or parts records; what is not just as it was offered is refused as a whole. */
export function decideIncidents(
  { db, addDetail }: Pick<ActServices, "db" | "addDetail">,
  actor: Actor,
  { decision, incidents }: Decision,
): Promise<{ incidents: number; events: number }> {
  return withOptions(db, { events: true }).transaction(actor, async (tx) => {
    const outcome =
      decision === "split"
        ? await split(tx, incidents)
        : await decide(tx, actor, { decision, incidents });
    addDetail({ decision, ...outcome });
    return outcome;
  });
}

async function decide(tx: Transaction, actor: Actor, { decision, incidents }: Decision) {
  const offered = groupRows(await sql.listOpenIncidents(tx, null)).map((rows) =>
    rows.map(({ event }) => event),
  );
  const chosen = incidents === "all" ? offered : pick(offered, incidents);
  const decisions = chosen.flatMap((events) => {
    const into = decision === "merge" ? (events[0] ?? null) : null;
    return events.filter((event) => event !== into).map((event) => ({ event, into }));
  });
  await sql.forgetDecisions(tx, chosen.flat());
  await sql.insertDecisions(tx, actor.person, decisions);
  return { incidents: chosen.length, events: decisions.length };
}

async function split(tx: Transaction, incidents: Decision["incidents"]) {
  const kept = incidents === "all" ? "all" : incidents.map(([first = ""]) => first);
  const gone = await sql.deleteMerges(tx, kept);
  if (gone.incidents === 0 || (kept !== "all" && gone.incidents < kept.length)) throw changed();
  return gone;
}

/** Those that were asked for, in the order in which they count. */
function pick(
  offered: readonly (readonly string[])[],
  asked: readonly (readonly string[])[],
): (readonly string[])[] {
  const keyOf = (events: readonly string[]) => [...events].sort().join(" ");
  const known = new Map(offered.map((events) => [keyOf(events), events]));
  const keys = new Set(asked.map(keyOf));
  return [...keys].map((key) => {
    const events = known.get(key);
    if (!events) throw changed();
    return events;
  });
}

function changed(): Problem {
  return new Problem(
    409,
    "Someone else changed this",
    "These records have changed since you opened the list. Refresh the list.",
  );
}

function groupRows(rows: readonly sql.IncidentRow[]): (readonly sql.IncidentRow[])[] {
  const groups = new Map<string, sql.IncidentRow[]>();
  for (const row of rows) groups.set(row.incident, [...(groups.get(row.incident) ?? []), row]);
  return [...groups.values()];
}

function toIncident(rows: readonly sql.IncidentRow[], zone: Zone): Incident {
  const points = rows.map(({ cell }) => cellCentre(cell as H3Cell));
  const apart = Math.max(...points.flatMap((a) => points.map((b) => metresBetween(a, b))));
  return {
    reference: rows[0]?.reference ?? "",
    records: rows.map(({ event, batch, fileName, kind, source, category, startsAt, endsAt }) => ({
      event,
      batch,
      fileName,
      kind,
      source,
      category,
      startsAt: formatInstant(zone, startsAt),
      endsAt: formatInstant(zone, endsAt),
    })),
    apart: Math.round(apart),
  };
}
