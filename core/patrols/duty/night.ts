import { endedStays, type Stay, sureMs, timeAt } from "#core/patrols/duty/stays.ts";
import { tonightHours } from "#core/patrols/ground/settings.ts";
import type { TonightReply, TonightStop, TonightWindow } from "#core/patrols/wire/tonight.ts";
import { hourMs, minuteMs } from "#core/time/zone.ts";

/** One unit's walk of tonight, and the one thing that it is asked to do now. Instants in epoch milliseconds. */

export type Who = Pick<TonightWindow, "unit" | "patrolPartner">;
/** A stay; `leave` is now while its unit is surely there, and null where it is to be asked when it left: no minutes. */
export interface Spell extends Stay {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  /** Its unit is there now. */
  readonly isOpen: boolean;
}

export interface WalkStop {
  readonly key: string;
  readonly window: TonightWindow;
  readonly stop: TonightStop;
  /** `missed`: its patrol is over and nobody tapped. */
  readonly state: "there" | "done" | "lost" | "missed" | "ahead";
  /** Of its unit, at this stop. */
  readonly stays: readonly Spell[];
  /** Whole minutes of them: what two phones tapped at the same time counts once. */
  readonly minutes: number;
  /** At its place tonight, at any other stop, earliest first. */
  readonly others: readonly Spell[];
}

export type Phase =
  /** Patrols that no longer stand and that nobody has said to know of; `there`: at one of their stops now. */
  | { readonly kind: "lost"; readonly there: WalkStop | null; readonly next: WalkStop | null }
  /** `isOver`: its time, or its patrol, has ended. */
  | {
      readonly kind: "there";
      readonly at: WalkStop;
      readonly stay: Spell;
      readonly isOver: boolean;
      readonly next: WalkStop | null;
    }
  /** The patrol of the next stop has not begun. */
  | { readonly kind: "wait"; readonly next: WalkStop; readonly isFirst: boolean }
  | { readonly kind: "go"; readonly next: WalkStop; readonly isLate: boolean }
  /** The place has had its visits; `instead`: the first of the same patrol that has not. */
  | { readonly kind: "full"; readonly next: WalkStop; readonly instead: WalkStop | null }
  | { readonly kind: "done" }
  | { readonly kind: "nothing" };

export interface Night {
  readonly who: Who;
  readonly walk: readonly WalkStop[];
  readonly unseen: readonly TonightWindow[];
  readonly phase: Phase;
}

/** A planned stop is late once it is passed by this without *Arrived*. */
const lateMs = 15 * minuteMs;
/** A loss is told until every unit has surely left. */
const toldMs = 2 * hourMs;

/** Police first, by number. */
export function unitsOf({ windows }: Pick<TonightReply, "windows">): readonly Who[] {
  const known = new Map(windows.map((window) => [unitKey(window), window]));
  return [...known.values()].sort(
    (a, b) => (a.patrolPartner ?? "").localeCompare(b.patrolPartner ?? "") || a.unit - b.unit,
  );
}

/** "2", and "enfield-wardens.5" of a patrol partner's. */
export function unitKey({ unit, patrolPartner }: Who): string {
  return patrolPartner === null ? `${unit}` : `${patrolPartner}.${unit}`;
}

/**
 * `chosen`: the stop that the unit goes to instead of the one whose turn it is. `unanswered`: a stay of which it could not
 * say when it left.
 */
export function nightOf(
  { windows }: Pick<TonightReply, "windows">,
  who: Who,
  now: number,
  chosen: string | null = null,
  unanswered: string | null = null,
): Night {
  const own = windows
    .filter((window) => unitKey(window) === unitKey(who))
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
  const spells = spellsOf(windows, now, unanswered);
  const walk = own.flatMap((window) =>
    window.stops.map((stop) => walkStop(window, stop, spells, now)),
  );
  const unseen = own.filter((window) => isToTell(window, now));
  return { who, walk, unseen, phase: phaseOf({ own, walk, unseen }, now, chosen) };
}

/** Of all units; a unit is where it arrived last. */
function spellsOf(
  windows: TonightReply["windows"],
  now: number,
  unanswered: string | null,
): Spell[] {
  const stays = windows.flatMap((window) =>
    window.stops.flatMap((stop) =>
      stop.stays.map(({ key, arrivedAt, leftAt }) => ({
        key,
        windowId: windowKey(window),
        unit: window.unit,
        patrolPartner: window.patrolPartner,
        arrive: Date.parse(arrivedAt),
        leave: leftAt === null ? null : Date.parse(leftAt),
        stop: { cell: stop.cell, arrive: Date.parse(stop.arrive), depart: Date.parse(stop.depart) },
      })),
    ),
  );
  const last = new Map<string, number>();
  for (const stay of stays) {
    last.set(unitKey(stay), Math.max(stay.arrive, last.get(unitKey(stay)) ?? 0));
  }
  const spells = stays.map((stay) => {
    const isLast = stay.leave === null && stay.arrive === last.get(unitKey(stay));
    const isOpen = isLast && stay.key !== unanswered;
    const isSure = isOpen && now - stay.arrive <= sureMs(stay.stop);
    return { ...stay, isOpen, leave: isSure ? Math.max(now, stay.arrive) : stay.leave };
  });
  return endedStays(spells, now).sort((a, b) => a.from - b.from);
}

