import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import type { Picture } from "#client/hotspots/ranked/use-picture.ts";
import { type HotspotsView, wholeCommand } from "#client/hotspots/state/view.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

export interface AreaNoteProps {
  /** With the area of the link, whether it is known or not. */
  readonly asked: HotspotsView;
  readonly isKnown: boolean;
}

export function AreaNote({ asked, isKnown }: AreaNoteProps) {
  const { picture, store } = useHotspotsParts();
  if (asked.area === wholeCommand) return null;
  const note = areaNote(asked, picture, isKnown);
  if (note === null) return null;
  return (
    <Banner
      kind={note.isWarning ? "warning" : "note"}
      action={
        <Button className="no-print" onClick={() => store.change({ area: wholeCommand })}>
          Whole area
        </Button>
      }
    >
      {note.text}
    </Banner>
  );
}

interface AreaWords {
  readonly text: string;
  readonly isWarning: boolean;
}

/** Null when there is nothing to say. */
export function areaNote(view: HotspotsView, picture: Picture, isKnown: boolean): AreaWords | null {
  const { study } = picture.lens;
  if (!isKnown) {
    const text = `Area not found: ${nameIn(view.area)}. Showing ${study.name} instead.`;
    return { isWarning: true, text };
  }
  const cells = study.cells.length;
  if (cells === 0) {
    const text = "This area is too small: it contains no cell centre. Draw it larger.";
    return { isWarning: true, text };
  }
  if (cells < fewCells) {
    const said =
      cells === 1 ? "there is nothing to compare it with." : "too few to find many hotspots.";
    return {
      isWarning: true,
      text: `This area has only ${formatQuantity(cells, "cell")}: ${said} Choose smaller cells or a larger area.`,
    };
  }
  return {
    isWarning: false,
    text: `Tested within this area only (${formatCount(cells)} cells). Reports outside it are not counted.`,
  };
}

/** `ward:Upper Edmonton` gives "Upper Edmonton". */
function nameIn(area: string): string {
  const at = area.indexOf(":");
  const name = at < 0 ? area : area.slice(at + 1);
  return area.startsWith("drawn:") ? "the drawn area in this link" : `"${name.slice(0, 60)}"`;
}

/** With fewer, one cell and its neighbours are much of the area. */
export const fewCells = 30;
