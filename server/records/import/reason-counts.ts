import type { ImportResult, ImportRowError } from "#core/records/wire/import.ts";

type Count = ImportResult["errorCounts"][number];

/** More than there are reasons; memory must not grow with the file. */
const mostReasons = 200;
const listedReasons = 20;

/** How often each reason refused a row, over the whole file: the list of rows ends at a thousand. */
export function createReasonCounts(): {
  readonly add: (errors: readonly ImportRowError[]) => void;
  readonly list: () => Count[];
} {
  const counts = new Map<string, { column: string; reason: string; rows: number }>();
  return {
    add: (errors) => {
      for (const { column, reason } of errors) {
        const key = `${column}\u001f${reason}`;
        const known = counts.get(key);
        if (known) known.rows += 1;
        else if (counts.size < mostReasons) counts.set(key, { column, reason, rows: 1 });
      }
    },
    list: () => [...counts.values()].sort((a, b) => b.rows - a.rows).slice(0, listedReasons),
  };
}
