import { forgetOnSignOut } from "#client/api/private-data.ts";
import {
  type LivingWeek,
  lostPatrols,
  type Patrol,
  standing,
} from "#client/patrols/living-week.ts";
import { createStore } from "#client/state/store.ts";
import { hourMs } from "#core/time/zone.ts";

/** What was done about a lost patrol: left, or so many stood near its place and time when another was asked for. */
type Settled = "left" | { readonly stood: number };

/** For as long as the page is open: a lost patrol stays in the plan, this is only about the list. */
export const settled = createStore<ReadonlyMap<string, Settled>>(new Map());

forgetOnSignOut(() => settled.set(() => new Map()));

export function leaveLost(patrol: Patrol): void {
  settled.set((known) => new Map(known).set(lostKey(patrol), "left"));
}

/** Once one more stands near its place and time it needs nothing more. */
export function askForAnother(week: LivingWeek, patrol: Patrol): void {
  const stood = standingNear(week, patrol);
  settled.set((known) => new Map(known).set(lostKey(patrol), { stood }));
}

/** Lost patrols about which something can be done and nothing is yet. */
export function openLosses(
  week: LivingWeek,
  now: number,
  done: ReadonlyMap<string, Settled>,
): readonly Patrol[] {
  return lostPatrols(week, now).filter((patrol) => {
    const known = done.get(lostKey(patrol));
    if (known === undefined) return true;
    return known !== "left" && standingNear(week, patrol) <= known.stood;
  });
}

/** Whichever plan is in hand. */
export function lostKey({ plan, window }: Patrol): string {
  return `${plan.id} ${window.id}`;
}

function standingNear({ patrols }: LivingWeek, { window: lost }: Patrol): number {
  return standing(patrols).filter(
    ({ window }) =>
      window.zone === lost.zone &&
      Math.abs(Date.parse(window.start) - Date.parse(lost.start)) <= nearMs,
  ).length;
}

/** No offer of another time lies further away. */
const nearMs = 12 * hourMs;
