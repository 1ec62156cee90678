import { say } from "#client/protected-time/words/diary.tsx";
import { isWider, type SavedLattice } from "#core/protected-time/lattice.ts";

/** "150 m around it"; "150 m around it, wider"; "an area"; "a route". Old places have no extent. */
export function extentWords(place: SavedLattice): string {
  const { kind, classM } = place;
  if (classM === null) return say("places.again");
  if (kind !== "circle") return say(kind === "area" ? "places.area" : "places.route");
  return say(isWider(place) ? "places.around-wider" : "places.around", { metres: classM });
}

/** The true precision with which police see a place. */
export function promiseWords(place: Pick<SavedLattice, "kind" | "lattice">): string {
  return place.kind === "circle"
    ? promiseOf(isWider(place))
    : say("promise.shape", { metres: acrossM.usual });
}

export function promiseOf(isWide: boolean): string {
  return say("promise.narrow", { metres: isWide ? acrossM.wider : acrossM.usual });
}

/** What was shown finer once stays so: said before a place is saved wider. */
export function seenWords({ label }: { readonly label: string }): string {
  return say("promise.seen", { label, metres: acrossM.usual });
}

/** Metres across a lattice cell, rounded to 50. */
const acrossM = { usual: 350, wider: 900 };
