import { usePicture } from "#client/accounts/use-picture.ts";
import { noteList } from "#client/hotspots/files/note-list.ts";
import { placesFileName } from "#client/hotspots/files/place-files.ts";
import { leavingRows, type Ranked } from "#client/hotspots/ranked/ranked.ts";
import { type HotspotsView, isOnScreenAlone } from "#client/hotspots/state/view.ts";
import type { PictureSubject } from "#client/ui/picture/still.ts";
import type { StreetsReply } from "#core/hotspots/wire/streets.ts";

/** Logged as a download of the list is, with dates and rows. */
export function useHotspotsPicture(
  view: HotspotsView,
  ranked: Ranked | null,
  streets: StreetsReply | null,
): PictureSubject {
  const sentence = streets?.sentence ?? ranked?.sentence ?? "";
  const usual = usePicture("hotspots", sentence, whyNot(view, sentence));
  return {
    ...usual,
    fileName: placesFileName(view, "png", usual.mark),
    note: () => noteList(view, streets?.rows ?? (ranked ? leavingRows(ranked) : []), "png"),
  };
}

function whyNot(view: HotspotsView, sentence: string): string | null {
  if (isOnScreenAlone(view)) return "No picture: this measure can only be seen on screen.";
  return sentence === "" ? "No picture yet: the figures are not here." : null;
}
