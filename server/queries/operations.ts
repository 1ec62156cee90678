import type { Operation } from "#core/displacement/operation.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";

/** Stores an operation with its treated cells; answers its number. */
export async function createOperation(tx: Transaction, operation: Operation): Promise<number> {
  const cells = [...new Set(operation.cells)];
  if (cells.length === 0) {
    throw new RangeError(`Operation "${operation.name}" has no treated cell`);
  }
  const rows = await tx.query<{ id: number }>(
    `with made as (
       insert into operation (name, starts_on, ends_on)
       values ($1::text, $2::date, $3::date)
       returning operation_id
     ), treated as (
       insert into operation_cell (operation_id, cell)
       select made.operation_id, given.cell
       from made, unnest($4::bigint[]) as given (cell)
     )
     select operation_id::int as "id" from made`,
    [operation.name, operation.startsOn, operation.endsOn, cells.map(cellToDecimal)],
  );
  const made = rows[0];
  if (made === undefined) throw new Error(`Operation "${operation.name}" was not stored`);
  return made.id;
}

/** Operations that have started by the as-at date, latest start first. */
export function loadOperations(tx: Transaction, asAt: string): Promise<StoredOperation[]> {
  return tx.query<StoredOperation>(
    `select
       operation.operation_id::int as "id",
       operation.name as "name",
       to_char(operation.starts_on, 'YYYY-MM-DD') as "startsOn",
       to_char(operation.ends_on, 'YYYY-MM-DD') as "endsOn",
       array(
         select to_hex(operation_cell.cell)
         from operation_cell
         where operation_cell.operation_id = operation.operation_id
         order by operation_cell.cell
       ) as "cells"
     from operation
     where operation.starts_on <= $1::date
     order by operation.starts_on desc, operation.name`,
    [asAt],
  );
}

export interface StoredOperation extends Operation {
  readonly id: number;
  readonly cells: readonly H3Cell[];
}
