import type { Operation, OperationPhase } from "#core/displacement/operation.ts";
import type { AreaWay } from "#core/displacement/operation-area.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";
import {
  type AreaSaid,
  insertRevision,
  type OperationWrite,
} from "#server/displacement/queries/operation-history.ts";

export interface StoredOperation extends Operation {
  readonly id: number;
  readonly revision: number;
  readonly treatedArea: AreaSaid;
  readonly controlArea: AreaSaid | null;
  /** Epoch milliseconds. */
  readonly changedAt: number;
  readonly changedBy: string;
}

/** Stores an operation with its cells and phases, and its first revision; answers its number. */
export async function createOperation(
  tx: Transaction,
  operation: Operation & Partial<OperationWrite>,
): Promise<number> {
  const written: OperationWrite = {
    treatedArea: { by: "cells", name: null },
    controlArea: operation.control ? { by: "cells", name: null } : null,
    now: Date.now(),
    person: null,
    ...operation,
  };
  if (written.cells.length === 0) {
    throw new RangeError(`Operation "${operation.name}" has no treated cell`);
  }
  const rows = await tx.query<{ id: number }>(
    `insert into operation (
       name, starts_on, ends_on, treated_by, treated_name, control_by, control_name,
       created_at, created_by, changed_at, changed_by
     )
     values (
       $1::text, $2::date, $3::date, $4::text, $5::text, $6::text, $7::text,
       $8::timestamptz, coalesce($9::text, acting_person(), 'unknown'),
       $8::timestamptz, coalesce($9::text, acting_person(), 'unknown')
     )
     returning operation_id::int as "id"`,
    [...fieldsOf(written), new Date(written.now), written.person],
  );
  const made = rows[0];
  if (made === undefined) throw new Error(`Operation "${operation.name}" was not stored`);
  await insertParts(tx, made.id, written);
  await insertRevision(tx, { ...written, id: made.id, revision: 1, act: "added" });
  return made.id;
}

/**
 * Makes the operation what is given, if its revision is still the one that was read; answers the new
 * one, or null where somebody else was first. Whoever comes at the same moment waits here.
 */
export async function changeOperation(
  tx: Transaction,
  {
    id,
    read,
    act,
    ...written
  }: OperationWrite & {
    readonly id: number;
    /** The revision that was read. */
    readonly read: number;
    readonly act: "changed" | "ended";
  },
): Promise<number | null> {
  const locked = await tx.query(
    `select 1
     from operation
     where operation_id = $1::int and revision = $2::int
     for update`,
    [id, read],
  );
  if (locked.length === 0) return null;
  // First, so that new dates never meet phases of before.
  await tx.query("delete from operation_phase where operation_id = $1::int", [id]);
  await tx.query("delete from operation_cell where operation_id = $1::int", [id]);
  await tx.query(
    `update operation
     set name = $2::text, starts_on = $3::date, ends_on = $4::date,
       treated_by = $5::text, treated_name = $6::text,
       control_by = $7::text, control_name = $8::text,
       changed_at = $9::timestamptz, changed_by = coalesce($10::text, acting_person(), 'unknown'), revision = revision + 1
     where operation_id = $1::int`,
    [id, ...fieldsOf(written), new Date(written.now), written.person],
  );
  await insertParts(tx, id, written);
  await insertRevision(tx, { ...written, id, revision: read + 1, act });
  return read + 1;
}

/** Whether it was there at this revision. A report of it, or a decided alert, makes the database refuse. */
export async function deleteOperation(
  tx: Transaction,
  { id, read }: { readonly id: number; readonly read: number },
): Promise<boolean> {
  const rows = await tx.query(
    `delete from operation
     where operation_id = $1::int and revision = $2::int
     returning 1`,
    [id, read],
  );
  return rows.length > 0;
}

function fieldsOf({ name, startsOn, endsOn, treatedArea, controlArea }: OperationWrite) {
  return [
    name,
    startsOn,
    endsOn,
    treatedArea.by,
    treatedArea.name,
    controlArea?.by ?? null,
    controlArea?.name ?? null,
  ];
}

