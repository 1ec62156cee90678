import { formatMinutes } from "#client/patrols/plan-words.ts";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { createPlane, offsetWords } from "#core/geo/plane.ts";
import type { Night, Spell, WalkStop } from "#core/patrols/duty/night.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { TonightStop } from "#core/patrols/wire/tonight.ts";
import { formatCount } from "#core/text/numbers.ts";
import { minuteMs } from "#core/time/zone.ts";

/** "14:02, 13 min"; while the unit is there "since 14:02"; "14:02, Leave not tapped" where that is to be asked. */
export function stayWords({ stays, minutes }: WalkStop): string {
  const counted = stays.some(isToAsk) ? null : minutes;
  return spellWords(formatTimeOfDay(stays[0]?.from ?? 0), counted, stays.some(isOpen));
}

/** "Unit 1 was here 14:02, 13 min" */
export function otherWords(title: string, spell: Spell): string {
  const [is, was] = title === "You" ? ["are", "were"] : ["is", "was"];
  const minutes = isToAsk(spell) ? null : Math.floor((spell.to - spell.from) / minuteMs);
  const words = spellWords(formatTimeOfDay(spell.from), minutes, spell.isOpen);
  return `${title} ${spell.isOpen ? is : was} here ${words}`;
}

const isOpen = (spell: Spell) => spell.isOpen;

/** It is not known when its unit left. */
export const isToAsk = ({ leave }: Pick<Spell, "leave">) => leave === null;

function spellWords(from: string, minutes: number | null, isStill: boolean): string {
  const begun = isStill ? `since ${from}` : from;
  if (minutes === null) return `${begun}, Leave not tapped`;
  return isStill ? begun : `${from}, ${formatMinutes(minutes)}`;
}

/** "350 m, 5 min from Alpha Road: north on Fore Street", from where the unit tapped last. */
export function wayWords({ walk }: Pick<Night, "walk">, to: WalkStop): string | null {
  const at = walk.indexOf(to);
  const last = lastTapped(walk);
  const before = walk[at - 1]?.window === to.window ? walk[at - 1] : undefined;
  const { way } = to.stop;
  if (way && before && (last === null || last === before)) {
    const far = `${formatCount(way.metres)} m, ${formatMinutes(way.minutes)}`;
    const from = last === null ? ` from ${before.stop.place}` : "";
    return `${far}${from}${way.words === "" ? "" : `: ${way.words}`}`;
  }
  if (last === null) return null;
  const { toPlane } = createPlane(last.stop.at);
  return `${offsetWords([0, 0], toPlane(to.stop.at))} of ${last.stop.place}`;
}

function lastTapped(walk: readonly WalkStop[]): WalkStop | null {
  const latest = ({ stays }: WalkStop) => Math.max(...stays.map(({ from }) => from));
  const tapped = walk.filter(({ stays }) => stays.length > 0);
  return tapped.sort((a, b) => latest(b) - latest(a))[0] ?? null;
}

/** "2 of 4 visits today"; whoever is told no count reads nothing before the limit. */
export function visitWords({ visits }: Pick<TonightStop, "visits">): string | null {
  return visits === null ? null : `${visits} of ${patrolDefaults.visitsPerDay} visits today`;
}

/** "This place has had its 4 visits today" */
export function fullWords({ visits }: Pick<TonightStop, "visits">): string {
  const count = visits === null ? "its" : `its ${patrolDefaults.visitsPerDay}`;
  return `This place has had ${count} visits today`;
}

export const unsureWords = "Not sure any more: call before you go";

/** Where a unit is in its walk, for the desk: "At stop 2 of 4, Alpha Road, since 14:02". */
export function phaseWords({ phase, walk }: Night): string {
  const stopOf = ({ stop, window }: WalkStop) =>
    `stop ${stop.order} of ${window.stops.length}, ${stop.place}`;
  switch (phase.kind) {
    case "there": {
      return `At ${stopOf(phase.at)}, ${stayWords(phase.at)}.${phase.isOver ? " Its patrol has ended." : ""}`;
    }
    case "go":
    case "full":
      return `Next: ${stopOf(phase.next)}.`;
    case "wait":
      return `From ${formatTimeOfDay(phase.next.window.start)}: ${phase.next.stop.place}.`;
    case "lost": {
      const next = phase.there ?? phase.next;
      return next ? `${phase.there ? "At" : "Next:"} ${stopOf(next)}.` : "Nothing left.";
    }
    case "done":
      return walk.some(({ stays }) => stays.length > 0) ? "Finished." : "Over, no visit logged.";
    case "nothing":
      return "No patrol.";
  }
}
