import { z } from "zod";
import { earlier, elapsedMs, type Moment, secondsBetween } from "#core/patrols/duty/elapsed.ts";
import { sureMs, visitsIn } from "#core/patrols/duty/stays.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { unit, windowRef } from "#core/patrols/wire/plan.ts";
import type {
  StayBody,
  TonightReply,
  TonightStop,
  TonightWindow,
} from "#core/patrols/wire/tonight.ts";

/** What was tapped on a phone and the server has not confirmed. */

const moment = z.strictObject({ clock: z.number(), steady: z.number(), page: z.number() });

/** The whole stay, however many taps made it. */
const stayTap = z.strictObject({
  kind: z.literal("stay"),
  key: z.uuid(),
  ...windowRef.shape,
  order: z.int(),
  unit,
  arrived: moment,
  left: moment.nullable(),
  /** `left` is an answer to "When did you leave?". */
  isAnswer: z.boolean().default(false),
  /** The arrival was taken back. */
  isRemoved: z.boolean(),
});
export type StayTap = z.infer<typeof stayTap>;

const seenTap = z.strictObject({
  kind: z.literal("seen"),
  key: z.uuid(),
  windows: z.array(windowRef).min(1),
  at: moment,
});

type SeenTap = z.infer<typeof seenTap>;

/** Validates kept taps, which another version of the page may have written. */
export const tapForm = z.discriminatedUnion("kind", [stayTap, seenTap]);
export type Tap = z.infer<typeof tapForm>;

export function stayBodyOf(tap: StayTap, now: Moment): StayBody {
  const { planId, windowId, order, arrived, left, isAnswer } = tap;
  const arrivedAgo = secondsBetween(arrived, now);
  // A clock that was set across a reload must not let it end before it began.
  const leftAgo = left && Math.min(arrivedAgo, secondsBetween(left, now));
  return { planId, windowId, order, arrivedAgo, leftAgo, isAnswer };
}

export type StopRef = Pick<StayTap, "planId" | "windowId" | "order">;

/** One moment by the server's clock, in epoch milliseconds, and by the phone's two. */
export interface Clocks {
  readonly at: number;
  readonly now: Moment;
}

/** A stay that the server knows, as a tap that can change it. */
export function tapOfStay(
  reply: TonightReply,
  key: string,
  { at: serverNow, now }: Clocks,
): StayTap | null {
  for (const { planId, id: windowId, stops } of reply.windows) {
    for (const { order, stays } of stops) {
      const stay = stays.find((one) => one.key === key);
      if (!stay) continue;
      const since = (at: string) => earlier(now, Math.max(0, serverNow - Date.parse(at)));
      const left = stay.leftAt === null ? null : since(stay.leftAt);
      const at = { planId, windowId, order, unit: stay.unit };
      const isAnswer = left !== null;
      const arrived = since(stay.arrivedAt);
      return { kind: "stay", key, ...at, arrived, left, isAnswer, isRemoved: false };
    }
  }
  return null;
}

/** The reply as it will be once the server has the taps. */
export function layTaps(
  reply: TonightReply,
  taps: readonly Tap[],
  { at, now }: Clocks,
): TonightReply {
  const when = (moment: Moment) => new Date(at - elapsedMs(moment, now)).toISOString();
  return taps.reduce((before, tap) => layTap(before, tap, when), reply);
}

function layTap(reply: TonightReply, tap: Tap, when: (moment: Moment) => string): TonightReply {
  return tap.kind === "seen" ? laySeen(reply, tap, when(tap.at)) : layStay(reply, tap, when);
}

function laySeen(reply: TonightReply, { windows }: SeenTap, seenAt: string): TonightReply {
  const isNamed = ({ planId, id }: TonightWindow) =>
    windows.some((one) => one.planId === planId && one.windowId === id);
  return mapWindows(reply, (window) =>
    window.seenAt === null && isNamed(window) ? { ...window, seenAt } : window,
  );
}

function layStay(
  reply: TonightReply,
  tap: StayTap,
  when: (moment: Moment) => string,
): TonightReply {
  const { key, unit, arrived, isRemoved } = tap;
  const isIts = ({ planId, id }: TonightWindow, { order }: TonightStop) =>
    planId === tap.planId && id === tap.windowId && order === tap.order;
  const stops = reply.windows.flatMap((window) => window.stops.map((stop) => ({ window, stop })));
  const its = stops.find(({ window, stop }) => isIts(window, stop))?.stop;
  const cell = its?.cell;
  const stay = { key, unit, arrivedAt: when(arrived), leftAt: its ? leftAt(tap, its, when) : null };
  const known = stops.filter(({ stop }) => stop.cell === cell).flatMap(({ stop }) => stop.stays);
  const others = known.filter((one) => one.key !== key);
  const change = visitsOf(isRemoved ? others : [...others, stay]) - visitsOf(known);
  return mapWindows(reply, (window) => ({
    ...window,
    stops: window.stops.map((stop) => {
      if (stop.cell !== cell) return stop;
      const rest = stop.stays.filter((one) => one.key !== key);
      const stays = isIts(window, stop) && !isRemoved ? [...rest, stay].sort(byArrival) : rest;
      return counted({ ...stop, stays }, change);
    }),
  }));
}

/** As the server takes it: far too late it is not the time at which the unit left, and is asked. */
function leftAt(
  { arrived, left, isAnswer }: StayTap,
  stop: TonightStop,
  when: (moment: Moment) => string,
): string | null {
  if (left === null) return null;
  const ms = Date.parse(when(left)) - Date.parse(when(arrived));
  const planned = { arrive: Date.parse(stop.arrive), depart: Date.parse(stop.depart) };
  return isAnswer || ms <= sureMs(planned) ? when(left) : null;
}

/** Units that are there together are one visit. */
const visitsOf = (stays: TonightStop["stays"]) =>
  visitsIn(
    stays.map(({ arrivedAt, leftAt }) => ({
      from: Date.parse(arrivedAt),
      to: leftAt === null ? Infinity : Date.parse(leftAt),
    })),
  );

/** A patrol partner is not told how many: what it is told of the limit stands until the next answer. */
function counted(stop: TonightStop, change: number): TonightStop {
  if (stop.visits === null || change === 0) return stop;
  const visits = stop.visits + change;
  return { ...stop, visits, isFull: visits - visitsOf(stop.stays) >= patrolDefaults.visitsPerDay };
}

function mapWindows(
  reply: TonightReply,
  map: (window: TonightWindow) => TonightWindow,
): TonightReply {
  return { ...reply, windows: reply.windows.map(map) };
}

function byArrival(one: { arrivedAt: string }, other: { arrivedAt: string }): number {
  return Date.parse(one.arrivedAt) - Date.parse(other.arrivedAt);
}
