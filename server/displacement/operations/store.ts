import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { id } from "#core/contract/fields.ts";
import type { Operation } from "#core/displacement/operation.ts";
import * as wire from "#core/displacement/wire/operations.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import { changeRevision } from "#server/acts/revisions.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { insertInto, type Sql, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

const storedOperation = wire.operationReply.omit({ hasStarted: true }).extend({
  cells: z.array(eventCell).readonly(),
  control: z.array(eventCell).readonly().nullable(),
});
export type StoredOperation = z.infer<typeof storedOperation>;

/** Future ones too, latest start first. */
export const loadAllOperations = (tx: Transaction) =>
  tx.rows(storedOperation, operationsWhere(sql`true`));

/** Started by the as-at date. */
export const loadOperations = (tx: Transaction, asAt: string) =>
  tx.rows(storedOperation, operationsWhere(sql`starts_on <= ${asAt}`));

export const findOperation = (tx: Transaction, condition: Sql) =>
  tx.maybe(storedOperation, operationsWhere(condition));

const operationsWhere = (condition: Sql) => sql`
  select ${columns}, ${cellsOf("treated")} as cells,
    case when control_by is not null then ${cellsOf("control")} end as control,
    coalesce(
      (select jsonb_agg(
          jsonb_build_object('name', name, 'startsOn', starts_on, 'endsOn', ends_on)
          order by starts_on
        )
        from operation_phase where operation_id = operation.operation_id),
      '[]'
    ) as phases
  from operation where ${condition} order by starts_on desc, name`;

const cellsOf = (part: "treated" | "control") => sql`array(
  select cell from operation_cell
  where operation_id = operation.operation_id and part = ${part} order by cell)`;

const columns = columnsOf(storedOperation.omit({ cells: true, control: true, phases: true }), {
  as: {
    operation_id: "id",
    treated_by: "treated_area_by",
    treated_name: "treated_area_name",
    control_by: "control_area_by",
    control_name: "control_area_name",
  },
});

/** 404 that names the operations there are. */
export async function noSuchOperation(tx: Transaction): Promise<Problem> {
  const names = (await loadAllOperations(tx)).map(({ name }) => name).join("; ");
  const detail = `There is no such operation. Operations: ${names || "none"}.`;
  return new Problem(404, "No such operation", detail);
}

export interface OperationWrite
  extends Operation,
    Pick<StoredOperation, "treatedArea" | "controlArea"> {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly person: string;
}

/** Also stores its first revision; returns its number. */
export async function createOperation(
  tx: Transaction,
  operation: Operation & Partial<OperationWrite>,
): Promise<number> {
  if (operation.cells.length === 0) {
    throw new RangeError(`Operation "${operation.name}" has no treated cell`);
  }
  const given = { by: "cells", name: null } as const;
  const { now = Date.now(), person, control } = operation;
  const written = { treatedArea: given, controlArea: control && given, ...operation, now };
  const made = await tx.one(
    z.object({ id, by: z.string() }),
    sql`${insertInto("operation", {
      ...fieldsOf(written),
      createdAt: new Date(now),
      changedAt: new Date(now),
      ...(person === undefined ? {} : { createdBy: person, changedBy: person }),
    })} returning operation_id as id, changed_by as by`,
  );
  await insertParts(tx, made.id, written);
  await insertRevision(tx, { ...written, person: made.by, id: made.id, revision: 1, act: "added" });
  return made.id;
}

/** Null when the revision is outdated. */
export async function changeOperation(
  tx: Transaction,
  change: OperationWrite & {
    readonly id: number;
    readonly read: number;
    readonly act: "changed" | "ended";
  },
): Promise<number | null> {
  const { read, ...written } = change;
  const stored = sql`operation_id = ${change.id}`;
  const locked = await tx.maybe(
    z.object({}),
    sql`select from operation where ${stored} and revision = ${read} for update`,
  );
  if (locked === null) return null;
  // First, so that new dates never meet old phases.
  await tx.run(sql`delete from operation_phase where ${stored}`);
  await tx.run(sql`delete from operation_cell where ${stored}`);
  const revision = await changeRevision(
    tx,
    { table: "operation", key: "operation_id" },
    { id: change.id, revision: read },
    { ...fieldsOf(written), changedAt: new Date(change.now), changedBy: change.person },
  );
  await insertParts(tx, change.id, written);
  await insertRevision(tx, { ...written, revision: read + 1 });
  return revision;
}

