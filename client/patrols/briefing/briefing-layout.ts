import type { BriefingReply } from "#core/patrols/wire/plan.ts";

type WindowWords = Pick<
  BriefingReply["sheets"][number]["windows"][number],
  "whyHere" | "whyNow"
> & {
  readonly stops: readonly { readonly place: string }[];
  readonly legs?: readonly { readonly words: string }[] | undefined;
};

/** How the windows of one A4 page share it. */
export interface SheetLayout {
  /** Part of a class name: as many as the page has room for. */
  readonly name: "alone" | "two" | "four" | "six";
  /** Of each map, in tenths of a millimetre. */
  readonly map: MapSize;
  /**
   * Of which stops it is said in words how they are found: by the street that leads there, else by what lies near. "ways" is
   * of those alone that a street leads to; the map leads on from the first.
   */
  readonly finds: "each" | "first" | "first and ways" | "ways" | "none";
  readonly withWhyNow: boolean;
}

export interface MapSize {
  readonly width: number;
  readonly height: number;
}

/** The fewer windows, the larger their maps and the more is said of each stop. */
export function layoutOf(windows: readonly WindowWords[]): SheetLayout {
  if (windows.length <= 1) {
    return { name: "alone", map: { width: 1900, height: 1250 }, finds: "each", withWhyNow: true };
  }
  if (windows.length === 2) {
    return { name: "two", map: { width: 960, height: 840 }, finds: "each", withWhyNow: true };
  }
  if (windows.length <= 4) {
    return { name: "four", ...saidInFour(windows), withWhyNow: true };
  }
  const finds = windows.some((one) => streetLines(one, lettersInSix) > 0) ? "ways" : "none";
  return { name: "six", map: { width: 380, height: 540 }, finds, withWhyNow: false };
}

/** As much as the maps stay large enough beside. */
function saidInFour(windows: readonly WindowWords[]): Pick<SheetLayout, "map" | "finds"> {
  const heightWith = (more: (window: WindowWords) => number) =>
    fourMapHeight(Math.max(...windows.map((one) => linesInFour(one) + more(one))));
  const mapOf = (height: number): MapSize => ({ width: 930, height });
  if (windows.some((one) => streetLines(one, lettersInFour) > 0)) {
    const all = heightWith(wayLines);
    if (all >= leastBesideWays) return { map: mapOf(all), finds: "each" };
    // What lies near the first stop mostly takes one of the two lines that are kept for it.
    const ways = heightWith((one) => streetLines(one, lettersOfFind) - 1);
    if (ways >= leastWithWays) return { map: mapOf(ways), finds: "first and ways" };
  }
  return { map: mapOf(heightWith(() => 0)), finds: "first" };
}

/** What the words leave; no lower than where numbers would touch. */
function fourMapHeight(lines: number): number {
  return Math.min(580, Math.max(300, Math.round(quarterHeight - lines * quarterLine)));
}

function linesInFour({ stops, whyHere, whyNow }: WindowWords): number {
  const whys = Math.ceil((whyHere.length + whyNow.length + 2 * whyLetters) / lettersInFour);
  const twoLinesOfTheFirst = 2;
  return stopLines(stops, lettersInFour) + twoLinesOfTheFirst + whys;
}

/** "From stop 1 " and the way; where no street leads it is said how the stop is found. */
function wayLines({ legs = [] }: WindowWords): number {
  const letters = ({ words }: { readonly words: string }) => fromLetters + (words.length || 80);
  return legs.reduce((all, leg) => all + Math.ceil(letters(leg) / lettersInFour), 0);
}

/** Lower than this, a map of four loses its names. */
const leastBesideWays = 380;

/** Some of them may go where the ways are told instead. */
const leastWithWays = 340;

export type Sheet = BriefingReply["sheets"][number];

export type SheetWindow = Sheet["windows"][number];

/** One printed page. */
export interface BriefingPage {
  readonly key: string;
  readonly sheet: Sheet;
  readonly windows: readonly SheetWindow[];
  /** "page 1 of 2", or empty where the shift fits on one. */
  readonly part: string;
}

/** One page a shift; where that is too much, a unit is not torn over two pages unless it has too many alone. */
export function pagesOf(briefing: Pick<BriefingReply, "sheets">): readonly BriefingPage[] {
  return briefing.sheets.flatMap((sheet) => {
    const most = mostOnPage(sheet.windows);
    const groups = packed(
      byUnit(sheet.windows).flatMap((windows) => split(windows, most)),
      most,
    );
    return groups.map((windows, index) => ({
      key: `${sheet.start}-${index}`,
      sheet,
      windows,
      part: groups.length === 1 ? "" : `page ${index + 1} of ${groups.length}`,
    }));
  });
}

type Group = readonly SheetWindow[];

function byUnit(windows: Group): readonly Group[] {
  const units = [...new Set(windows.map(({ unit }) => unit))].sort((a, b) => a - b);
  return units.map((unit) => windows.filter((window) => window.unit === unit));
}

function split(windows: Group, most: number): readonly Group[] {
  const pages = Math.ceil(windows.length / most);
  const size = Math.ceil(windows.length / pages);
  return Array.from({ length: pages }, (_, page) => windows.slice(page * size, (page + 1) * size));
}

/** Unit after unit onto a page until one does not fit. */
function packed(groups: readonly Group[], most: number): readonly Group[] {
  const pages: Group[] = [];
  for (const group of groups) {
    const last = pages.at(-1);
    if (last && last.length + group.length <= most) pages[pages.length - 1] = [...last, ...group];
    else pages.push(group);
  }
  return pages;
}

/** Windows that one page holds so that all can still be read: two by three, if no stop and no way takes many words. */
function mostOnPage(windows: readonly WindowWords[]): number {
  const lines = (window: WindowWords) => linesInSix(window) + streetLines(window, lettersInSix);
  return windows.every((window) => lines(window) <= mostLinesInSix) ? 6 : 4;
}

/** The ways by street alone. */
function streetLines({ legs = [] }: WindowWords, letters: number): number {
  const told = legs.filter(({ words }) => words !== "");
  return told.reduce(
    (all, { words }) => all + Math.ceil((fromLetters + words.length) / letters),
    0,
  );
}

function linesInSix({ stops, whyHere }: WindowWords): number {
  return stopLines(stops, lettersInSix) + Math.ceil((whyHere.length + whyLetters) / lettersInSix);
}

function stopLines(stops: WindowWords["stops"], letters: number): number {
  return stops.reduce(
    (all, { place }) => all + Math.ceil((place.length + aboutLetters) / letters),
    0,
  );
}

/** A quarter of a page less its heading, in tenths of a millimetre; and one of its lines. */
const quarterHeight = 920;
const quarterLine = 36.7;

/** Letters that a line holds. */
const lettersInFour = 62;
const lettersInSix = 33;
/** Of the smaller ones that say how a stop is found, in a quarter of a page. */
const lettersOfFind = 72;
const mostLinesInSix = 17;

/** "From stop 1 " */
const fromLetters = 12;

/** ", about 20:10" */
const aboutLetters = 13;

/** "Why here: " */
const whyLetters = 10;