async function insertParts(
  tx: Transaction,
  id: number,
  { cells, control, phases }: Pick<Operation, "cells" | "control" | "phases">,
): Promise<void> {
  const insertCells = (part: "treated" | "control", of: readonly H3Cell[]) =>
    tx.query(
      `insert into operation_cell (operation_id, cell, part)
       select $1::int, given.cell, $2::text
       from unnest($3::bigint[]) as given (cell)`,
      [id, part, [...new Set(of)].map(cellToDecimal)],
    );
  await insertCells("treated", cells);
  if (control) await insertCells("control", control);
  if (phases.length === 0) return;
  await tx.query(
    `insert into operation_phase (operation_id, name, starts_on, ends_on)
     select $1::int, given.name, given.starts_on, given.ends_on
     from unnest($2::text[], $3::date[], $4::date[]) as given (name, starts_on, ends_on)`,
    [
      id,
      phases.map(({ name }) => name),
      phases.map(({ startsOn }) => startsOn),
      phases.map(({ endsOn }) => endsOn),
    ],
  );
}

/** Operations that have started by the as-at date, latest start first. */
export async function loadOperations(tx: Transaction, asAt: string): Promise<StoredOperation[]> {
  const all = await loadAllOperations(tx);
  return all.filter(({ startsOn }) => startsOn <= asAt);
}

/** Every operation, also those to come, latest start first. */
export async function loadAllOperations(tx: Transaction): Promise<StoredOperation[]> {
  const rows = await tx.query<OperationRow>(
    `select
       operation.operation_id::int as "id",
       operation.name as "name",
       to_char(operation.starts_on, 'YYYY-MM-DD') as "startsOn",
       to_char(operation.ends_on, 'YYYY-MM-DD') as "endsOn",
       operation.revision::int as "revision",
       operation.treated_by as "treatedBy",
       operation.treated_name as "treatedName",
       operation.control_by as "controlBy",
       operation.control_name as "controlName",
       (extract(epoch from operation.changed_at) * 1000)::float8 as "changedAt",
       operation.changed_by as "changedBy",
       array(
         select to_hex(operation_cell.cell)
         from operation_cell
         where operation_cell.operation_id = operation.operation_id
           and operation_cell.part = 'treated'
         order by operation_cell.cell
       ) as "cells",
       array(
         select to_hex(operation_cell.cell)
         from operation_cell
         where operation_cell.operation_id = operation.operation_id
           and operation_cell.part = 'control'
         order by operation_cell.cell
       ) as "controlCells",
       coalesce(
         (
           select jsonb_agg(
             jsonb_build_object(
               'name', operation_phase.name,
               'startsOn', to_char(operation_phase.starts_on, 'YYYY-MM-DD'),
               'endsOn', to_char(operation_phase.ends_on, 'YYYY-MM-DD')
             )
             order by operation_phase.starts_on
           )
           from operation_phase
           where operation_phase.operation_id = operation.operation_id
         ),
         '[]'::jsonb
       ) as "phases"
     from operation
     order by operation.starts_on desc, operation.name`,
  );
  return rows.map(storedOf);
}

interface OperationRow
  extends Omit<StoredOperation, "control" | "treatedArea" | "controlArea" | "phases"> {
  readonly treatedBy: AreaWay;
  readonly treatedName: string | null;
  readonly controlBy: AreaWay | null;
  readonly controlName: string | null;
  readonly controlCells: readonly H3Cell[];
  readonly phases: readonly OperationPhase[];
}

function storedOf({
  treatedBy,
  treatedName,
  controlBy,
  controlName,
  controlCells,
  ...row
}: OperationRow): StoredOperation {
  return {
    ...row,
    control: controlBy === null ? null : controlCells,
    treatedArea: { by: treatedBy, name: treatedName },
    controlArea: controlBy === null ? null : { by: controlBy, name: controlName },
  };
}

/** Names of the operations that releases tell of which still stand. */
export async function loadReleasedOperations(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `select distinct answer ->> 'operation' as "name"
     from release
       cross join json_array_elements(release.content::json -> 'answers') as answer
       left join release_withdrawal on release_withdrawal.number = release.number
     where release_withdrawal.number is null
     order by 1`,
  );
  return rows.map(({ name }) => name);
}
