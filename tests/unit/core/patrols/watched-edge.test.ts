import { expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import { watchedEdgeCells, watchReason } from "#core/patrols/plan/watch.ts";

const inner = disk(cellAt([-0.0385, 51.6235], 10), 6);
const outer = disk(cellAt([-0.02, 51.6235], 10), 4);
const edge = { neighbour: "Next", inner, outer, isInternal: false };
const given = { edgeZones: [edge], risen: new Set<string>(), alerts: [], isOwn: () => true };
const alertAt = (cells: typeof inner, since = "2021-11-21") => ({
  neighbour: "Next",
  cells,
  since,
});

test("an alert is looked at around its own cells, a rise by verdict in the whole edge of the own side", () => {
  expect(watchedEdgeCells(given)).toEqual([]);
  const [risen] = watchedEdgeCells({ ...given, risen: new Set(["Next"]) });
  expect(risen).toEqual({ neighbour: "Next", isInternal: false, cells: inner, since: null });
  const one = inner.slice(0, 1);
  const [alerted] = watchedEdgeCells({
    ...given,
    risen: new Set(["Next"]),
    alerts: [alertAt(one), alertAt(inner.slice(1, 2), "2021-11-24")],
  });
  expect(alerted?.since).toBe("2021-11-21");
  expect(alerted?.cells.length).toBeGreaterThan(10);
  expect(alerted?.cells.length).toBeLessThan(inner.length);
});

test("of one that lies beyond the line altogether the own side is looked at, and no cell of a neighbour", () => {
  const own = new Set(inner);
  const [far] = watchedEdgeCells({
    ...given,
    alerts: [alertAt(outer.slice(0, 2))],
    isOwn: (cell) => own.has(cell),
  });
  expect(far?.cells).toEqual(inner);
});

test("the reason says which line and since when, or what the assessment says", () => {
  const watch = watchedEdgeCells({ ...given, alerts: [alertAt(inner.slice(0, 1))] });
  const [stop] = watch[0]?.cells ?? [];
  expect(watchReason(stop ? [stop] : [], watch)).toBe(
    "Watch stop: boundary with Next under alert since 21 November. Check whether the problem moved here.",
  );
  const within = watch.map((one) => ({ ...one, neighbour: "A-B", isInternal: true }));
  expect(watchReason(stop ? [stop] : [], within)).toContain("the A-B boundary under alert");
  const byVerdict = watchedEdgeCells({ ...given, risen: new Set(["Next"]) });
  expect(watchReason(inner.slice(3, 4), byVerdict)).toContain("Reports rose beside this boundary");
});
