import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import { cellsLost, compareGrounds, type Ground } from "#core/places/move/compare.ts";
import type { GroundChange, MoveReport } from "#core/places/move/wire.ts";
import { type MoveReferences, moveReferences } from "#core/places/move/wire.ts";
import { publicAreas } from "#core/places/public-areas.ts";
import { linesOf } from "#core/text/lines.ts";
import { dateName } from "#core/time/words.ts";
import type { Act } from "#server/acts/services.ts";
import { CommandError } from "#server/cli/command.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { sql } from "#server/db/sql.ts";
import { loadAreas, placesKey } from "#server/places/areas.ts";
import { type LoadedPack, loadPack, packOf } from "#server/places/load.ts";
import * as kept from "#server/places/move/kept-places.ts";
import { forgetPlaces } from "#server/places/places.ts";

type MoveAct = Pick<Act, "db" | "actor" | "asAt" | "addDetail">;

/**
 * Puts another pack's boundaries, borders and names in place of those that are in, and keeps these
 * whole and dated, in one transaction with its line in the chain. Events, sessions, plans and
 * releases are not written to. A dry run tells the same and writes nothing.
 */
export async function movePlaces(
  act: MoveAct,
  { folder, dryRun }: { readonly folder: string; readonly dryRun: boolean },
): Promise<MoveReport> {
  const { actor, asAt } = act;
  const pack = loadPack(folder);
  const db = withOptions(act.db, { events: true, long: true, grows: !dryRun });
  const [now, movedOn] = [asAt.now(), asAt.date()];
  act.addDetail({ to: pack.pack.code, on: movedOn, dryRun });
  try {
    return await db.transaction(actor, async (tx) => {
      const before = await kept.readPlaces(tx);
      if (before === null)
        throw new CommandError("There are no places in yet: start the server once.");
      const from = await groundOf(tx, before);
      const to = groundAfter(pack, from);
      const change = compareGrounds(from, to, await countEvents(tx));
      const references = await referencesTo(
        tx,
        {
          cells: cellsLost(from, to),
          areas: codesOf(from).filter((code) => !codesOf(to).includes(code)),
          neighbours: change.neighbours.gone,
        },
        { now, today: movedOn },
      );
      const faults = [
        ...faultsOf(before, pack, change.cells),
        ...((await hasBackup(tx)) ? [] : [noBackup]),
      ];
      const report = { dryRun, movedOn, faults, change, references };
      act.addDetail({ cells: change.cells.moved, events: change.events.moved });
      if (dryRun) return report;
      if (faults.length > 0) throw new CommandError(`${faults.join(" ")} Nothing was changed.`);
      await kept.keepMove(tx, before, { movedOn, movedBy: actor.person, toCode: pack.pack.code });
      await kept.writePlaces(tx, pack);
      const { digest, pack: head } = pack;
      const held: kept.HeldPlaces = { digest, pack: head, timeZone: head.timeZone };
      await writeSetting(tx, placesKey, held);
      return report;
    });
  } finally {
    forgetPlaces(act.db);
  }
}

/** The places of before a move; what came in since stays. Refused by the database after seven days. */
export async function movePlacesBack(
  act: MoveAct,
): Promise<{ readonly movedOn: string; readonly name: string }> {
  try {
    return await withOptions(act.db, { long: true }).transaction(act.actor, async (tx) => {
      const last = await kept.loadLastMove(tx);
      if (last === null)
        throw new CommandError("These places were not moved, or were brought back already.");
      const { number, movedOn, isOpen } = last;
      act.addDetail({ move: number, on: movedOn });
      if (!isOpen) {
        throw new CommandError(
          `The boundaries moved on ${dateName(movedOn)}, more than 7 days ago, and stay: what was recorded, planned and released since was counted by them. Make the old boundaries a pack and move onto it. Nothing was changed.`,
        );
      }
      const before = await kept.loadKept(tx, number);
      await kept.bringBack(tx, before);
      await kept.noteReturn(tx, number, act.actor.person);
      return { movedOn, name: packOf(before.held).name };
    });
  } finally {
    forgetPlaces(act.db);
  }
}

