import { isWider, type SavedLattice } from "#core/protected-time/lattice.ts";

/** "150 m around it"; "150 m around it, wider"; "an area"; "a route". Old places have no extent. */
export function extentWords(place: SavedLattice): string {
  const { kind, classM } = place;
  if (classM === null) return "to be chosen again";
  if (kind !== "circle") return kind === "area" ? "an area" : "a route";
  return `${classM} m around it${isWider(place) ? ", wider" : ""}`;
}

/** The true precision with which police see a place. */
export function promiseWords(place: Pick<SavedLattice, "kind" | "lattice">): string {
  return place.kind === "circle"
    ? promiseOf(isWider(place))
    : `Police can tell only a rough shape, in steps of about ${acrossM.usual} m.`;
}

export function promiseOf(isWide: boolean): string {
  return `Police can narrow it to about ${isWide ? acrossM.wider : acrossM.usual} m, never closer.`;
}

/** What was shown finer once stays so: said before a place is saved wider. */
export function seenWords({ label }: { readonly label: string }): string {
  return `Police may have seen "${label}" as an area about ${acrossM.usual} m across. A bigger one does not hide that.`;
}

/** Metres across a lattice cell, rounded to 50. */
const acrossM = { usual: 350, wider: 900 };
