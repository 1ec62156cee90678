import { fetchNothing } from "#client/api/fetch.ts";
import { demoWords } from "#client/app/demo-words.ts";
import { useSession } from "#client/app/session-context.ts";
import { useSubmit } from "#client/app/use-submit.ts";
import { nounOf, sourceLine } from "#client/hotspots/kind-words.ts";
import {
  type FileNotes,
  placesCsv,
  placesFileName,
  placesGeoJson,
} from "#client/hotspots/place-files.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import { describeWeek } from "#client/hotspots/week-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatDateRange } from "#client/ui/format.ts";
import { Popover } from "#client/ui/Popover.tsx";
import type { ExportBody, ListFormat } from "#core/wire/audit.ts";

export interface TakeAwayProps {
  readonly view: HotspotsView;
  readonly ranked: Ranked | null;
}

/** The ranked places as a file. It is made once the log has taken note: never the other way round. */
export function TakeAway({ view, ranked }: TakeAwayProps) {
  const { demo, demoHasImports } = useSession();
  const mark = demo ? demoWords(demoHasImports) : null;
  const { fault, isPending, run } = useSubmit();
  const take = (places: Ranked, format: ListFormat, close: () => void) =>
    run(async () => {
      const body: ExportBody = {
        list: "hotspots",
        format,
        from: view.from,
        to: view.to,
        rows: places.rows.length,
      };
      await fetchNothing("/api/audit/exports", { method: "POST", body });
      const notes: FileNotes = {
        when: `${formatDateRange(view.from, view.to)}, ${describeWeek(view.time)}`,
        what: nounOf(view).many,
        source: sourceLine(view),
        mark,
      };
      const name = placesFileName(view, format, mark);
      if (format === "csv") downloadText(name, placesCsv(places, notes));
      else downloadText(name, placesGeoJson(places, notes), "application/geo+json");
      close();
    });
  return (
    <Popover name="Take the list away as a file" label="File" icon="download" align="end">
      {(close) => (
        <div className="hotspots__files">
          <p className="quiet small">
            The list as it is ranked now, with study area, period and test. That it was taken stands
            in the log.
          </p>
          {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
          <Button
            disabled={ranked === null || isPending}
            onClick={() => ranked && take(ranked, "csv", close)}
          >
            Table (CSV)
          </Button>
          <Button
            disabled={ranked === null || isPending}
            onClick={() => ranked && take(ranked, "geojson", close)}
          >
            Map areas (GeoJSON)
          </Button>
        </div>
      )}
    </Popover>
  );
}
