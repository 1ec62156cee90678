import { daysIn } from "#client/hotspots/presets.ts";
import { consistent, type HotspotsView, wholeCommand } from "#client/hotspots/view.ts";
import { paramsFromView, viewFromParams } from "#client/hotspots/view-address.ts";
import { broughtUp } from "#client/hotspots/views/view-versions.ts";
import { type SavedView, type ViewFilters, viewFilters } from "#core/hotspots/wire/saved-views.ts";
import { failure, type Result, success } from "#core/result.ts";

export interface SavingOptions {
  /** Always as many days up to the as-at date, instead of these dates. */
  readonly movesOn: boolean;
}

/** What is kept of a view: its filters and where the map looks, never a chosen place. */
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

/** Dates that end today can move on with it; others are meant as they are. */
export function canMoveOn(view: HotspotsView, usual: HotspotsView): boolean {
  return view.to === usual.to;
}

export interface OpenedView {
  readonly view: HotspotsView;
  /** What could not be shown as it was saved, in words. */
  readonly notes: readonly string[];
}

export interface OpeningInput {
  readonly saved: Pick<SavedView, "filters" | "version">;
  readonly usual: HotspotsView;
  /** Whether there is such a study area still. */
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
        ? [`There is no area "${nameOfArea(view.area)}" any more: the whole command is shown`]
        : []),
      ...(unknown.length > 0 ? [`Left out, as unknown here: ${unknown.join(", ")}`] : []),
    ],
  });
}

/** Without the kind that comes before the name: `ward:Edmonton Green`. */
function nameOfArea(area: string): string {
  return area.slice(area.indexOf(":") + 1);
}