const windowKey = ({ planId, id }: Pick<TonightWindow, "planId" | "id">) => `${planId} ${id}`;

function walkStop(
  window: TonightWindow,
  stop: TonightStop,
  spells: readonly Spell[],
  now: number,
): WalkStop {
  const isHere = (spell: Spell) =>
    spell.windowId === windowKey(window) && spell.stop.cell === stop.cell;
  const stays = spells.filter(isHere);
  const isLost = window.status !== "agreed";
  const unvisited = isLost ? "lost" : Date.parse(window.end) <= now ? "missed" : "ahead";
  const spent = timeAt(stays).reduce((all, { from, to }) => all + to - from, 0);
  return {
    key: `${windowKey(window)} ${stop.order}`,
    window,
    stop,
    state: stays.some(({ isOpen }) => isOpen) ? "there" : stays.length > 0 ? "done" : unvisited,
    stays,
    minutes: Math.floor(spent / minuteMs),
    others: spells.filter((spell) => spell.stop.cell === stop.cell && !isHere(spell)),
  };
}

function isToTell({ status, seenAt, start, end }: TonightWindow, now: number): boolean {
  if (seenAt !== null) return false;
  // Called off while it ran, it ended at `end`.
  if (status === "called_off") return Date.parse(end) > now - toldMs;
  const isSoon = Date.parse(start) < now + tonightHours * hourMs;
  return status === "unavailable" && isSoon && Date.parse(end) > now;
}

interface Own extends Pick<Night, "walk" | "unseen"> {
  readonly own: readonly TonightWindow[];
}

function phaseOf({ own, walk, unseen }: Own, now: number, chosen: string | null): Phase {
  const at = walk.find(({ state }) => state === "there");
  const next = nextOf(walk, chosen);
  if (unseen.length > 0) {
    const isThere = at !== undefined && at.window.status !== "agreed";
    return { kind: "lost", there: isThere ? at : null, next };
  }
  const stay = at?.stays.find(({ isOpen }) => isOpen);
  if (at && stay) {
    const isOver = at.window.status !== "agreed" || Date.parse(at.window.end) <= now;
    return { kind: "there", at, stay, isOver, next };
  }
  if (own.length === 0) return { kind: "nothing" };
  if (next === null) return { kind: "done" };
  if (Date.parse(next.window.start) > now) {
    return { kind: "wait", next, isFirst: next.window === own[0] };
  }
  if (next.stop.isFull) {
    const instead = walk.find(
      ({ state, stop, window }) => state === "ahead" && !stop.isFull && window === next.window,
    );
    return { kind: "full", next, instead: instead ?? null };
  }
  return { kind: "go", next, isLate: isLate(next, now) };
}

function isLate({ window, stop }: WalkStop, now: number): boolean {
  return Date.parse(window.start) <= now && Date.parse(stop.arrive) + lateMs < now;
}

/** In the plan's order; one that was passed over comes last. */
function nextOf(walk: readonly WalkStop[], chosen: string | null): WalkStop | null {
  const ahead = walk.filter(({ state }) => state === "ahead");
  const isPassed = ({ window, stop }: WalkStop) =>
    walk.some(
      (one) => one.window === window && one.stop.order > stop.order && one.stays.length > 0,
    );
  return (
    ahead.find(({ key }) => key === chosen) ??
    ahead.find((one) => !isPassed(one)) ??
    ahead[0] ??
    null
  );
}

export interface UnitRow extends Night {
  readonly minutes: number;
  /** The stop that was passed without *Arrived*. */
  readonly late: WalkStop | null;
  /** Lost, and the unit or somebody for it has said that it knows. */
  readonly seen: readonly TonightWindow[];
}

/** For the desk: by unit, and by place those with any minute. */
export function deskOf(reply: Pick<TonightReply, "windows">, now: number) {
  const units = unitsOf(reply).map((who): UnitRow => {
    const night = nightOf(reply, who, now);
    const { phase, walk } = night;
    const next = "next" in phase ? phase.next : null;
    const windows = [...new Set(walk.map(({ window }) => window))];
    return {
      ...night,
      minutes: walk.reduce((all, one) => all + one.minutes, 0),
      late: phase.kind !== "there" && next && isLate(next, now) ? next : null,
      seen: windows.filter(({ status, seenAt }) => status !== "agreed" && seenAt !== null),
    };
  });
  const places = new Map<string, { place: string; minutes: number; visits: number | null }>();
  for (const { stop, stays, minutes: own } of units.flatMap(({ walk }) => walk)) {
    if (stays.length === 0) continue;
    const { place, visits } = stop;
    const minutes = (places.get(stop.cell)?.minutes ?? 0) + own;
    places.set(stop.cell, { place, minutes, visits });
  }
  return { units, places: [...places.values()].sort((a, b) => b.minutes - a.minutes) };
}
