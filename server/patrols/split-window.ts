import { patrolDefaults } from "#core/patrols/settings.ts";
import type { WindowChangeReply } from "#core/patrols/wire/plan.ts";
import type { Actor } from "#core/role.ts";
import { minuteMs } from "#core/time/zone.ts";
import { blankWindow, refuseUnlessOpen } from "#server/patrols/add.ts";
import { changeable, describeDone, write } from "#server/patrols/change.ts";
import {
  type Desk,
  type DeskServices,
  openDesk,
  placeWindow,
  refusal,
  refusedTooFar,
  standingBeside,
} from "#server/patrols/desk.ts";
import { rememberChange } from "#server/patrols/history.ts";
import { type AskedWindow, askedWindow } from "#server/patrols/moved-window.ts";
import { insertWindows, type WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { refuseUnlessCalendarsKnown } from "#server/patrols/standing.ts";
import { heldPlan, storedPlan } from "#server/patrols/stored.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";

type Placed = Awaited<ReturnType<typeof placeWindow>>;

/**
 * The first stops stay, the others become a window of their own: at their own time in other hands where
 * a unit is free then, else with the same unit at the nearest time that fits. It is only suggested, also
 * where the first part is agreed.
 */
export async function splitWindow(
  services: DeskServices,
  actor: Actor,
  target: { readonly planId: string; readonly label: string; readonly afterStop: number },
): Promise<WindowChangeReply> {
  const { planId, label, afterStop } = target;
  services.addDetail({ plan: planId, window: label });
  const { command, nameOf } = await placesOf(services);
  return services.db.transaction(
    actor,
    async (tx): Promise<WindowChangeReply> => {
      await lockOccupancy(tx);
      const stored = await heldPlan(tx, planId);
      refuseUnlessOpen(stored);
      const window = changeable(stored, label, services.asAt.now());
      if (afterStop >= window.stops.length) {
        const count = window.stops.length;
        throw new Problem(
          422,
          "Not split",
          `This patrol has ${count} stops: nothing would be left.`,
        );
      }
      await refuseUnlessCalendarsKnown(tx, services, stored.plan, "Not split");
      const tooFar = refusedTooFar(services, window);
      if (tooFar) return tooFar;
      const desk = await openDesk(tx, { services, actor, command, stored });
      const first = await placeFirst(desk, window, afterStop);
      if (!first.ok) return refusal(services, first);
      const second = await placeSecond(desk, window, first.window, afterStop);
      if (!second.ok) return refusal(services, second);
      await write(tx, first.window);
      await insertWindows(tx, planId, [second.window]);
      const after = await storedPlan(tx, planId);
      await rememberChange(tx, services, actor, { act: "split", before: stored, after });
      return describeDone(tx, after, second.window.label, { ...services, nameOf });
    },
    { retries: 5 },
  );
}

const shortestMs = patrolDefaults.shortestMinutes * minuteMs;

/** Half way between the stop before and the one after, to five minutes. */
function cutOf({ stops }: WindowRow, afterStop: number): number {
  const five = 5 * minuteMs;
  const [from = 0, to = 0] = [stops[afterStop - 1]?.depart, stops[afterStop]?.arrive];
  return Math.ceil((from + to) / 2 / five) * five;
}

function placeFirst(desk: Desk, window: WindowRow, afterStop: number): Promise<Placed> {
  const end = Math.max(cutOf(window, afterStop), window.start + shortestMs);
  const asked = {
    ...askedWindow(window, {}),
    end: Math.min(end, window.end),
    cells: window.stops.slice(0, afterStop).map(({ cell }) => cell),
  };
  return placeWindow(desk, { asked, window, standing: standingBeside(desk, [window.id]) });
}

async function placeSecond(
  desk: Desk,
  window: WindowRow,
  first: WindowRow,
  afterStop: number,
): Promise<Placed> {
  const { stored, services } = desk;
  const start = cutOf(window, afterStop);
  const asked: AskedWindow = {
    ...askedWindow(window, {}),
    start,
    end: Math.max(start + shortestMs, window.end),
    cells: window.stops.slice(afterStop).map(({ cell }) => cell),
    before: window,
  };
  const blank = blankWindow(stored, asked, services.asAt.now());
  const standing = [...standingBeside(desk, [window.id]), first];
  const attempt = (over: Partial<AskedWindow>) =>
    placeWindow(desk, { asked: { ...asked, ...over }, window: blank, standing });
  const refused = await attempt({});
  if (refused.ok) return refused;
  if (refused.otherUnit !== null) return attempt({ unit: refused.otherUnit });
  if (refused.nearest === null) return { ...refused, reason: `Not split. ${refused.reason}` };
  return attempt({
    start: Date.parse(refused.nearest.start),
    end: Date.parse(refused.nearest.end),
  });
}
