import { describeWeek } from "#client/hotspots/clock/week-words.ts";
import { describeLength } from "#client/hotspots/presets.ts";
import { type HotspotsView, isWholeWeek, wholeCommand } from "#client/hotspots/view.ts";
import { viewFromParams } from "#client/hotspots/view-address.ts";
import { broughtUp } from "#client/hotspots/views/view-versions.ts";
import type { SavedView } from "#core/hotspots/wire/saved-views.ts";
import { kinds as kindEntries, reportedKinds } from "#core/records/kinds.ts";
import { wordsOfTypes } from "#core/records/types.ts";
import { formatDateRange } from "#core/time/words.ts";

export interface DescribedInput {
  readonly saved: SavedView;
  /** What a view leaves out is the usual. */
  readonly usual: HotspotsView;
  readonly labelOf: (area: string) => string;
}

/** "Last 8 weeks, Fri and Sat 20:00-02:00, Haringey, complaints": what it would show, before it does. */
export function describeSaved({ saved, usual, labelOf }: DescribedInput): string {
  const brought = broughtUp(saved.filters, saved.version);
  if (!brought.ok) return brought.reason;
  const view = viewFromParams(brought.value, usual);
  const last = Number(brought.value["last"]);
  const kinds = [...view.reported, ...view.discovered];
  return [
    last > 0 ? `Last ${describeLength(last)}` : formatDateRange(view.from, view.to),
    isWholeWeek(view.time) ? "" : describeWeek(view.time),
    view.area === wholeCommand ? "" : labelOf(view.area),
    kinds.join() === reportedKinds.join()
      ? ""
      : kinds.map((kind) => kindEntries[kind].label.toLowerCase()).join(", "),
    view.types.length === 0 ? "" : `only ${wordsOfTypes([], view.types).join(", ")}`,
    view.measure === "hot" ? "significance" : "",
    saved.isOwn ? (saved.isShared ? "shared" : "") : `from ${saved.person}`,
  ]
    .filter(Boolean)
    .join(" · ");
}
