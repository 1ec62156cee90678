import { createHash } from "node:crypto";
import type { H3Cell } from "#core/geo/cell.ts";
import {
  agreedTimeFault,
  agreementState,
  readContactRole,
  readReference,
} from "#core/neighbours/agreement.ts";
import type { Quarter } from "#core/neighbours/quarter.ts";
import type { AgreementBody } from "#core/neighbours/wire.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import type { Result } from "#core/result.ts";
import { compareText } from "#core/text/text-order.ts";
import type { Transaction } from "#server/db/database.ts";
import {
  type Agreement,
  insertAgreement,
  loadAgreements,
} from "#server/neighbours/queries/agreements.ts";
import type { Places } from "#server/places/places.ts";
import { type FieldError, Problem } from "#server/problem.ts";

/** Enters what was agreed with a neighbour; what was agreed before stays as it was, for the record. */
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
  if (faults.length > 0) {
    throw notEntered(faults);
  }
  const { neighbour, firstQuarter, lastQuarter, startsOn, expiresOn } = body;
  const agreed = {
    neighbour,
    reference,
    contactRole,
    outreachContact,
    cells: zone.outer,
    firstQuarter,
    lastQuarter,
    zoneHash: zoneHashOf({ neighbour, cells: zone.outer, firstQuarter, lastQuarter }),
    startsOn,
    expiresOn,
    enteredAt: entry.at,
  };
  return { ...agreed, id: await insertAgreement(tx, { ...agreed, by: entry.by }) };
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

/** The one in force on a day, of a neighbour that the caller may see; null where none is. */
export async function agreementInForce(
  tx: Transaction,
  neighbour: string,
  asAtDate: string,
): Promise<Agreement | null> {
  const counting = countingAgreement(await loadAgreements(tx, neighbour), asAtDate);
  return counting !== null && agreementState(counting, asAtDate) === "in force" ? counting : null;
}

/** For what needs one. */
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

/** Their side of the edge; a line inside the command has no neighbour behind it. */
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

/** Twelve figures of a SHA-256: enough to find a slip and short enough for a cell of a table. */
function shortHash(words: readonly string[]): string {
  return createHash("sha256").update(words.join("\n")).digest("hex").slice(0, 12);
}

/** Of a zone and quarters as they were agreed: it stands in each row of the file that is filled in. */
function zoneHashOf(agreed: {
  readonly neighbour: string;
  readonly cells: readonly H3Cell[];
  readonly firstQuarter: Quarter;
  readonly lastQuarter: Quarter;
}): string {
  const { neighbour, cells, firstQuarter, lastQuarter } = agreed;
  return shortHash([neighbour, firstQuarter, lastQuarter, ...cells.toSorted(compareText)]);
}

/** Of what a figure counts: cells, and the public areas of which complaints are left out. */
export function hashOfCounted(cells: readonly H3Cell[], leftOut: readonly string[]): string {
  return shortHash([...cells.toSorted(compareText), ...leftOut.toSorted(compareText)]);
}
