import { expect, test } from "vitest";
import { pairsInZone } from "#tests/support/pairs-in-zone.ts";
import { serverZones } from "#tests/support/printed-in.ts";

test.each(serverZones)(
  "100,000 random calendars, a third of them on a server in %s: the independent checker finds no window in protected time",
  async (zone) => {
    const chunk = 4_167;
    const first = 100_000 + serverZones.indexOf(zone) * 8 * chunk;
    for (let from = first; from < first + 8 * chunk; from += chunk) {
      const [summary] = await pairsInZone(zone, [{ from, count: chunk }]);
      expect(summary?.faults).toEqual([]);
      expect(summary?.overClockChange).toBeGreaterThan(80);
      expect(summary?.unprotectedOverlaps).toBeGreaterThan(40);
    }
  },
);
