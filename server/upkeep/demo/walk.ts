import type { NewWindowBody } from "#core/patrols/wire/board.ts";
import type { Actor } from "#core/role.ts";
import { formatInstant, hourMs, minuteMs } from "#core/time/zone.ts";
import { audited } from "#server/accounts/audit/audited.ts";
import type { Act, Services } from "#server/acts/services.ts";
import { failureText } from "#server/db/errors.ts";
import { countOf } from "#server/db/rows.ts";
import { sql } from "#server/db/sql.ts";
import { addWindow } from "#server/patrols/add.ts";
import { agreePlan } from "#server/patrols/agree.ts";
import { newPlan } from "#server/patrols/new-plan.ts";

const sergeant: Actor = { person: "demonstration sergeant", role: "sergeant", partner: null };
const units = [1, 2];
const walkMs = 90 * minuteMs;
/** For midnight, when the demonstration's day begins again. */
const lookEveryMs = 10 * minuteMs;

/**
 * Whoever starts the demonstration finds a walk under Tonight at whatever hour. A sergeant's own acts make and approve it,
 * so every rule holds, and their lines are in the log. Returns what ends it.
 */
export function keepWalk(services: Services, say: (line: string) => void): () => void {
  const look = () => {
    approveWalk(services).catch((error: unknown) =>
      say(`No patrol was approved for tonight. ${failureText(error)}`),
    );
  };
  look();
  const timer = setInterval(look, lookEveryMs).unref();
  return () => clearInterval(timer);
}

/** Where none is on, or was: one that somebody took away is not put back. False: there was no room for one. */
export async function approveWalk(services: Services): Promise<boolean> {
  const { db, asAt, zone } = services;
  const now = asAt.now();
  const [soon, still] = [new Date(now + 30 * minuteMs), new Date(now + 20 * minuteMs)];
  const known = await db.transaction(sergeant, (tx) =>
    countOf(
      tx,
      sql`select 1 from patrol_window
        where status in ('agreed', 'withdrawn', 'called_off', 'unavailable')
          and starts_at < ${soon} and ends_at > ${still}`,
    ),
  );
  if (known > 0) return true;
  const start = (Math.floor(now / minuteMs) + 2) * minuteMs;
  const at = (instant: number) => formatInstant(zone, instant);
  const hour = (instant: number) => `${at(instant).slice(11, 13)}:00`;
  const shifts = [`${hour(start)}-${hour(start + 4 * hourMs)}`];
  const body = { from: zone.dateOf(start), days: 1, units: units.length, shifts };
  const { id } = await acted(services, "start a plan by hand", (act) =>
    newPlan(act, { ...body, origin: "by_hand" }),
  );
  if (id === null) return false;
  const add = (window: NewWindowBody) =>
    acted(services, "add a patrol window", (act) => addWindow(act, id, window));
  let added = 0;
  for (const unit of units) {
    const asked = await add({ unit, start: at(start), end: at(start + walkMs) });
    const reply = asked.ok || !asked.nearest ? asked : await add({ unit, ...asked.nearest });
    if (reply.ok) added += 1;
  }
  if (added > 0) await acted(services, "approve patrols", (act) => agreePlan(act, id));
  return added > 0;
}

const acted = <Value>(services: Services, act: string, work: (act: Act) => Promise<Value>) =>
  audited(services.db, sergeant, { verb: "alteration", act, purpose: "patrol_planning" }, (notes) =>
    work({ ...services, ...notes, actor: sergeant }),
  );
