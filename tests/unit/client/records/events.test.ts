import { afterEach, expect, test, vi } from "vitest";
import { events } from "#client/records/events.ts";
import { cellAt } from "#core/geo/cell.ts";
import { encodeColumns, eventsPairHeader, olderRowsHeader } from "#core/records/column-file.ts";
import { minuteMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const at = (minute: number) => ({
  cell: cellAt([-0.06, 51.62], 10),
  kind: "complaint" as const,
  source: "resident" as const,
  category: "asb" as const,
  startsAt: minute * minuteMs,
  endsAt: minute * minuteMs,
});

/** What a server holds: minutes before and from the boundary on. */
interface Held {
  readonly pair: string;
  readonly older: readonly number[];
  readonly recent: readonly number[];
}

/** Answers each request out of the next of these; what was asked, with the tag that came along. */
function serve(...answers: readonly Held[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string, { headers }: { headers: Record<string, string> }) => {
    const held = answers[asked.length] as Held;
    const part = path.endsWith("older") ? "older" : "recent";
    const tag = `"${held[part].join(" ")}"`;
    const isKnown = headers["if-none-match"] === tag;
    asked.push(`${part}${isKnown ? " 304" : ""}`);
    const octets = encodeColumns(columnsFromEvents(held[part].map(at)));
    return new Response(isKnown ? null : octets, {
      status: isKnown ? 304 : 200,
      headers: {
        etag: tag,
        [olderRowsHeader]: String(held.older.length),
        [eventsPairHeader]: held.pair,
      },
    });
  });
  return asked;
}

test("two files that do not belong together are not joined: a month ended between them", async () => {
  const before: Held = { pair: "1", older: [1], recent: [2, 3] };
  const after: Held = { pair: "2", older: [1, 2], recent: [3, 4] };
  const asked = serve(before, after, after, after);
  events.reload();
  await vi.waitFor(() => expect(events.store.get().status).toBe("ready"));
  expect(asked).toEqual(["recent", "older", "recent", "older 304"]);
  expect(events.store.get()).toMatchObject({ value: { start: Int32Array.of(1, 2, 3, 4) } });
});
