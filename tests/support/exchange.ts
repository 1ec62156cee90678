import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { AgreementBody } from "#core/neighbours/wire.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { placesOf } from "#server/places/places.ts";

/** What an analyst enters; each test changes what it is about. */
export const barnetAgreement: AgreementBody = {
  neighbour: "Barnet",
  reference: "EX/2021/09",
  contactRole: "Partnership inspector",
  outreachContact: "Outreach lead of the borough",
  firstQuarter: "2021-Q1",
  lastQuarter: "2021-Q4",
  startsOn: "2021-09-01",
  expiresOn: "2022-08-31",
};

/** The edge zone with a neighbour, of the places that are stored. */
export async function edgeWith(db: Database, neighbour: string) {
  const { edgeZones } = await placesOf({ db });
  const zone = edgeZones.find((one) => one.neighbour === neighbour);
  if (!zone) throw new Error(`There is no boundary to ${neighbour}`);
  return zone;
}

/** Reports at one moment in one cell, as if an analyst had brought them in. */
export async function addReports(
  db: Database,
  reports: {
    readonly cell: H3Cell;
    readonly at: string;
    readonly count: number;
    readonly source?: "resident" | "partner" | "police";
  },
): Promise<void> {
  const { cell, at, count, source = "resident" } = reports;
  await db.transaction(ownerActor, (tx) =>
    tx.query(
      `insert into event (batch_id, cell, kind, source, category, starts_at, ends_at)
       select (select min(id) from batch), $1::bigint, 'complaint', $2::text, 'asb',
         $3::timestamptz, $3::timestamptz
       from generate_series(1, $4::int)`,
      [cellToDecimal(cell), source, at, count],
    ),
  );
}

/** Figures that were shown stand; without what was shown they are made as for the first look. */
export async function forgetShown(db: Database): Promise<void> {
  await db.transaction(ownerActor, (tx) => tx.query("delete from edge_figure"));
}
