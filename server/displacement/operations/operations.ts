import { z } from "zod";
import { changesBetween } from "#core/displacement/operation.ts";
import { cutAtCommand, type OperationArea } from "#core/displacement/operation-area.ts";
import { checkOperation, phasesInOrder } from "#core/displacement/operation-check.ts";
import { operationNotes } from "#core/displacement/operation-notes.ts";
import type * as wire from "#core/displacement/wire/operations.ts";
import { formatDate } from "#core/time/words.ts";
import { changedMeanwhile, historyOf, type Read } from "#server/acts/revisions.ts";
import type { Act } from "#server/acts/services.ts";
import { DatabaseError, type Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import * as store from "#server/displacement/operations/store.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

export function listOperations(act: Act): Promise<wire.OperationsReply> {
  return act.db.transaction(act.actor, async (tx) => {
    const stored = await store.loadAllOperations(tx);
    act.addDetail({ operations: stored.length });
    const released = await tx.through("public", (reader) =>
      reader.rows(
        z.object({ name: z.string() }),
        sql`select distinct answer ->> 'operation' as name
          from release
            cross join json_array_elements(release.content::json -> 'answers') as answer
            left join release_withdrawal on release_withdrawal.number = release.number
          where release_withdrawal.number is null
          order by 1`,
      ),
    );
    return {
      operations: stored.map((operation) => operationReplyOf(act, operation)),
      released: released.map(({ name }) => name),
    };
  });
}

export function operationReplyOf(
  { asAt }: Pick<Act, "asAt">,
  stored: store.StoredOperation,
): wire.OperationReply {
  return { ...stored, hasStarted: stored.startsOn <= asAt.date() };
}

/** Refused outside the command; returns hints about it. */
export function addOperation(act: Act, body: wire.OperationBody): Promise<wire.OperationKept> {
  return keep(act, body, async (tx, written) => {
    return { id: await store.createOperation(tx, written), revision: 1 };
  });
}

/** An outdated revision is refused with what has changed since. */
export function changeWholeOperation(
  act: Act,
  read: Read,
  body: wire.OperationBody,
  how: "changed" | "ended" = "changed",
): Promise<wire.OperationKept> {
  return keep(act, body, async (tx, written) => {
    const change = { ...written, id: read.id, read: read.revision, act: how };
    const revision = await store.changeOperation(tx, change);
    if (revision === null) throw await changedSince(tx, read);
    return { id: read.id, revision };
  });
}

/** Gives an operation its last day. A phase that would go on is cut there; one that begins later is in the way. */
export async function endOperation(
  act: Act,
  read: Read,
  endsOn: string,
): Promise<wire.OperationKept> {
  const stored = await readOperation(act, read.id);
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
  return changeWholeOperation(act, read, { ...bodyOf(stored), endsOn, phases }, "ended");
}

export async function removeOperation(act: Act, read: Read): Promise<{ id: number }> {
  act.addDetail({ operation: read.id, revision: read.revision });
  return act.db.transaction(act.actor, async (tx) => {
    try {
      const isGone = await store.deleteOperation(tx, { id: read.id, read: read.revision });
      if (!isGone) throw await changedSince(tx, read);
    } catch (error) {
      if (error instanceof DatabaseError && error.code === "23503") throw isStillReferredTo(error);
      throw error;
    }
    return { id: read.id };
  });
}

function isStillReferredTo({ constraint }: DatabaseError): Problem {
  const why =
    constraint === "operation_report_revision_fkey"
      ? "A report of it has been printed or downloaded"
      : constraint === "alert_operation_id_fkey"
        ? "An alert about it has been acted on"
        : constraint === "stop_rule_operation_id_fkey"
          ? "Its stop rule has been agreed"
          : "Something else depends on it";
  const detail = `${why}. End it instead, so that it stays on record.`;
  return new Problem(409, "It cannot be deleted", detail);
}

/** Newest first. */
export function readHistory(act: Act, id: number): Promise<wire.OperationHistoryReply> {
  return act.db.transaction(act.actor, async (tx) => {
    act.addDetail({ operation: id });
    const revisions = await store.loadRevisions(tx, id);
    if (revisions.length === 0) throw await store.noSuchOperation(tx);
    const history = historyOf(revisions, changesBetween);
    return {
      revisions: history.map(({ revision, act: what, at, by, changes, reports }) => ({
        revision,
        act: what,
        at,
        by,
        changes,
        reports,
      })),
    };
  });
}

async function changedSince(tx: Transaction, read: Read): Promise<Problem> {
  const revisions = await store.loadRevisions(tx, read.id);
  const gone = "This operation was deleted. You can add what you typed as a new one.";
  return (
    changedMeanwhile(revisions, read, changesBetween) ?? new Problem(404, "No such operation", gone)
  );
}

/** One operation as it is stored. A look beside the act that asks for it. */
export function readOperation(
  { db, actor }: Pick<Act, "db" | "actor">,
  id: number,
): Promise<store.StoredOperation> {
  return db.transaction(
    actor,
    async (tx) => {
      const found = await store.findOperation(tx, sql`operation_id = ${id}`);
      if (!found) throw await store.noSuchOperation(tx);
      return found;
    },
    { beside: true },
  );
}

export function bodyOf(stored: store.StoredOperation): wire.OperationBody {
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

/** Clips it to the command; refused with a reason per faulty field. */
async function keep(
  act: Act,
  body: wire.OperationBody,
  write: (tx: Transaction, operation: store.OperationWrite) => Promise<Read>,
): Promise<wire.OperationKept> {
  const { command } = await placesOf(act);
  const { name, startsOn, endsOn } = body;
  const treated = cutAtCommand(body.treated.cells, command);
  const control = body.control && cutAtCommand(body.control.cells, command);
  const faults = checkOperation({ ...body, treated, control }, command.name);
  const [first] = faults;
  if (first) {
    const outside = faults.find(({ reason }) => reason.includes("entirely outside"));
    const title = outside ? "Outside the area" : "Not accepted";
    throw new Problem(422, title, (outside ?? first).reason, faults);
  }
  const phases = phasesInOrder(body.phases);
  const cells = { cells: treated.inside, control: control?.inside ?? null };
  const operation = { name, startsOn, endsOn, ...cells, phases };
  const areas = {
    treatedArea: saidOf(body.treated),
    controlArea: body.control && saidOf(body.control),
  };
  return act.db.transaction(act.actor, async (tx) => {
    const by = { now: act.asAt.now(), person: act.actor.person };
    const { id, revision } = await write(tx, { ...operation, ...areas, ...by });
    act.addDetail({
      operation: id,
      revision,
      cells: treated.inside.length,
      outside: treated.outside,
      phases: phases.length,
    });
    const others = (await store.loadAllOperations(tx)).filter((other) => other.id !== id);
    const ground = { command, asAt: act.asAt.date(), others };
    const notes = operationNotes({ ...operation, treated, control }, ground);
    return { id, name, revision, notes };
  });
}

const saidOf = ({ by, name }: Pick<OperationArea, "by" | "name">) => ({ by, name });
