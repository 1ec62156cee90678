import { useDemoMark, useSession } from "#client/accounts/session-context.ts";
import { ApiError } from "#client/api/api-error.ts";
import { fetchNothing } from "#client/api/fetch.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import type { FileNotes } from "#client/hotspots/files/place-files.ts";
import { leavingRows, type Ranked } from "#client/hotspots/ranked/ranked.ts";
import { Pin } from "#client/hotspots/state/pin-slot.tsx";
import { type HotspotsView, isOnScreenAlone } from "#client/hotspots/state/view.ts";
import { countedWords, describeWeek, sourceLine } from "#client/hotspots/state/words.ts";
import type { TakeStill } from "#client/map/still.ts";
import { inLight } from "#client/state/print.ts";
import type { Store } from "#client/state/store.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { downloadBlob, downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { loadPatiently } from "#client/ui/lazily.ts";
import { Popover } from "#client/ui/Popover.tsx";
import type { ListFormat } from "#core/accounts/wire/prints.ts";
import type { StreetsReply } from "#core/hotspots/wire/streets.ts";
import { formatDate, formatDateRange } from "#core/time/words.ts";

export interface TakeAwayProps {
  readonly view: HotspotsView;
  readonly ranked: Ranked | null;
  /** Empty where the browser cannot. */
  readonly stills: Store<readonly TakeStill[]>;
  /** Null while cells are listed, or before an answer. */
  readonly streets: StreetsReply | null;
}

/** Made only once the log has recorded it. */
export function TakeAway({ view, ranked, stills, streets }: TakeAwayProps) {
  const { asAt } = useSession();
  const mark = useDemoMark();
  const { fault, isPending, run } = useSubmit();
  const takes = useStore(stills, (all) => all);
  const isWaiting = view.by === "street" && streets === null;
  const whyNoPicture = noPictureWords(view, takes.length);
  const take = (places: Ranked, format: ListFormat, close: () => void) =>
    run(async () => {
      // Load the code before logging the export.
      const { listFile } = await loadPatiently(
        async () => await import("#client/hotspots/files/list-files.ts"),
      );
      await fetchNothing("/api/audit/exports", {
        method: "POST",
        body: {
          list: "hotspots",
          format,
          from: view.from,
          to: view.to,
          rows: (streets?.rows ?? leavingRows(places)).length,
        },
      });
      const notes: FileNotes = {
        when: `${formatDateRange(view.from, view.to)}, ${describeWeek(view.time)}`,
        what: countedWords(view),
        source: sourceLine(view),
        mark,
      };
      const { name, text, type } = listFile({ format, dates: view, places, streets, notes });
      const sentence = streets?.sentence ?? places.sentence;
      const foot = [`Boxster, Hotspots, as at ${formatDate(asAt)}.`];
      if (format === "png") downloadBlob(name, await pictureOf({ sentence, mark, takes, foot }));
      else downloadText(name, text, type);
      close();
    });
  const files: readonly { readonly format: ListFormat; readonly label: string }[] = [
    { format: "csv", label: "Table (CSV)" },
    { format: "geojson", label: "Map areas (GeoJSON)" },
    { format: "png", label: "Picture of the map (PNG)" },
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
              disabled={
                ranked === null ||
                isWaiting ||
                isPending ||
                (format === "png" && whyNoPicture !== null)
              }
              onClick={() => ranked && take(ranked, format, close)}
            >
              {label}
            </Button>
          ))}
          {whyNoPicture ? <p className="quiet small">{whyNoPicture}</p> : null}
          <Pin view={view} cell={null} />
          <p className="quiet small" role="status">
            {isPending ? "Preparing the file" : ""}
          </p>
        </div>
      )}
    </Popover>
  );
}

function noPictureWords(view: HotspotsView, maps: number): string | null {
  if (maps === 0) return "No picture: the map is not shown at present.";
  return isOnScreenAlone(view) ? "No picture: this measure can only be seen on screen." : null;
}

interface PictureInput {
  readonly sentence: string;
  readonly mark: string | null;
  readonly takes: readonly TakeStill[];
  readonly foot: readonly string[];
}

async function pictureOf({ takes, ...words }: PictureInput): Promise<Blob> {
  try {
    const { drawSheet } = await import("#client/map/draw-sheet.ts");
    return await inLight(() => drawSheet({ ...words, stills: takes.map((take) => take()) }));
  } catch (cause) {
    const title = "The picture could not be made";
    const detail = "This browser could not draw it. Try again, or download the table.";
    throw new ApiError({ status: 0, title, detail }, { cause });
  }
}