/** False when the revision is outdated. Throws when a report or a decided alert refers to it. */
export const deleteOperation = (
  tx: Transaction,
  { id: operation, read }: { readonly id: number; readonly read: number },
) => tx.did(sql`delete from operation where operation_id = ${operation} and revision = ${read}`);

type Fields = Pick<OperationWrite, "name" | "startsOn" | "endsOn" | "treatedArea" | "controlArea">;

function fieldsOf({ name, startsOn, endsOn, treatedArea, controlArea }: Fields) {
  return {
    name,
    startsOn,
    endsOn,
    treatedBy: treatedArea.by,
    treatedName: treatedArea.name,
    controlBy: controlArea?.by ?? null,
    controlName: controlArea?.name ?? null,
  };
}

const decimals = (cells: readonly H3Cell[]) => [...new Set(cells)].sort().map(cellToDecimal);

async function insertParts(
  tx: Transaction,
  operation: number,
  { cells, control, phases }: Pick<Operation, "cells" | "control" | "phases">,
): Promise<void> {
  for (const [part, of] of [
    ["treated", cells],
    ["control", control ?? []],
  ] as const) {
    await tx.run(sql`insert into operation_cell (operation_id, cell, part)
      select ${operation}::int, cell, ${part}::text from unnest(${decimals(of)}::bigint[]) as cell`);
  }
  await tx.run(sql`insert into operation_phase (operation_id, name, starts_on, ends_on)
    select ${operation}::int, name, "startsOn", "endsOn"
    from jsonb_to_recordset(${JSON.stringify(phases)}::jsonb)
      as phase (name text, "startsOn" date, "endsOn" date)`);
}

/** Append-only: earlier revisions are never changed. */
function insertRevision(
  tx: Transaction,
  state: OperationWrite & Pick<OperationRevision, "revision" | "act"> & { readonly id: number },
): Promise<void> {
  return tx.run(
    insertInto("operation_revision", {
      operationId: state.id,
      revision: state.revision,
      act: state.act,
      changedAt: new Date(state.now),
      changedBy: state.person,
      ...fieldsOf(state),
      treated: decimals(state.cells),
      control: decimals(state.control ?? []),
      phases: JSON.stringify(state.phases),
    }),
  );
}

const operationRevision = wire.operationBody.extend(
  wire.operationRevision.omit({ changes: true }).shape,
);
type OperationRevision = z.infer<typeof operationRevision>;

/** Oldest first. */
export const loadRevisions = (tx: Transaction, operation: number) =>
  tx.rows(
    operationRevision,
    sql`select revision, act, changed_at as at, changed_by as by, name, starts_on, ends_on,
        treated_by, treated_name, treated as treated_cells, control_by, control_name,
        case when control_by is not null then control end as control_cells, phases,
        (select count(*) from operation_report
          where operation_id = kept.operation_id and revision = kept.revision) as reports
      from operation_revision as kept where operation_id = ${operation} order by revision`,
  );

/** Logs an export of the assessment; returns the report's number. */
export async function insertReport(
  tx: Transaction,
  {
    now,
    person,
    ...report
  }: {
    readonly operationId: number;
    readonly revision: number;
    /** `YYYY-MM-DD` */
    readonly asAt: string;
    readonly form: "paper" | "csv";
    /** Epoch milliseconds. */
    readonly now: number;
    readonly person: string;
  },
): Promise<number> {
  const row = insertInto("operation_report", {
    ...report,
    issuedAt: new Date(now),
    issuedBy: person,
  });
  return (await tx.one(z.object({ id }), sql`${row} returning id`)).id;
}
