import { areaNote } from "#client/hotspots/drawn-area/area-words.ts";
import type { Picture } from "#client/hotspots/files/use-picture.ts";
import { type HotspotsView, wholeCommand } from "#client/hotspots/view.ts";
import type { ChangeView } from "#client/hotspots/view-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";

export interface AreaNoteProps {
  readonly view: HotspotsView;
  readonly picture: Picture;
  readonly isKnown: boolean;
  readonly onChange: ChangeView;
}

/** What the study area does to the answer, where it is not the whole command: in plain words, with the way back. */
export function AreaNote({ view, picture, isKnown, onChange }: AreaNoteProps) {
  if (view.area === wholeCommand) return null;
  const note = areaNote(view, picture, isKnown);
  if (note === null) return null;
  return (
    <Banner
      kind={note.isWarning ? "warning" : "note"}
      action={
        <Button className="no-print" onClick={() => onChange({ area: wholeCommand })}>
          Whole command
        </Button>
      }
    >
      {note.text}
    </Banner>
  );
}
