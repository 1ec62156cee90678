import type { Operation } from "#core/displacement/operation.ts";
import type { CutArea, OperationArea } from "#core/displacement/operation-area.ts";
import { cutAtCommand } from "#core/displacement/operation-area.ts";
import { checkOperation, phasesInOrder } from "#core/displacement/operation-check.ts";
import { operationNotes } from "#core/displacement/operation-notes.ts";
import type { OperationBody, OperationKept } from "#core/displacement/wire/operations.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Actor } from "#core/role.ts";
import { formatDate } from "#core/time/words.ts";
import type { ActServices } from "#server/acts/services.ts";
import { DatabaseError, type Transaction } from "#server/db/database.ts";
import {
  changedMeanwhile,
  isStillReferredTo,
  noSuchOperation,
} from "#server/displacement/operations/replies.ts";
import type { OperationWrite } from "#server/displacement/queries/operation-history.ts";
import * as sql from "#server/displacement/queries/operations.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

export type OperationServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

/** The operation that is read as it is, and the revision that it was read at. */
export interface Read {
  readonly id: number;
  readonly revision: number;
}

/** Every operation, and the names that residents read in a current release. */
export function listOperations({ db, addDetail }: OperationServices, actor: Actor) {
  return db.transaction(actor, async (tx) => {
    const stored = await sql.loadAllOperations(tx);
    addDetail({ operations: stored.length });
    return { stored, released: await tx.through("public", sql.loadReleasedOperations) };
  });
}

/** Keeps a new operation: in the command, checked, with what to know of it. */
export async function addOperation(
  services: OperationServices,
  actor: Actor,
  body: OperationBody,
): Promise<OperationKept> {
  const { command } = await placesOf(services);
  const judged = judge(body, command);
  return keep(services, actor, { judged, command }, async (tx, write) => {
    const id = await sql.createOperation(tx, write);
    return { id, revision: 1 };
  });
}

/** Makes an operation what is given; whoever read an older revision is refused, with what changed since. */
export async function changeWholeOperation(
  services: OperationServices,
  actor: Actor,
  { read, body, act = "changed" }: ChangeRequest,
): Promise<OperationKept> {
  const { command } = await placesOf(services);
  const judged = judge(body, command);
  return keep(services, actor, { judged, command }, async (tx, write) => {
    const revision = await sql.changeOperation(tx, {
      ...write,
      id: read.id,
      read: read.revision,
      act,
    });
    if (revision === null) throw await changedMeanwhile(tx, services.zone, read);
    return { id: read.id, revision };
  });
}

export interface ChangeRequest {
  readonly read: Read;
  readonly body: OperationBody;
  readonly act?: "changed" | "ended";
}

/** Gives an operation its last day. A phase that would go on is cut there; one that begins later is in the way. */
export async function endOperation(
  services: OperationServices,
  actor: Actor,
  { read, endsOn }: { readonly read: Read; readonly endsOn: string },
): Promise<OperationKept> {
  const stored = await readOperation(services, actor, read.id);
  const later = stored.phases.find(({ startsOn }) => startsOn > endsOn);
  if (later) {
    throw new Problem(
      422,
      "A phase starts later",
      `"${later.name}" starts on ${formatDate(later.startsOn)}, after ${formatDate(endsOn)}. Remove or move that phase first.`,
    );
  }
  const phases = stored.phases.map((phase) => ({
    ...phase,
    endsOn: phase.endsOn !== null && phase.endsOn > endsOn ? endsOn : phase.endsOn,
  }));
  const body = { ...bodyOf(stored), endsOn, phases };
  return changeWholeOperation(services, actor, { read, body, act: "ended" });
}

/** Deletes an operation that nothing refers to. */
export async function removeOperation(
  { db, zone, addDetail }: OperationServices,
  actor: Actor,
  read: Read,
): Promise<{ id: number }> {
  addDetail({ operation: read.id, revision: read.revision });
  return db.transaction(actor, async (tx) => {
    try {
      if (!(await sql.deleteOperation(tx, { id: read.id, read: read.revision }))) {
        throw await changedMeanwhile(tx, zone, read);
      }
    } catch (error) {
      if (error instanceof DatabaseError && error.code === "23503") {
        throw isStillReferredTo(error);
      }
      throw error;
    }
    return { id: read.id };
  });
}

/** One operation as it is stored. A look beside the act that asks for it. */
export async function readOperation(
  { db }: Pick<OperationServices, "db">,
  actor: Actor,
  id: number,
): Promise<sql.StoredOperation> {
  const all = await db.transaction(actor, sql.loadAllOperations, { beside: true });
  const found = all.find((operation) => operation.id === id);
  if (!found) throw noSuchOperation(all);
  return found;
}

/** What is sent to keep it as it is. */
export function bodyOf(stored: sql.StoredOperation): OperationBody {
  const { name, startsOn, endsOn, phases, treatedArea, controlArea, cells, control } = stored;
  return {
    name,
    startsOn,
    endsOn,
    treated: { ...treatedArea, cells: [...cells] },
    control: controlArea && control ? { ...controlArea, cells: [...control] } : null,
    phases: [...phases],
  };
}

interface Judged {
  readonly operation: Operation;
  readonly areas: Pick<OperationWrite, "treatedArea" | "controlArea">;
  readonly treated: CutArea;
  readonly control: CutArea | null;
}

/** What of it lies in the command; refused with a reason for each field that is wrong. */
function judge(body: OperationBody, command: StudySet): Judged {
  const { name, startsOn, endsOn } = body;
  const treated = cutAtCommand(body.treated.cells, command);
  const control = body.control ? cutAtCommand(body.control.cells, command) : null;
  const phases = phasesInOrder(body.phases);
  const faults = checkOperation({ ...body, treated, control }, command.name);
  const [first] = faults;
  if (first) {
    const outside = faults.find(({ reason }) => reason.includes("entirely outside"));
    const title = outside ? "Outside the area" : "Not accepted";
    throw new Problem(422, title, (outside ?? first).reason, faults);
  }
  return {
    operation: {
      name,
      startsOn,
      endsOn,
      cells: treated.inside,
      control: control?.inside ?? null,
      phases,
    },
    areas: {
      treatedArea: saidOf(body.treated),
      controlArea: body.control ? saidOf(body.control) : null,
    },
    treated,
    control,
  };
}

function saidOf({ by, name }: Pick<OperationArea, "by" | "name">) {
  return { by, name };
}

async function keep(
  { db, asAt, addDetail }: OperationServices,
  actor: Actor,
  { judged, command }: { readonly judged: Judged; readonly command: StudySet },
  write: (tx: Transaction, operation: OperationWrite) => Promise<Read>,
): Promise<OperationKept> {
  const { operation, areas, treated, control } = judged;
  return db.transaction(actor, async (tx) => {
    const written = { ...operation, ...areas, now: asAt.now(), person: actor.person };
    const { id, revision } = await write(tx, written);
    addDetail({
      operation: id,
      revision,
      cells: treated.inside.length,
      outside: treated.outside,
      phases: operation.phases.length,
    });
    const others = (await sql.loadAllOperations(tx)).filter((other) => other.id !== id);
    const noted = { ...operation, treated, control };
    const notes = operationNotes(noted, { command, asAt: asAt.date(), others });
    return { id, name: operation.name, revision, notes };
  });
}
