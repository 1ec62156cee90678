import type { Operation, OperationPhase, OperationState } from "#core/displacement/operation.ts";
import type { AreaWay } from "#core/displacement/operation-area.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";

export type RevisionAct = "added" | "changed" | "ended";

/** Adds the state that an operation has from now on; rows of before are never touched. */
export async function insertRevision(
  tx: Transaction,
  state: OperationWrite & {
    readonly id: number;
    readonly revision: number;
    readonly act: RevisionAct;
  },
): Promise<void> {
  const { treatedArea, controlArea, phases } = state;
  await tx.query(
    `insert into operation_revision (
       operation_id, revision, act, changed_at, changed_by, name, starts_on, ends_on,
       treated_by, treated_name, treated, control_by, control_name, control, phases
     )
     values (
       $1::int, $2::int, $3::text, $4::timestamptz, coalesce($5::text, acting_person(), 'unknown'), $6::text, $7::date, $8::date,
       $9::text, $10::text, $11::bigint[], $12::text, $13::text, $14::bigint[], $15::text::jsonb
     )`,
    [
      state.id,
      state.revision,
      state.act,
      new Date(state.now),
      state.person,
      state.name,
      state.startsOn,
      state.endsOn,
      treatedArea.by,
      treatedArea.name,
      decimals(state.cells),
      controlArea?.by ?? null,
      controlArea?.name ?? null,
      decimals(state.control ?? []),
      JSON.stringify(phases),
    ],
  );
}

function decimals(cells: readonly H3Cell[]): string[] {
  return [...new Set(cells)].sort().map(cellToDecimal);
}

export interface RevisionRow extends OperationState {
  readonly revision: number;
  readonly act: RevisionAct;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: string;
  /** Reports of it that were printed or taken away. */
  readonly reports: number;
}

/** Every state that an operation had, oldest first. */
export async function loadRevisions(tx: Transaction, id: number): Promise<RevisionRow[]> {
  const rows = await tx.query<StateRow>(
    `select
       operation_revision.revision::int as "revision",
       operation_revision.act as "act",
       (extract(epoch from operation_revision.changed_at) * 1000)::float8 as "at",
       operation_revision.changed_by as "by",
       operation_revision.name as "name",
       to_char(operation_revision.starts_on, 'YYYY-MM-DD') as "startsOn",
       to_char(operation_revision.ends_on, 'YYYY-MM-DD') as "endsOn",
       operation_revision.treated_by as "treatedBy",
       operation_revision.treated_name as "treatedName",
       array(select to_hex(cell) from unnest(operation_revision.treated) as kept (cell))
         as "treatedCells",
       operation_revision.control_by as "controlBy",
       operation_revision.control_name as "controlName",
       array(select to_hex(cell) from unnest(operation_revision.control) as kept (cell))
         as "controlCells",
       operation_revision.phases as "phases",
       (
         select count(*)::int
         from operation_report
         where operation_report.operation_id = operation_revision.operation_id
           and operation_report.revision = operation_revision.revision
       ) as "reports"
     from operation_revision
     where operation_revision.operation_id = $1::int
     order by operation_revision.revision`,
    [id],
  );
  return rows.map(({ treatedBy, treatedName, treatedCells, ...row }) => {
    const { controlBy, controlName, controlCells, ...rest } = row;
    return {
      ...rest,
      treated: { by: treatedBy, name: treatedName, cells: treatedCells },
      control:
        controlBy === null ? null : { by: controlBy, name: controlName, cells: controlCells },
    };
  });
}

interface StateRow extends Omit<RevisionRow, "treated" | "control"> {
  readonly treatedBy: AreaWay;
  readonly treatedName: string | null;
  readonly treatedCells: readonly H3Cell[];
  readonly controlBy: AreaWay | null;
  readonly controlName: string | null;
  readonly controlCells: readonly H3Cell[];
  readonly phases: readonly OperationPhase[];
}

export interface ReportNote {
  readonly operationId: number;
  readonly revision: number;
  /** London date `YYYY-MM-DD`. */
  readonly asAt: string;
  readonly form: "paper" | "csv";
  /** Epoch milliseconds. */
  readonly now: number;
  readonly person: string;
}

/** Notes that an assessment is leaving, on paper or as a file; answers the number of the report. */
export async function insertReport(tx: Transaction, note: ReportNote): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `insert into operation_report (operation_id, revision, as_at, form, issued_at, issued_by)
     values ($1::int, $2::int, $3::date, $4::text, $5::timestamptz, $6::text)
     returning id::int as "id"`,
    [note.operationId, note.revision, note.asAt, note.form, new Date(note.now), note.person],
  );
  return rows[0]?.id ?? 0;
}

/** How an area was said: by which way, and its name where it has one. */
export interface AreaSaid {
  readonly by: AreaWay;
  readonly name: string | null;
}

/** An operation as it is written: how its areas were said, by whom, when. */
export interface OperationWrite extends Operation {
  readonly treatedArea: AreaSaid;
  readonly controlArea: AreaSaid | null;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Null: whoever acts in the transaction. */
  readonly person: string | null;
}
