import { besideWords } from "#core/hotspots/hot-words.ts";
import { busiestBlock, describeWeeks, type SentenceInput } from "#core/hotspots/sentence.ts";
import type { StreetRow } from "#core/hotspots/streets/rank-streets.ts";
import { streetReach } from "#core/records/event-street.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

interface StreetSentence extends Omit<SentenceInput, "hotCells"> {
  readonly placed: number;
  readonly hotSegments: number;
  readonly isDemo: boolean;
}

/** "214 reports in 8 weeks, 190 of them on a street; 4 stretches of street are hotspots, most on Friday 22:00 to 02:00." */
export function describeStreets(input: StreetSentence): string {
  const { total, placed, noun, hotSegments } = input;
  const period = describeWeeks(input.weeks);
  if (total === 0) return `No ${noun.many} in ${period}.`;
  const counted = `${formatQuantity(total, noun.one, noun.many)} in ${period}`;
  if (placed === 0) return `${counted}, not yet matched to streets: ${matchWords(input)}`;
  const streets =
    hotSegments === 0
      ? "no stretch of street is a hotspot"
      : formatQuantity(
          hotSegments,
          "stretch of street is a hotspot",
          "stretches of street are hotspots",
        );
  const busiest = busiestBlock(input.clock, input.hours);
  return `${counted}, ${formatCount(placed)} of them on a street; ${streets}${busiest ? `, most on ${busiest}` : ""}.`;
}

interface Placed extends Pick<StreetSentence, "total" | "placed" | "noun" | "isDemo"> {
  readonly elsewhere: number;
}

/** A point is dropped at import, so only its file can be matched again; made-up events get points as the server starts. */
function matchWords({ isDemo }: Pick<Placed, "isDemo">): string {
  return isDemo ? "restart Boxster." : "undo the import, then import the files again.";
}

/** How many have a street, and why the others have none; null where all have one. */
export function describePlaced(given: Placed): string | null {
  const { total, placed, elsewhere, noun } = given;
  if (placed === total) return null;
  const others = total - placed - elsewhere;
  const some = `${formatCount(placed)} of ${formatQuantity(total, noun.one, noun.many)} ${placed === 1 ? "has" : "have"} a street`;
  const why = [
    ...(others > 0
      ? [
          `${formatCount(others)} came in before there were streets, without a point, or further than ${streetReach} m from any`,
        ]
      : []),
    ...(elsewhere > 0
      ? [
          `${formatCount(elsewhere)} ${elsewhere === 1 ? "was" : "were"} placed on streets that have been replaced since`,
        ]
      : []),
  ];
  return `${some}. Of the rest ${why.join("; ")}. Records from before these streets: ${matchWords(given)}`;
}

export function hotStreetWords({ by, beside }: Pick<StreetRow, "by" | "beside">): string {
  if (by === null) return beside ? besideWords : "not a hotspot";
  return by === "own" ? "hotspot (this stretch)" : "hotspot (with the streets that meet it)";
}

export const noStreetsWords = "No street data yet. Ask your administrator.";
export const addStreetsWords =
  "boxster streets add FILE.geojson brings them in, or a base map. Records from before: undo the import, then import the files again.";
