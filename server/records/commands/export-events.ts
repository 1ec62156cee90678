import { parquetWriteBuffer } from "hyparquet-writer";
import { z } from "zod";
import type { EventColumns } from "#core/records/columns.ts";
import { eventCategories, eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { formatCount } from "#core/text/numbers.ts";
import { minuteMs } from "#core/time/zone.ts";
import { knownUntil } from "#server/acts/services.ts";
import { action, type Command } from "#server/cli/command.ts";
import { refuseExisting, writeWhole } from "#server/cli/files.ts";
import { withOptions } from "#server/db/database.ts";
import { loadTypedColumns } from "#server/records/queries/events.ts";

export const exportCommand: Command = {
  name: "export",
  summary: "Write all events to a Parquet file, for DuckDB, QGIS or R",
  options: { parquet: "the file, which must not exist yet" },
  moreHelp: () => [
    "Columns: cell (H3, resolution 10), starts_at and ends_at (UTC), kind, source, category, type.",
    "The file holds what an analyst may see. Keep it where police records may be kept.",
  ],
  words: {
    events: action({
      takes: "--parquet FILE",
      audit: { verb: "disclosure", act: "export events", purpose: "records" },
      reads: z.object({ parquet: z.string().min(1) }),
      run: async (act, { parquet: file }) => {
        refuseExisting(file);
        const { db, actor, zone, addDetail } = act;
        const reading = withOptions(db, { events: true, long: true });
        const { events, octets } = await reading.transaction(actor, async (tx) => {
          const columns = await loadTypedColumns(tx, { before: knownUntil(act) });
          const { length, start } = columns;
          const dateOf = (minute = 0) => (length === 0 ? null : zone.dateOf(minute * minuteMs));
          addDetail({ from: dateOf(start[0]), to: dateOf(start.at(-1)), events: length });
          return { events: length, octets: parquetOf(columns) };
        });
        writeWhole(file, octets);
        const bytes = octets.length;
        return {
          json: { file, events, bytes },
          text: [`${file}: ${formatCount(events)} events, ${(bytes / 1e6).toFixed(1)} MB.`],
        };
      },
    }),
  },
};

function parquetOf(columns: EventColumns): Uint8Array {
  const { cells, types } = columns;
  const instants = (minutes: Int32Array) =>
    Array.from(minutes, (minute) => new Date(minute * minuteMs));
  const words = (places: ArrayLike<number>, list: readonly string[]) =>
    Array.from(places, (place) => list[place] as string);
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: "cell", type: "STRING", data: words(columns.cell, cells) },
        { name: "starts_at", type: "TIMESTAMP", data: instants(columns.start) },
        { name: "ends_at", type: "TIMESTAMP", data: instants(columns.end) },
        { name: "kind", type: "STRING", data: words(columns.kind, eventKinds) },
        { name: "source", type: "STRING", data: words(columns.source, eventSources) },
        { name: "category", type: "STRING", data: words(columns.category, eventCategories) },
        {
          name: "type",
          type: "STRING",
          nullable: true,
          data: Array.from(columns.type, (place) => (place === 0 ? null : types[place - 1])),
        },
      ],
    }),
  );
}
