import { sureMs } from "#core/patrols/done/stays.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import type { WindowParams } from "#core/patrols/wire/board.ts";
import type { StayBody, TonightReply } from "#core/patrols/wire/tonight.ts";
import { hourMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { ownWindows, patrolPartnerOf } from "#server/patrols/patrol-partners.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { readPlan } from "#server/patrols/queries/plans.ts";
import { changeStay, findStay, insertSeen, insertStay } from "#server/patrols/queries/stays.ts";
import { describerOf } from "#server/patrols/stored.ts";
import { tonightReply } from "#server/patrols/tonight.ts";
import { Problem } from "#server/problem.ts";
import { confirmSeen } from "#server/protected-time/police-notices.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";

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