/** Boundaries of all kinds; those of wards follow no pack, and are compared on either side. */
async function groundOf(tx: Transaction, { held, gazetteer }: kept.KeptPlaces): Promise<Ground> {
  return { areas: await loadAreas(tx), gazetteer, name: packOf(held).name };
}

function groundAfter({ pack, areas, gazetteer }: LoadedPack, before: Ground): Ground {
  const wards = before.areas.filter(({ kind }) => kind === "ward");
  return { areas: [...areas, ...wards], gazetteer, name: pack.name };
}

/** Of parts and public areas. */
const codesOf = ({ areas, gazetteer, name }: Ground) =>
  publicAreas(areas, gazetteer.neighbourhoods, name).areas.map(({ id }) => id);

const cellCount = z.object({ cell: eventCell, count: z.int() });

async function countEvents(tx: Transaction) {
  const counts = sql`select cell, count(*) as count from event group by cell`;
  return new Map((await tx.rows(cellCount, counts)).map(({ cell, count }) => [cell, count]));
}

function faultsOf(
  { held }: kept.KeptPlaces,
  { pack }: LoadedPack,
  cells: GroundChange["cells"],
): string[] {
  const { code, timeZone } = packOf(held);
  return linesOf(
    pack.code === code &&
      `Both packs have the code "${code}": make the new one in a folder of another name, so that each start knows which it has.`,
    pack.timeZone !== (held.timeZone ?? timeZone) &&
      `The new places have the clock of ${pack.timeZone}, this database ${held.timeZone ?? timeZone}: sessions and patrols are stored by it.`,
    cells.stay + cells.moved === 0 &&
      "The new command has no ground in common with this one: it is another command, with a database of its own.",
  );
}

const noBackup =
  'There is no backup of the last 24 hours: run "boxster backup FILE" first, and keep the file where it is safe.';

/** By the chain, where a backup that failed has no such line. */
async function hasBackup(tx: Transaction): Promise<boolean> {
  const lately = await tx.value(
    z.boolean(),
    sql`select exists (
        select from audit
        where act = 'back up' and outcome = 'done' and at > now() - interval '24 hours'
      )`,
  );
  return lately === true;
}

/**
 * What speaks of cells, areas (by code) and neighbours (by name) that go. It reads nothing of
 * protected time: neither are there areas in it, nor is it the operator's to count.
 */
function referencesTo(
  tx: Transaction,
  gone: {
    readonly cells: readonly H3Cell[];
    readonly areas: readonly string[];
    readonly neighbours: readonly string[];
  },
  { now, today }: { readonly now: number; readonly today: string },
): Promise<MoveReferences> {
  const cells = sql`any(${gone.cells.map(cellToDecimal)}::bigint[])`;
  const neighbours = sql`any(${gone.neighbours}::text[])`;
  return tx.one(
    moveReferences,
    sql`with left_operation as (
        select operation.ends_on from operation
        where exists (
          select from operation_cell
          where operation_cell.operation_id = operation.operation_id and part = 'treated'
            and cell = ${cells}
        )
      )
      select
        (
          select count(distinct patrol_window.id) from patrol_window
          join patrol_stop on patrol_stop.window_id = patrol_window.id
          where status in ('suggested', 'agreed') and ends_at > ${new Date(now)}
            and patrol_stop.cell = ${cells}
        ) as patrols,
        (select count(*) from left_operation) as operations,
        (
          select count(*) from left_operation where ends_on is null or ends_on >= ${today}::date
        ) as running_operations,
        (
          select count(*) from alert where state <> 'closed' and neighbour = ${neighbours}
        ) as alerts,
        (
          select count(*) from place_plan
          where state <> 'closed' and exists (select from unnest(cells) as held where held = ${cells})
        ) as place_plans,
        (
          select count(*) from patrol_partner where areas && ${gone.areas}::text[]
        ) as patrol_partners,
        (
          select count(distinct neighbour) from neighbour_agreement where neighbour = ${neighbours}
        ) as agreements,
        (
          select count(*) from account where disabled_at is null and neighbour = ${neighbours}
        ) as liaisons,
        (select count(*) from release) as releases`,
  );
}
