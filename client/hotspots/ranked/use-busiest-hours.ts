import { useEffect, useState } from "react";
import type { Ranked } from "#client/hotspots/ranked/ranked.ts";
import type { HotspotsData } from "#client/hotspots/ranked/use-picture.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { cellClocks } from "#core/hotspots/busiest-hours.ts";
import { busiestShort } from "#core/hotspots/sentence.ts";

/** Longer than from one frame of a drag to the next: a hand that moves does not wait for it. */
const restMs = 150;
const none: ReadonlyMap<H3Cell, string> = new Map();

/** For the places listed first; slightly delayed, but never those of another picture. */
export function useBusiestHours(
  data: HotspotsData,
  ranked: Ranked | null,
  listed: number,
): ReadonlyMap<H3Cell, string> {
  const [found, setFound] = useState<{ of: Ranked; hours: ReadonlyMap<H3Cell, string> } | null>(
    null,
  );
  useEffect(() => {
    if (!ranked) return;
    const timer = setTimeout(
      () => setFound({ of: ranked, hours: busiestOf(data, ranked, listed) }),
      restMs,
    );
    return () => clearTimeout(timer);
  }, [data, ranked, listed]);
  return found !== null && found.of === ranked ? found.hours : none;
}

function busiestOf(data: HotspotsData, ranked: Ranked, listed: number) {
  const { lens, leading } = ranked.picture;
  const { filter } = leading;
  const rows = ranked.rows.slice(0, listed);
  const cells = rows.map(({ cell }) => lens.study.indexOf.get(cell) ?? -1);
  const { events } = data;
  const clocks = cellClocks({ events, indexOfCell: lens.indexOfCell, cells, filter });
  return new Map(
    rows.flatMap(({ cell }, at) => {
      const words = busiestShort(clocks[at] ?? [], filter.hours);
      return words === null ? [] : [[cell, words] as const];
    }),
  );
}
