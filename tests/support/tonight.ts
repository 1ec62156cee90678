import type { H3Cell } from "#core/geo/cell.ts";
import type { TonightReply, TonightStop, TonightWindow } from "#core/patrols/wire/tonight.ts";
import { minuteMs } from "#core/time/zone.ts";

/** Tonight as a server answers, at eight in the evening. Times are minutes from `at`. */
export const tonightAt = Date.parse("2021-11-26T20:00:00Z");

export const instantAt = (minutes: number) =>
  new Date(tonightAt + minutes * minuteMs).toISOString();

/** Of the demonstration's Fore Street, one after the other. */
const places = [
  ["8a194ad3056ffff", "Fore Street by Alpha Road"],
  ["8a194ad30567fff", "Fore Street by Sebastopol Road"],
  ["8a194ad3054ffff", "Fore Street by Brettenham Road"],
  ["8a194ad30547fff", "Silver Street"],
] as const;

export const stayAt = (
  arrived: number,
  left: number | null,
  unit = 1,
): TonightStop["stays"][number] => ({
  key: crypto.randomUUID(),
  unit,
  arrivedAt: instantAt(arrived),
  leftAt: left === null ? null : instantAt(left),
});

export function tonightStop(
  order: number,
  arrive: number,
  more: Partial<TonightStop> = {},
): TonightStop {
  const [cell = "", place = ""] = places[(order - 1) % places.length] ?? [];
  return {
    order,
    cell: cell as H3Cell,
    place,
    at: [-0.0625, 51.61 + order * 0.003],
    arrive: instantAt(arrive),
    depart: instantAt(arrive + 15),
    why: "Kerb crawling was reported here on Friday evenings. It is dark then.",
    way: order === 1 ? null : { metres: 350, minutes: 5, words: "north on Fore Street" },
    visits: 1,
    isFull: false,
    stays: [],
    ...more,
  };
}

let made = 0;

/** Three stops, 20 minutes apart. */
export function tonightWindow(start: number, more: Partial<TonightWindow> = {}): TonightWindow {
  made += 1;
  return {
    id: `w${made}`,
    planId: "1",
    place: "Fore Street by Alpha Road",
    unit: 1,
    patrolPartner: null,
    start: instantAt(start),
    end: instantAt(start + 90),
    mode: "foot",
    status: "agreed",
    seenAt: null,
    stops: [1, 2, 3].map((order) => tonightStop(order, start + (order - 1) * 20)),
    ...more,
  };
}

export function tonightOf(...windows: TonightWindow[]): TonightReply {
  return { at: instantAt(0), contact: "01632 960 123", windows: [...windows] };
}

/** A window with its stops changed one by one. */
export function withStops(
  window: TonightWindow,
  ...more: readonly Partial<TonightStop>[]
): TonightWindow {
  return { ...window, stops: window.stops.map((stop, at) => ({ ...stop, ...more[at] })) };
}
