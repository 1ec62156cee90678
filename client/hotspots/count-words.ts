import { type HotspotsView, leadingSource } from "#client/hotspots/view.ts";
import { kinds as kindEntries } from "#core/records/kinds.ts";

/** What is counted, for sentence, legend and table. */
export function nounOf(view: HotspotsView): { readonly one: string; readonly many: string } {
  if (leadingSource(view) === "discovered") return { one: "police record", many: "police records" };
  const [only] = view.reported;
  if (view.reported.length === 1 && only) {
    const { by, noun } = kindEntries[only];
    // Of what police see too, it is said whose word it is.
    return by === "people" ? noun : { one: `reported ${noun.one}`, many: `reported ${noun.many}` };
  }
  return { one: "report", many: "reports" };
}

/** What is counted, for files: of police records also which, since they are never all of them. */
export function countedWords(view: HotspotsView): string {
  const { many } = nounOf(view);
  if (leadingSource(view) === "reported") return many;
  const kinds = view.discovered.map((kind) => kindEntries[kind].label.toLowerCase());
  return `${many}: ${kinds.join(", ") || "none chosen"}`;
}

/** Who said so, for legend and files. */
export function sourceLine(view: HotspotsView): string {
  return leadingSource(view) === "reported"
    ? "Reported by residents and partners"
    : "Found by police: shows where police were";
}
