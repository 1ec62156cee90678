import { useDemoMark } from "#client/accounts/session-context.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { type ListFile, noteList } from "#client/hotspots/files/note-list.ts";
import type { FileNotes } from "#client/hotspots/files/place-files.ts";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import { leavingRows, type Ranked } from "#client/hotspots/ranked/ranked.ts";
import { Pin } from "#client/hotspots/state/pin-slot.tsx";
import { countedWords, describeWeek, sourceLine } from "#client/hotspots/state/words.ts";
import type { Store } from "#client/state/store.ts";
import { Button } from "#client/ui/Button.tsx";
import { downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { loadPatiently } from "#client/ui/lazily.ts";
import { Popover } from "#client/ui/Popover.tsx";
import type { StreetsReply } from "#core/hotspots/wire/streets.ts";
import { formatDateRange } from "#core/time/words.ts";

export interface TakeAwayProps {
  /** Opened on the map, where there is one. */
  readonly picture: Store<boolean>;
  readonly hasMap: boolean;
  /** Null while cells are listed, or before an answer. */
  readonly streets: StreetsReply | null;
}

/** Made only once the log has recorded it. */
export function TakeAway({ picture, hasMap, streets }: TakeAwayProps) {
  const { view, ranked } = useHotspotsParts();
  const mark = useDemoMark();
  const { fault, isPending, run } = useSubmit();
  const isWaiting = view.by === "street" && streets === null;
  const take = (places: Ranked, format: ListFile, close: () => void) =>
    run(async () => {
      // Load the code before logging the export.
      const { listFile } = await loadPatiently(
        async () => await import("#client/hotspots/files/list-files.ts"),
      );
      await noteList(view, streets?.rows ?? leavingRows(places), format);
      const notes: FileNotes = {
        when: `${formatDateRange(view.from, view.to)}, ${describeWeek(view.time)}`,
        what: countedWords(view),
        source: sourceLine(view),
        mark,
      };
      const { name, text, type } = listFile({ format, dates: view, places, streets, notes });
      downloadText(name, text, type);
      close();
    });
  const files: readonly { readonly format: ListFile; readonly label: string }[] = [
    { format: "csv", label: "Table (CSV)" },
    { format: "geojson", label: "Map areas (GeoJSON)" },
  ];
  return (
    <Popover name="Print or download" label="Download" icon="download" align="end">
      {(close) => (
        <div className="hotspots__files grid gap-2">
          <Button
            icon="print"
            onClick={() => {
              close();
              window.print();
            }}
          >
            Print this view
          </Button>
          <p className="quiet small">
            The list or the map as shown now, with area, period and test. Downloads are logged.
          </p>
          {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
          {files.map(({ format, label }) => (
            <Button
              key={format}
              disabled={ranked === null || isWaiting || isPending}
              onClick={() => ranked && take(ranked, format, close)}
            >
              {label}
            </Button>
          ))}
          <Button
            disabled={!hasMap}
            onClick={() => {
              close();
              picture.set(() => true);
            }}
          >
            Picture of the map (PNG)
          </Button>
          {hasMap ? null : (
            <p className="quiet small">No picture: the map is not shown at present.</p>
          )}
          <Pin view={view} cell={null} />
          <p className="quiet small" role="status">
            {isPending ? "Preparing the file" : ""}
          </p>
        </div>
      )}
    </Popover>
  );
}
