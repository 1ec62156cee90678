import { isWider, type SavedLattice } from "#core/protected-time/lattice.ts";

/** "150 m around it"; "150 m around it, wider"; "an area"; "a route"; how far one from before reached is not kept. */
export function extentWords(place: SavedLattice): string {
  const { kind, classM } = place;
  if (classM === null) return "to be chosen again";
  if (kind !== "circle") return kind === "area" ? "an area" : "a route";
  return `${classM} m around it${isWider(place) ? ", wider" : ""}`;
}

/** What police can tell of a place: the true figure, wherever a place is given or named. */
export function promiseWords(place: Pick<SavedLattice, "kind" | "lattice">): string {
  return place.kind === "circle"
    ? promiseOf(isWider(place))
    : `Police can tell only a rough shape, in steps of about ${acrossM.usual} m.`;
}

/** The same of one that is still to be chosen. */
export function promiseOf(isWide: boolean): string {
  return `Police can narrow it to about ${isWide ? acrossM.wider : acrossM.usual} m, never closer.`;
}

/** What was shown finer once stays so: said before a place is saved wider. */
export function seenWords({ label }: { readonly label: string }): string {
  return `Police may have seen "${label}" as an area about ${acrossM.usual} m across. A bigger one does not hide that.`;
}

/** Of the cells of the lattice from side to side, rounded to 50 m. */
const acrossM = { usual: 350, wider: 900 };
