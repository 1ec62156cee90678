import type { Picture } from "#client/hotspots/use-picture.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import { formatCount, formatQuantity } from "#client/ui/format.ts";
import { degreeOf } from "#core/stats/neighbours.ts";

export interface AreaNote {
  readonly text: string;
  readonly isWarning: boolean;
}

/** So few places, each compared with the rest, that hardly any draw of chance is left to compare with. */
export const fewCells = 30;

/** Null where nothing needs saying. */
export function areaNote(view: HotspotsView, picture: Picture, isKnown: boolean): AreaNote | null {
  const { study } = picture.lens;
  if (!isKnown) {
    return {
      isWarning: true,
      text: `This view names an area that is not here (${nameIn(view.area)}), so it shows ${study.name}.`,
    };
  }
  const cells = study.cells.length;
  if (cells === 0) {
    return {
      isWarning: true,
      text: "No cell has its middle in this area, so there is nothing to count. Draw it larger.",
    };
  }
  if (cells < fewCells) {
    const said = isOneNeighbourhood(study)
      ? "every place has all others around it, so none can stand out."
      : "that is too few to compare, so what stands out here may be no more than chance.";
    return {
      isWarning: true,
      text: `This area has ${formatQuantity(cells, "cell")} of this size: ${said} Choose smaller cells or a larger area.`,
    };
  }
  return {
    isWarning: false,
    text: `Tested by itself: hot here means more than in the other ${formatCount(cells)} cells of this area, not of the command. Reports beyond its edge are not counted.`,
  };
}

/** Nothing is left to draw from: each place and those around it are the whole area. */
function isOneNeighbourhood(study: Picture["lens"]["study"]): boolean {
  return study.cells.every((_, index) => degreeOf(study, index) === study.cells.length - 1);
}

/** `ward:Upper Edmonton` is "Upper Edmonton"; a drawn area that cannot be read has no name worth showing. */
function nameIn(area: string): string {
  const at = area.indexOf(":");
  const name = at < 0 ? area : area.slice(at + 1);
  return area.startsWith("drawn:") ? "a drawn area that cannot be read" : `"${name.slice(0, 60)}"`;
}
