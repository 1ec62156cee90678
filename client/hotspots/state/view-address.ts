import { formatBaseline, parseBaseline } from "#client/hotspots/measures/baseline.ts";
import { measures } from "#client/hotspots/measures/list.ts";
import {
  allDays,
  type HotspotsView,
  isWholeWeek,
  mapResolutions,
  type WeekFilter,
} from "#client/hotspots/state/view.ts";
import { formatCamera, parseCamera } from "#client/map/camera.ts";
import type { Address } from "#client/state/url.ts";
import { isCell } from "#core/geo/cell.ts";
import type { ViewFilter } from "#core/hotspots/wire/saved-views.ts";
import { factorKinds } from "#core/places/wire/layers.ts";
import { type EventKind, eventKinds } from "#core/records/kinds.ts";
import { longestWord, mostTypes, typeKey } from "#core/records/types.ts";
import { addDays, isLocalDate } from "#core/time/zone.ts";

type Params = Address["params"];

type WrittenParams = Partial<Readonly<Record<ViewFilter | "cell", string>>>;

const dayWords = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** Missing or invalid parameters take the usual value. */
export function viewFromParams(params: Params, usual: HotspotsView): HotspotsView {
  const { from, to } = readDates(params, usual);
  const cell = params["cell"] ?? "";
  return {
    area: params["area"] ?? usual.area,
    from,
    to,
    reported: readKinds(params["reported"]) ?? usual.reported,
    discovered: readKinds(params["discovered"]) ?? usual.discovered,
    types: readTypes(params["types"]),
    time: { days: readDays(params["days"]), hours: readHours(params["hours"]) },
    by: params["by"] === "street" ? "street" : "cell",
    resolution: mapResolutions.find((each) => String(each) === params["res"]) ?? usual.resolution,
    measure: measures.find((each) => each === params["measure"]) ?? usual.measure,
    baseline: parseBaseline(params["baseline"] ?? "") ?? usual.baseline,
    isSideBySide: params["compare"] === "side",
    isSurface: params["draw"] === "surface",
    cell: isCell(cell) ? cell : null,
    showsKeepClear: params["clear"] === undefined ? usual.showsKeepClear : params["clear"] === "1",
    factors: factorKinds.filter((kind) => params["places"]?.split(",").includes(kind)),
    camera: parseCamera(params["at"] ?? ""),
  };
}

/** Only what differs from the usual, and always the dates: a sent link never means "today". */
export function paramsFromView(view: HotspotsView, usual: HotspotsView): WrittenParams {
  const kindsIn = (kinds: readonly EventKind[], usualKinds: readonly EventKind[]) =>
    sameItems(kinds, usualKinds) ? "" : kinds.join(",") || "none";
  return {
    from: view.from,
    to: view.to,
    area: view.area,
    reported: kindsIn(view.reported, usual.reported),
    discovered: kindsIn(view.discovered, usual.discovered),
    types: view.types.join(","),
    ...weekParams(view.time),
    by: view.by === "street" ? "street" : "",
    res: view.resolution === usual.resolution ? "" : String(view.resolution),
    measure: view.measure === usual.measure ? "" : view.measure,
    baseline: sameBaseline(view, usual) ? "" : formatBaseline(view.baseline),
    compare: view.isSideBySide ? "side" : "",
    draw: view.isSurface ? "surface" : "",
    cell: view.cell ?? "",
    clear: view.showsKeepClear === usual.showsKeepClear ? "" : view.showsKeepClear ? "1" : "0",
    places: view.factors.join(","),
    at: view.camera ? formatCamera(view.camera) : "",
  };
}

function sameBaseline(view: HotspotsView, usual: HotspotsView): boolean {
  return formatBaseline(view.baseline) === formatBaseline(usual.baseline);
}

function weekParams(time: WeekFilter): Pick<WrittenParams, "days" | "hours"> {
  if (isWholeWeek(time)) return {};
  const { days, hours } = time;
  const two = (hour: number) => String(hour).padStart(2, "0");
  return {
    days: days.length === 7 ? "" : days.map((day) => dayWords[day]).join(","),
    hours: hours ? `${two(hours.from)}-${two(hours.to)}` : "",
  };
}

/** `last=56`: that many days up to the as-at date, whenever it is opened. */
function readDates(params: Params, usual: HotspotsView) {
  const last = /^\d{1,5}$/.test(params["last"] ?? "") ? Number(params["last"]) : 0;
  if (last > 0) return { from: addDays(usual.to, 1 - last), to: usual.to };
  const { from = "", to = "" } = params;
  return isLocalDate(from) && isLocalDate(to) && from <= to ? { from, to } : usual;
}

function readKinds(text: string | undefined): readonly EventKind[] | null {
  if (text === undefined) return null;
  const words = text.split(",");
  return eventKinds.filter((kind) => words.includes(kind));
}

function readTypes(text: string | undefined): readonly string[] {
  const keys = (text ?? "").split(",").filter((key) => key.length <= longestWord && key !== "");
  return [...new Set(keys.filter((key) => key === typeKey(key)))].slice(0, mostTypes);
}

function readDays(text: string | undefined): readonly number[] {
  const words = text?.split(",") ?? [];
  const days = allDays.filter((day) => words.includes(dayWords[day] ?? ""));
  return days.length === 0 ? allDays : days;
}

function readHours(text: string | undefined): WeekFilter["hours"] {
  const match = /^(\d{1,2})-(\d{1,2})$/.exec(text ?? "");
  const from = Number(match?.[1]);
  const to = Number(match?.[2]);
  // "06-06" is a whole day from six, like a row of the clock.
  return match && from < 24 && to <= 24 ? { from, to: to % 24 } : null;
}

function sameItems<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
