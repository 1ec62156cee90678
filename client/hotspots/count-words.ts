import { type HotspotsView, leadingSource } from "#client/hotspots/view.ts";
import { kindWords } from "#client/records/kind-words.ts";

/** What is counted, for sentence, legend and table. */
export function nounOf(view: HotspotsView): { readonly one: string; readonly many: string } {
  if (leadingSource(view) === "discovered") return { one: "police record", many: "police records" };
  if (view.reported.length === 1 && view.reported[0] === "complaint") {
    return { one: "complaint", many: "complaints" };
  }
  if (view.reported.length === 1 && view.reported[0] === "sighting") {
    return { one: "reported sighting", many: "reported sightings" };
  }
  return { one: "report", many: "reports" };
}

/** What is counted, for files: of police records also which, since they are never all of them. */
export function countedWords(view: HotspotsView): string {
  const { many } = nounOf(view);
  if (leadingSource(view) === "reported") return many;
  const kinds = view.discovered.map((kind) => kindWords[kind].toLowerCase());
  return `${many}: ${kinds.join(", ") || "none chosen"}`;
}

/** Who said so, for legend and files. */
export function sourceLine(view: HotspotsView): string {
  return leadingSource(view) === "reported"
    ? "Reported by residents and partners"
    : "Found by police: shows where police were";
}
