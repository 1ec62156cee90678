import { createHash } from "node:crypto";
import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import {
  agreedTimeFault,
  agreementState,
  readContactRole,
  readReference,
} from "#core/neighbours/agreement.ts";
import { type AgreementBody, type AgreementReply, agreement } from "#core/neighbours/wire.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import type { Result } from "#core/result.ts";
import { compareText } from "#core/text/text-order.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { type Places, placesOf } from "#server/places/places.ts";
import { type FieldError, Problem } from "#server/problem.ts";

/** What was agreed with a neighbour, as it was entered; `cells` are their side of the edge zone. */
const storedAgreement = agreement.omit({ state: true }).extend({
  neighbour: z.string(),
  cells: z.array(eventCell).readonly(),
  zoneHash: z.string(),
});
export type Agreement = z.infer<typeof storedAgreement>;

const columns = sql`${columnsOf(storedAgreement.omit({ cells: true }))},
  array(select cell from unnest(cells) as held (cell) order by cell) as cells`;

/** Of one neighbour or of all that the caller may see, the last entered first. */
export function loadAgreements(tx: Transaction, neighbour?: string): Promise<Agreement[]> {
  const condition = neighbour === undefined ? sql`true` : sql`neighbour = ${neighbour}`;
  return tx.rows(
    storedAgreement,
    sql`select ${columns} from neighbour_agreement
      where ${condition} order by neighbour_agreement.id desc`,
  );
}

export async function enterAgreement(act: Act, body: AgreementBody): Promise<Agreement> {
  const places = await placesOf(act);
  return act.db.transaction(act.actor, async (tx) => {
    const made = await agree(tx, places, body, { at: act.asAt.now(), by: act.actor.person });
    act.addDetail({ agreement: made.id, from: made.startsOn, to: made.expiresOn });
    return made;
  });
}

/** Earlier agreements stay for the record. */
export async function agree(
  tx: Transaction,
  { edgeZones }: Pick<Places, "edgeZones">,
  body: AgreementBody,
  entry: { readonly at: number; readonly by: string },
): Promise<Agreement> {
  const zone = outerZone(edgeZones, body.neighbour);
  const faults: FieldError[] = [];
  const read = (field: keyof AgreementBody, result: Result<string>) => {
    if (result.ok) return result.value;
    faults.push({ field, reason: result.reason });
    return "";
  };
  const reference = read("reference", readReference(body.reference));
  const contactRole = read("contactRole", readContactRole(body.contactRole));
  const outreachContact = read("outreachContact", readContactRole(body.outreachContact));
  const fault = agreedTimeFault(body);
  if (fault !== null) faults.push({ field: "expiresOn", reason: fault });
  if (faults.length > 0) throw notEntered(faults);
  const { neighbour, firstQuarter, lastQuarter } = body;
  const cells = zone.outer.toSorted(compareText);
  const row = insertInto("neighbour_agreement", {
    ...body,
    reference,
    contactRole,
    outreachContact,
    cells: cells.map(cellToDecimal),
    // Appears in each row of the form file.
    zoneHash: shortHash([neighbour, firstQuarter, lastQuarter, ...cells]),
    enteredAt: new Date(entry.at),
    enteredBy: entry.by,
  });
  return tx.one(storedAgreement, sql`${row} returning ${columns}`);
}

export function agreementReply(stored: Agreement, asAtDate: string): AgreementReply {
  const { neighbour: _, zoneHash: __, cells, ...agreed } = stored;
  return { ...agreed, cells: cells.length, state: agreementState(stored, asAtDate) };
}

/**
 * The agreement that counts on a day: the last entered of those that have begun, so that one can be
 * renewed ahead of time, and ended by entering an earlier last day. Null where none was ever entered.
 */
export function countingAgreement(
  agreements: readonly Agreement[],
  asAtDate: string,
): Agreement | null {
  return agreements.find(({ startsOn }) => startsOn <= asAtDate) ?? agreements[0] ?? null;
}

/** Null where none is in force, or the caller may not see it. */
export async function agreementInForce(
  tx: Transaction,
  neighbour: string,
  asAtDate: string,
): Promise<Agreement | null> {
  const counting = countingAgreement(await loadAgreements(tx, neighbour), asAtDate);
  return counting !== null && agreementState(counting, asAtDate) === "in force" ? counting : null;
}

export async function agreementOrRefuse(
  tx: Transaction,
  neighbour: string,
  asAtDate: string,
): Promise<Agreement> {
  const agreement = await agreementInForce(tx, neighbour, asAtDate);
  if (agreement !== null) return agreement;
  throw new Problem(
    409,
    "No agreement in force",
    `There is no agreement in force with ${neighbour}, so nothing is exchanged. An analyst can add one.`,
  );
}

/** The neighbour's side; borders inside the command have none. */
function outerZone(edgeZones: readonly EdgeZone[], neighbour: string): EdgeZone {
  const known = edgeZones.filter((zone) => !zone.isInternal && zone.outer.length > 0);
  const zone = known.find((one) => one.neighbour === neighbour);
  if (zone !== undefined) return zone;
  const names = known.map((one) => one.neighbour).join("; ");
  const reason = `There is no neighbour "${neighbour}" with a zone beyond the boundary. Neighbours: ${names || "none"}.`;
  throw notEntered([{ field: "neighbour", reason }]);
}

function notEntered(faults: readonly FieldError[]): Problem {
  const detail = "Nothing was saved. Correct what is marked and try again.";
  return new Problem(422, "Not saved", detail, faults);
}

/** 12 hex digits of SHA-256: enough to spot a slip, short enough for a cell. */
function shortHash(words: readonly string[]): string {
  return createHash("sha256").update(words.join("\n")).digest("hex").slice(0, 12);
}

/** Identifies what a figure counts: cells, and public areas whose complaints are left out. */
export function hashOfCounted(cells: readonly H3Cell[], leftOut: readonly string[]): string {
  return shortHash([...cells.toSorted(compareText), ...leftOut.toSorted(compareText)]);
}
