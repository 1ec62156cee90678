import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { sureMs, visitsIn } from "#core/patrols/duty/stays.ts";
import { streetMinutes } from "#core/patrols/ground/leg.ts";
import { patrolDefaults, tonightHours } from "#core/patrols/ground/settings.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import { plainWhy } from "#core/patrols/plan/reasons.ts";
import type { WindowParams } from "#core/patrols/wire/board.ts";
import type {
  StayBody,
  TonightReply,
  TonightStop,
  TonightWindow,
} from "#core/patrols/wire/tonight.ts";
import { formatInstant, hourMs } from "#core/time/zone.ts";
import { readPoliceContact } from "#server/accounts/account-settings.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { ownWindows, patrolPartnerOf } from "#server/patrols/patrol-partners.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { readPlan } from "#server/patrols/queries/plans.ts";
import {
  changeStay,
  findStay,
  insertSeen,
  insertStay,
  type StayRow,
  seenAmong,
  staysIn,
  staysOfWindows,
} from "#server/patrols/queries/stays.ts";
import { type Describer, placeOf } from "#server/patrols/replies.ts";
import { describerOf } from "#server/patrols/stored.ts";
import { loadLoggedVisits } from "#server/patrols/visits.ts";
import { Problem } from "#server/problem.ts";
import { confirmSeen } from "#server/protected-time/police-notices.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";

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
    planId,
    unit,
    patrolPartner,
    mode,
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

/** A tap at these times of the window's shift, from before its start to after its end. */
const before = hourMs;
const after = 4 * hourMs;
const longest = 12 * hourMs;

/** What phones sent while a session called the patrol off is what happened, and is kept. */
export function logStay(act: Act, key: string, body: StayBody): Promise<TonightReply> {
  const { planId, windowId, order } = body;
  act.addDetail({ plan: planId, window: windowId });
  return tap(act, async (tx) => {
    const window = await ownWindow(tx, act, body);
    const stop = window.stops[order - 1];
    if (!stop) throw notLogged(`Patrol ${windowId} has no stop ${order}.`);
    const known = await findStay(tx, key);
    const times = timesOf(body, stop, act.asAt.now(), known?.arrive);
    const said = { ...times.said, loggedBy: act.actor.person };
    if (known === null) {
      await refuseUnlessNow(tx, window, times.arrive);
      const { id, unit, patrolPartner } = window;
      const arrivedAt = new Date(times.arrive);
      const row = { key, windowId: id, cell: stop.cell, unit, patrolPartner, arrivedAt };
      if (!(await insertStay(tx, { ...row, ...said }))) throw keyTaken();
    } else if (known.windowId !== window.id || known.cell !== stop.cell) throw keyTaken();
    else if (isNews(known, body)) await changeStay(tx, key, said);
  });
}

/** By the server's clock, from the seconds that the phone counted; the first arrival stands. */
function timesOf(
  { arrivedAgo, leftAgo, isAnswer }: StayBody,
  stop: Visit,
  now: number,
  first?: number,
) {
  const arrive = first ?? now - arrivedAgo * 1000;
  const left = leftAgo === null ? null : now - leftAgo * 1000;
  // A phone in a pocket: when it left is still to be asked.
  const leave = left !== null && (isAnswer || left - arrive <= sureMs(stop)) ? left : null;
  if (leftAgo !== null && leftAgo > arrivedAgo) {
    throw notLogged("The unit cannot have left before it arrived.");
  }
  if (leave !== null && leave - arrive > longest) {
    throw notLogged("A stop of more than 12 hours cannot be logged.");
  }
  const leftAt = leave === null ? null : new Date(Math.max(arrive, leave));
  return { arrive, said: { leftAt, isAnswer, saidAfter: arrivedAgo, loggedAt: new Date(now) } };
}

/** Taps may overtake each other: one that was made earlier, or is sent again, changes nothing. */
function isNews(
  known: NonNullable<Awaited<ReturnType<typeof findStay>>>,
  { arrivedAgo, leftAgo }: StayBody,
): boolean {
  if (known.isRemoved || arrivedAgo < known.saidAfter) return false;
  return arrivedAgo > known.saidAfter || (leftAgo === null) !== (known.left === null);
}

/** Of a stay that is not there, or is somebody else's, nothing is done and nothing said. */
export function removeStay(act: Act, key: string): Promise<TonightReply> {
  return tap(act, (tx) => changeStay(tx, key, { isRemoved: true }));
}

/** Once all of an open notice are known, whoever waits for it reads "confirmed", as of now. */
export function saySeen(act: Act, windows: readonly WindowParams[]): Promise<TonightReply> {
  act.addDetail({ windows: windows.length });
  return tap(act, async (tx) => {
    const { person } = act.actor;
    const patrolPartner = patrolPartnerOf(act.actor);
    const now = act.asAt.now();
    for (const ref of windows) {
      const { id, status } = await ownWindow(tx, act, ref);
      if (status !== "unavailable" && status !== "called_off") {
        const detail = `Patrol ${ref.windowId} is still on. Nothing was saved.`;
        throw new Problem(409, "Not lost", detail);
      }
      await insertSeen(tx, id, { patrolPartner, seenAt: new Date(now), seenBy: person });
    }
    await tx.through("keeper", (keeper) => confirmSeen(keeper, { person, patrolPartner, now }));
  });
}

/** Serialised with sessions that come late and with debriefs. */
async function tap(act: Act, work: (tx: Transaction) => Promise<void>): Promise<TonightReply> {
  const describer = await describerOf(act);
  return act.db.transaction(
    act.actor,
    async (tx) => {
      await lockOccupancy(tx);
      await work(tx);
      return tonightReply(tx, act, describer);
    },
    { retries: 5 },
  );
}

async function ownWindow(
  tx: Transaction,
  { actor }: Act,
  { planId, windowId }: WindowParams,
): Promise<WindowRow> {
  const [window] = await ownWindows(
    tx,
    sql`plan_id = ${planId} and label = ${windowId}
      and patrol_partner is not distinct from ${patrolPartnerOf(actor)}::text`,
  );
  if (window) return window;
  throw new Problem(404, "No such patrol", `There is no patrol ${windowId} of yours in this plan.`);
}

async function refuseUnlessNow(tx: Transaction, window: WindowRow, arrive: number): Promise<void> {
  const { shiftStart, shiftEnd, status, planId } = window;
  if (arrive < shiftStart - before || arrive > shiftEnd + after) {
    throw notLogged(
      "Stops are logged from an hour before the shift of the patrol until four hours after it.",
    );
  }
  // Withdrawn ones are of both kinds: approved before, or suggestions of a plan that never was.
  const plan =
    status === "withdrawn" ? await tx.through("keeper", (it) => readPlan(it, planId)) : null;
  if (status === "suggested" || (plan && plan.agreedAt === null)) {
    throw notLogged("This patrol is not approved.");
  }
}

const notLogged = (detail: string) => new Problem(422, "Not logged", detail);

const keyTaken = () =>
  new Problem(409, "Not logged", "This tap was sent for another stop before. Tap again.");
