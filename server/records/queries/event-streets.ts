import type { H3Cell } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";
import type { EventStreet } from "#server/records/queries/event-arrays.ts";

export interface PlacedEvent {
  readonly id: number;
  readonly cell: H3Cell;
}

/** The made-up events in the order in which they were stored; none where some lie on these streets already. */
export function loadDemoOffStreets(tx: Transaction, network: string): Promise<PlacedEvent[]> {
  return tx.query<PlacedEvent>(
    `with made as (
       select event.id, event.cell, event.streets
       from event join batch on batch.id = event.batch_id
       where batch.profile = 'demonstration'
     )
     select id::int as "id", to_hex(cell) as "cell"
     from made
     where not exists (select from made where streets = decode($1::text, 'hex'))
     order by id`,
    [network],
  );
}

/** Each event has the street that is given with it, or none. */
export async function storeStreets(
  tx: Transaction,
  events: readonly { readonly id: number; readonly street?: EventStreet }[],
  network: string,
): Promise<void> {
  await tx.query(
    `update event
     set segment = given.segment,
         streets = case when given.segment is not null then decode($3::text, 'hex') end
     from unnest($1::int[], $2::int[]) as given(id, segment)
     where event.id = given.id`,
    [events.map(({ id }) => id), events.map(({ street }) => street?.segment ?? null), network],
  );
}
