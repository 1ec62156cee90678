import { createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import {
  cellCentre,
  eventResolution,
  type H3Cell,
  metresBetween,
  type Position,
  parentCell,
  zoneResolution,
} from "#core/geo/cell.ts";
import { isInsidePolygons } from "#core/geo/point-in-polygon.ts";
import { comparisonTimes, type KeyedDraw } from "#core/neighbours/comparison-times.ts";
import type { PatrolCheckBody, PatrolCheckReply } from "#core/neighbours/wire.ts";
import { cellsInside } from "#core/places/command.ts";
import { ceilToMark, floorToMark } from "#core/protected-time/occurrences.ts";
import { roundingMinutes } from "#core/protected-time/settings.ts";
import { addDays, formatInstant, minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { type NamedZone, namedZones } from "#server/neighbours/agreed-area.ts";
import { type Agreement, agreementOrRefuse } from "#server/neighbours/agreements.ts";
import { type Places, placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { countFootprintView } from "#server/protected-time/footprint-views.ts";
import { reasonAgainst, refuseUnaskable } from "#server/protected-time/police-ask.ts";
import { nothingSeen, type Seen } from "#server/protected-time/protected-stretches.ts";
import { dayAndTime, timeOfDay } from "#server/protected-time/words.ts";

/** Of a neighbour, however many accounts it has: enough for a week's plan, and few for a search. */
export const questionsADay = 40;
/** So that no weekday can be compared across weeks, which would reveal a session. */
const farthestDays = 7;
/** An area along the line, and not half of a borough. */
const widestMetres = 4_000;

interface PatrolQuestion {
  readonly agreement: Agreement;
  readonly cells: readonly H3Cell[];
  readonly from: number;
  readonly to: number;
  /** By the real clock, since as-at does not move in the demonstration. */
  readonly day: string;
}

export async function checkPatrol(
  act: Act,
  neighbour: string,
  body: PatrolCheckBody,
): Promise<PatrolCheckReply> {
  const { actor, zone, asAt } = act;
  const places = await placesOf(act);
  return act.db.transaction(actor, async (tx) => {
    const agreement = await agreementOrRefuse(tx, neighbour, asAt.date());
    const cells = askedCells(places, agreement, body);
    const seen = nothingSeen();
    const span = { from: Date.parse(body.from), to: Date.parse(body.to) };
    const asked = { agreement, cells, ...span, day: zone.dateOf(Date.now()) };
    const reply = await patrolFits(tx, { zone, now: asAt.now() }, asked, seen);
    await countFootprintView(tx, actor, { day: asAt.date(), seen });
    if (reply.answer !== "fits") act.refuse();
    return reply;
  });
}

/**
 * Whether a neighbour's planned patrol fits: yes or no, from what police are shown and from
 * comparison times alike, in the same words for every cause and for the unknown. Coarser than the
 * hatch: the area is widened to whole patrol zones, the time to half hours.
 */
async function patrolFits(
  tx: Transaction,
  moment: Moment,
  asked: PatrolQuestion,
  seen: Seen,
): Promise<PatrolCheckReply> {
  const { zone, now } = moment;
  const { cells, day } = asked;
  const { neighbour } = asked.agreement;
  const mark = roundingMinutes * minuteMs;
  const from = floorToMark(zone, asked.from, mark);
  const to = ceilToMark(zone, asked.to, mark);
  refuseUnaskable(moment, asked, from);
  const { count } = await tx.through("keeper", (keeper) =>
    keeper.one(
      z.object({ count: z.int() }),
      sql`insert into neighbour_question (neighbour, day, asked) values (${neighbour}, ${day}, 1)
        on conflict on constraint neighbour_question_day_primary
          do update set asked = neighbour_question.asked + 1
        returning asked as count`,
    ),
  );
  if (count > questionsADay) {
    throw new Problem(
      429,
      "Daily limit reached",
      `You can check ${questionsADay} times a day for one neighbour. Ask the contact in the agreement about others.`,
    );
  }
  const isFar = to > zone.startOfDate(addDays(zone.dateOf(now), farthestDays));
  const asking = { from, to, cells, seen, isForNeighbour: true };
  const isNo = isFar ? "too far ahead" : await reasonAgainst(tx, moment, asking);
  const isCompared = await isForComparison(tx, moment, { cells, from, to });
  const when = `${dayAndTime(zone, from)} to ${timeOfDay(zone, to)}`;
  const fits = isNo === null && !isCompared;
  return {
    answer: fits ? "fits" : "choose another time",
    sentence: fits ? `Fits: ${when}. Check again on the day.` : `Choose a time other than ${when}.`,
    from: formatInstant(zone, from),
    to: formatInstant(zone, to),
    askedAt: formatInstant(zone, now),
  };
}

async function isForComparison(
  tx: Transaction,
  { zone }: Moment,
  asked: { readonly cells: readonly H3Cell[]; readonly from: number; readonly to: number },
): Promise<boolean> {
  const key = await tx.through("keeper", (keeper) => comparisonKey(keeper, randomBytes(32)));
  const times = comparisonTimes({ zone, draw: drawWith(key), ...asked });
  const taken = new Set(times.flatMap(({ cells }) => cells));
  return asked.cells.some((cell) => taken.has(cell));
}

/** Created on first use. For the keeper. */
export async function comparisonKey(tx: Transaction, fresh: Uint8Array): Promise<Uint8Array> {
  await tx.run(sql`insert into comparison_key (key) values (${fresh})
    on conflict on constraint comparison_key_only_one_primary do nothing`);
  return (await tx.value(z.instanceof(Uint8Array), sql`select key from comparison_key`)) ?? fresh;
}

export function drawWith(key: Uint8Array): KeyedDraw {
  return (words) => createHmac("sha256", key).update(words).digest().readUIntBE(0, 6) / 2 ** 48;
}

/**
 * Cells of a question: those of whole patrol zones within the agreed zone. Anything reaching out of
 * the zone is refused: only the neighbour's side of the line can be asked about.
 */
function askedCells(
  places: Pick<Places, "nameOf">,
  agreement: Agreement,
  { zones: named, corners }: PatrolCheckBody,
): H3Cell[] {
  const zones =
    corners === undefined
      ? zonesNamed(namedZones(places, agreement), named ?? [])
      : drawnCells(agreement, corners).map((cell) => parentCell(cell, zoneResolution));
  const asked = new Set(zones);
  return agreement.cells.filter((cell) => asked.has(parentCell(cell, zoneResolution)));
}

function zonesNamed(known: readonly NamedZone[], names: readonly string[]): H3Cell[] {
  return names.map((name) => {
    const found = known.find((one) => one.name === name);
    if (found) return found.zone;
    throw notAsked("zones", "This place is not in the agreed zone. Choose one from the list.");
  });
}

function drawnCells({ cells }: Agreement, corners: readonly Position[]): H3Cell[] {
  const [first] = corners;
  if (first === undefined || corners.some((at) => metresBetween(first, at) > widestMetres)) {
    throw notAsked("corners", "The area is wider than 4 km. Check it in parts.");
  }
  const polygons = [[corners.map(([lng, lat]): [number, number] => [lng, lat])]];
  const agreed = new Set(cells);
  const own = cells.filter((cell) => isInsidePolygons(cellCentre(cell), polygons));
  const all = cellsInside([{ polygons }], eventResolution);
  if (own.length === 0 || all.some((cell) => !agreed.has(cell))) {
    throw notAsked(
      "corners",
      own.length === 0
        ? "This area is too small. Draw it larger, or choose places from the list."
        : "The area goes beyond the agreed zone. Stay on your side, within 1,000 m of the boundary.",
    );
  }
  return own;
}

function notAsked(field: string, reason: string): Problem {
  return new Problem(422, "Not checked", reason, [{ field, reason }]);
}
