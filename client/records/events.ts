import { fetchChanged } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { kept } from "#client/live/kept.ts";
import { address } from "#client/state/url.ts";
import { decodeColumns, eventsPairHeader, olderRowsHeader } from "#core/records/column-file.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { dayMs, minuteMs } from "#core/time/zone.ts";

/**
 * All events the person may see, as columns, binned here while brushing: the last two years first,
 * then the older ones. An unchanged file is not sent again.
 */
export const events = kept<EventColumns>(async (signal, show) => {
  for (;;) {
    const recent = await readPart("recent", signal);
    if (recent.olderRows === 0) return recent.columns;
    if (!parts.has("older") && isEnough(recent.columns)) show(recent.columns);
    const older = await readPart("older", signal);
    // Mixed pairs would count events twice or miss some.
    if (older.pair !== recent.pair) continue;
    const { joinColumns } = await import("#core/records/column-parts.ts");
    return joinColumns(older.columns, recent.columns);
  }
});

interface Part {
  readonly tag: string | null;
  readonly columns: EventColumns;
  /** Rows older than two years; sent with either part. */
  readonly olderRows: number;
  readonly pair: string | null;
}

const parts = new Map<"recent" | "older", Part>();

async function readPart(name: "recent" | "older", signal: AbortSignal): Promise<Part> {
  const known = parts.get(name);
  const reply = await fetchChanged(`/api/events?part=${name}`, known?.tag ?? null, { signal });
  const { headers } = reply;
  const part = {
    tag: headers.get("etag"),
    columns: reply.octets ? decodeColumns(reply.octets) : (known as Part).columns,
    olderRows: Number(headers.get(olderRowsHeader) ?? 0),
    pair: headers.get(eventsPairHeader),
  };
  parts.set(name, part);
  return part;
}

/** Whether the last two years cover the period asked for, and at least a year before it. */
function isEnough({ start }: EventColumns): boolean {
  const { from = "", to = "" } = address.get().params;
  const [first, last] = [Date.parse(from), Date.parse(to)];
  if (Number.isNaN(first) || Number.isNaN(last)) return start.length > 0;
  const before = Math.max(last - first, 366 * dayMs);
  return start.length > 0 && first - before >= (start[0] as number) * minuteMs;
}

forgetOnSignOut(() => parts.clear());
