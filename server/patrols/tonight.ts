import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { visitsIn } from "#core/patrols/done/stays.ts";
import { tonightHours } from "#core/patrols/duty/tonight.ts";
import { streetMinutes } from "#core/patrols/ground/leg.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { plainWhy } from "#core/patrols/plan/reasons.ts";
import type { TonightReply, TonightStop, TonightWindow } from "#core/patrols/wire/tonight.ts";
import { formatInstant, hourMs } from "#core/time/zone.ts";
import { readPoliceContact } from "#server/accounts/account-settings.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { ownWindows, patrolPartnerOf } from "#server/patrols/patrol-partners.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { type StayRow, seenAmong, staysIn, staysOfWindows } from "#server/patrols/queries/stays.ts";
import { type Describer, placeOf } from "#server/patrols/replies.ts";
import { describerOf } from "#server/patrols/stored.ts";
import { loadLoggedVisits } from "#server/patrols/visits.ts";

/** Police read all units of the joint plan, a warden coordinator its own (ADR 37). */
export async function readTonight(act: Act): Promise<TonightReply> {
  const describer = await describerOf(act);
  return act.db.transaction(act.actor, (tx) => tonightReply(tx, act, describer));
}

export async function tonightReply(
  tx: Transaction,
  { zone, asAt, actor }: Act,
  describer: Describer,
): Promise<TonightReply> {
  const now = asAt.now();
  const [late, soon] = [now - tonightHours * hourMs, now + tonightHours * hourMs];
  const windows = await ownWindows(
    tx,
    sql`status in ('agreed', 'called_off', 'unavailable')
      and ends_at > ${new Date(late)} and starts_at < ${new Date(soon)}`,
  );
  const ids = windows.map(({ id }) => id);
  const told: Told = {
    describer,
    seen: await seenAmong(tx, ids),
    // A demonstration's clock goes back at midnight: what comes later in its day is not told.
    stays: (await staysOfWindows(tx, ids, now)).filter(({ arrive }) => arrive <= now),
    atPlace: await visitsToday(tx, zone.startOfDate(asAt.date()), now),
    isPolice: patrolPartnerOf(actor) === null,
  };
  return {
    at: formatInstant(zone, now),
    contact: await tx.through("gate", readPoliceContact),
    windows: windows.map((window) => describeTonight(window, told)),
  };
}

interface Told {
  readonly describer: Describer;
  readonly seen: ReadonlyMap<string, number>;
  readonly stays: readonly StayRow[];
  readonly atPlace: (cell: H3Cell, but: readonly StayRow[]) => number;
  readonly isPolice: boolean;
}

/** By tap, debrief and list, of all units: where limits are full is asked behind the keeper's door. */
function visitsToday(tx: Transaction, midnight: number, now: number): Promise<Told["atPlace"]> {
  return tx.through("keeper", async (keeper) => {
    const today = { from: midnight, to: now + 1 };
    const stays = (await staysIn(keeper, today, now)).filter((stay) => !stay.isDebriefed);
    const logged = await loadLoggedVisits(keeper, today);
    return (cell, but) => {
      const own = new Set(but.map(({ key }) => key));
      const tapped = stays.filter((stay) => stay.stop.cell === cell && !own.has(stay.key));
      const listed = logged
        .filter((visit) => visit.cell === cell)
        .map(({ arrive, depart }) => ({ from: arrive, to: depart }))
        .filter(({ from, to }) => !but.some((stay) => stay.from < to && from < stay.to));
      return visitsIn([...tapped, ...listed]);
    };
  });
}

function describeTonight(window: WindowRow, told: Told): TonightWindow {
  const { describer, isPolice } = told;
  const { zone, nameOf } = describer;
  const at = (instant: number) => formatInstant(zone, instant);
  const seen = told.seen.get(window.id);
  const { planId, unit, patrolPartner, mode, status } = window;
  return {
    ...{ planId, unit, patrolPartner, mode },
    id: window.label,
    place: placeOf(window, nameOf),
    start: at(window.start),
    end: at(window.end),
    status: status as TonightWindow["status"],
    seenAt: seen === undefined ? null : at(seen),
    stops: window.stops.map(({ cell, arrive, depart }, ordinal): TonightStop => {
      const own = told.stays.filter(
        (stay) => stay.windowId === window.id && stay.stop.cell === cell,
      );
      const [lng, lat] = cellCentre(cell);
      return {
        order: ordinal + 1,
        cell,
        place: nameOf(cell),
        at: [lng, lat],
        arrive: at(arrive),
        depart: at(depart),
        why: isPolice ? `${window.whyHere} ${window.whyNow}` : plainWhy,
        way: wayTo(window, ordinal),
        visits: isPolice ? told.atPlace(cell, []) : null,
        isFull: told.atPlace(cell, own) >= patrolDefaults.visitsPerDay,
        stays: own.map((stay) => ({
          key: stay.key,
          unit: stay.unit,
          arrivedAt: at(stay.arrive),
          leftAt: stay.leave === null ? null : at(stay.leave),
        })),
      };
    }),
  };
}

function wayTo({ legs, mode }: WindowRow, ordinal: number): TonightStop["way"] {
  const leg = legs?.[ordinal - 1];
  if (!leg?.line) return null;
  const { metres, seconds, words } = leg;
  const minutes = streetMinutes(seconds, patrolDefaults.modes[mode]);
  return { metres: Math.round(metres), minutes, words };
}
