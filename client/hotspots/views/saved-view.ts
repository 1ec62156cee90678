import { describeLength } from "#client/hotspots/measures/presets.ts";
import {
  consistent,
  type HotspotsView,
  isWholeWeek,
  wholeCommand,
} from "#client/hotspots/state/view.ts";
import { paramsFromView, viewFromParams } from "#client/hotspots/state/view-address.ts";
import { broughtUp } from "#client/hotspots/state/view-versions.ts";
import { describeWeek } from "#client/hotspots/state/words.ts";
import { type SavedView, type ViewFilters, viewFilters } from "#core/hotspots/wire/saved-views.ts";
import { kinds as kindEntries, reportedKinds } from "#core/records/kinds.ts";
import { wordsOfTypes } from "#core/records/types.ts";
import { failure, type Result, success } from "#core/result.ts";
import { formatDateRange } from "#core/time/words.ts";
import { daysIn } from "#core/time/zone.ts";

export interface SavingOptions {
  /** Moves with the as-at date instead of keeping these dates. */
  readonly movesOn: boolean;
}

/** Filters and camera, never a chosen place. */
export function filtersOf(
  view: HotspotsView,
  usual: HotspotsView,
  { movesOn }: SavingOptions,
): ViewFilters {
  const { cell: _chosen, from = "", to = "", ...rest } = paramsFromView(view, usual);
  const dates = movesOn ? { last: String(daysIn(view)) } : { from, to };
  const filled = Object.entries({ ...dates, ...rest }).filter(([, value]) => value !== "");
  return Object.fromEntries(filled);
}

/** Only dates that end today can move on. */
export function canMoveOn(view: HotspotsView, usual: HotspotsView): boolean {
  return view.to === usual.to;
}

export interface OpenedView {
  readonly view: HotspotsView;
  readonly notes: readonly string[];
}

export interface OpeningInput {
  readonly saved: Pick<SavedView, "filters" | "version">;
  readonly usual: HotspotsView;
  readonly hasArea: (area: string) => boolean;
}

/** A saved view as it is shown today; refused, with the reason, where this page is too old for it. */
export function openSaved({ saved, usual, hasArea }: OpeningInput): Result<OpenedView> {
  const brought = broughtUp(saved.filters, saved.version);
  if (!brought.ok) return failure(brought.reason);
  const known: readonly string[] = viewFilters;
  const unknown = Object.keys(brought.value).filter((name) => !known.includes(name));
  const view = consistent(viewFromParams(brought.value, usual));
  const isAreaGone = !hasArea(view.area);
  return success({
    view: isAreaGone ? { ...view, area: wholeCommand } : view,
    notes: [
      ...(isAreaGone
        ? [
            `The area "${view.area.slice(view.area.indexOf(":") + 1)}" no longer exists: the whole area is shown`,
          ]
        : []),
      ...(unknown.length > 0 ? [`Ignored, not known here: ${unknown.join(", ")}`] : []),
    ],
  });
}

interface DescribedInput {
  readonly saved: SavedView;
  readonly usual: HotspotsView;
  readonly labelOf: (area: string) => string;
}

/** "Last 8 weeks, Fri and Sat 20:00-02:00, North, complaints" */
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
    view.measure === "significance" ? "significance" : "",
    saved.isOwn ? (saved.isShared ? "shared" : "") : `from ${saved.person}`,
  ]
    .filter(Boolean)
    .join(" · ");
}
