import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { AgreedTime } from "#core/neighbours/agreement.ts";
import type { Transaction } from "#server/db/database.ts";

/** What was agreed with a neighbour, as it was entered. */
export interface Agreement extends AgreedTime {
  readonly id: string;
  readonly neighbour: string;
  readonly reference: string;
  readonly contactRole: string;
  readonly outreachContact: string;
  /** Their side of the edge zone. */
  readonly cells: readonly H3Cell[];
  readonly zoneHash: string;
  /** Epoch milliseconds. */
  readonly enteredAt: number;
}

export async function insertAgreement(
  tx: Transaction,
  agreed: Omit<Agreement, "id"> & { readonly by: string },
): Promise<string> {
  const rows = await tx.query<{ id: string }>(
    `insert into neighbour_agreement (
       neighbour, reference, contact_role, outreach_contact, cells, first_quarter, last_quarter,
       zone_hash, starts_on, expires_on, entered_at, entered_by
     )
     values (
       $1::text, $2::text, $3::text, $4::text, $5::bigint[], $6::text, $7::text,
       $8::text, $9::date, $10::date, $11::timestamptz, $12::text
     )
     returning id::text as "id"`,
    [
      agreed.neighbour,
      agreed.reference,
      agreed.contactRole,
      agreed.outreachContact,
      agreed.cells.map(cellToDecimal),
      agreed.firstQuarter,
      agreed.lastQuarter,
      agreed.zoneHash,
      agreed.startsOn,
      agreed.expiresOn,
      new Date(agreed.enteredAt),
      agreed.by,
    ],
  );
  return rows[0]?.id ?? "";
}

/** Of one neighbour or of all that the caller may see, the last entered first. */
export function loadAgreements(
  tx: Transaction,
  neighbour: string | null = null,
): Promise<Agreement[]> {
  return tx.query<Agreement>(
    `select
       id::text as "id",
       neighbour as "neighbour",
       reference as "reference",
       contact_role as "contactRole",
       outreach_contact as "outreachContact",
       array(select to_hex(cell) from unnest(cells) as held (cell) order by cell) as "cells",
       first_quarter as "firstQuarter",
       last_quarter as "lastQuarter",
       zone_hash as "zoneHash",
       to_char(starts_on, 'YYYY-MM-DD') as "startsOn",
       to_char(expires_on, 'YYYY-MM-DD') as "expiresOn",
       (extract(epoch from entered_at) * 1000)::float8 as "enteredAt"
     from neighbour_agreement
     where $1::text is null or neighbour = $1::text
     order by neighbour_agreement.id desc`,
    [neighbour],
  );
}
