import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import { paramsFromView } from "#client/hotspots/state/view-address.ts";
import {
  broughtUp,
  type Migration,
  versionOfLink,
  viewVersion,
} from "#client/hotspots/state/view-versions.ts";
import {
  canMoveOn,
  describeSaved,
  filtersOf,
  openSaved,
} from "#client/hotspots/views/saved-view.ts";
import { cellAt } from "#core/geo/cell.ts";
import { type SavedView, saveViewBody, viewFilters } from "#core/hotspots/wire/saved-views.ts";
import { usualView as usual } from "#tests/support/hotspots-view.ts";

const unusual: HotspotsView = {
  area: "ward:Edmonton Green",
  from: "2021-10-02",
  to: "2021-11-26",
  reported: ["complaint"],
  discovered: ["arrest", "stop_search"],
  types: ["drugs", "other-theft"],
  time: { days: [3, 4, 5], hours: { from: 22, to: 2 } },
  resolution: 10,
  measure: "significance",
  baseline: "before",
  isSideBySide: false,
  by: "cell",
  isSurface: false,
  cell: cellAt([-0.0635, 51.617], 10),
  showsKeepClear: false,
  factors: ["alley", "stop"],
  camera: { centre: [-0.0635, 51.617], zoom: 13.5 },
};

const everywhere = () => true;

function opened(filters: Record<string, string>, version = viewVersion, today = usual) {
  const result = openSaved({ saved: { filters, version }, usual: today, hasArea: everywhere });
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

describe("a saved view", () => {
  test("comes back as it was, but for the chosen place", () => {
    const filters = filtersOf(unusual, usual, { movesOn: false });
    expect(opened({ ...filters })).toEqual({ view: { ...unusual, cell: null }, notes: [] });
    expect(JSON.stringify(filters)).not.toContain(unusual.cell);
  });

  test("that moves on shows as many days up to the day on which it is opened", () => {
    const filters = filtersOf(unusual, usual, { movesOn: true });
    const later = { ...usual, from: "2021-12-04", to: "2022-01-28" };
    const { view } = opened({ ...filters }, viewVersion, later);
    expect([view.from, view.to]).toEqual(["2021-12-04", "2022-01-28"]);
    expect(filters).not.toHaveProperty("from");
  });

  test("that does not keeps its dates; dates that end earlier cannot move on", () => {
    const filters = filtersOf({ ...usual, to: "2021-10-31" }, usual, { movesOn: false });
    const later = { ...usual, from: "2021-12-04", to: "2022-01-28" };
    const { view } = opened({ ...filters }, viewVersion, later);
    expect([view.from, view.to]).toEqual(["2021-10-02", "2021-10-31"]);
    expect(canMoveOn({ ...usual, to: "2021-10-31" }, usual)).toBe(false);
    expect(canMoveOn({ ...usual, from: "2021-11-01" }, usual)).toBe(true);
  });

  test("holds only what the server lets be kept", () => {
    for (const movesOn of [true, false]) {
      const filters = filtersOf(unusual, usual, { movesOn });
      const body = { name: "x", isShared: false, version: viewVersion, filters };
      expect(saveViewBody.safeParse(body).success).toBe(true);
    }
    const known: readonly string[] = [...viewFilters, "cell"];
    for (const name of Object.keys(paramsFromView(unusual, usual))) expect(known).toContain(name);
  });

  test("of an area that is gone shows the whole command and says so", () => {
    const filters = { last: "56", area: "ward:Edmonton Green", measure: "significance" };
    const result = openSaved({
      saved: { filters, version: 1 },
      usual,
      hasArea: (area) => area === "",
    });
    expect(result).toEqual({
      ok: true,
      value: {
        view: { ...usual, measure: "significance" },
        notes: ['The area "Edmonton Green" no longer exists: the whole area is shown'],
      },
    });
  });

  test("with a part that this page does not know says what was left out", () => {
    const { view, notes } = opened({ last: "28", colour: "red" });
    expect(view.from).toBe("2021-10-30");
    expect(notes).toEqual(["Ignored, not known here: colour"]);
  });

  test("with values that cannot be read shows the usual in their place", () => {
    const { view } = opened({ last: "0", from: "2021-13-01", res: "77", hours: "30-40" });
    expect(view).toEqual(usual);
  });

  test("says what it would show before it is opened", () => {
    const saved: SavedView = {
      id: 1,
      name: "x",
      isOwn: false,
      isShared: true,
      person: "ana",
      version: 1,
      filters: filtersOf(unusual, usual, { movesOn: true }),
      changedAt: "2021-11-26T09:00:00Z",
    };
    const labelOf = (area: string) => area.replace("ward:", "");
    expect(describeSaved({ saved, usual, labelOf })).toBe(
      "Last 8 weeks · Thu to Sat 22:00-02:00 · Edmonton Green · complaints, arrests, stop and search · only drugs, other theft · significance · from ana",
    );
    const plain = { ...saved, isOwn: true, isShared: false };
    const dates = { from: "2021-10-04", to: "2021-10-10" };
    expect(describeSaved({ saved: { ...plain, filters: dates }, usual, labelOf })).toBe(
      "4 Oct to 10 Oct 2021",
    );
    expect(describeSaved({ saved: { ...plain, version: 99 }, usual, labelOf })).toMatch(
      /newer version/,
    );
  });
});

describe("versions of saved views", () => {
  const renamed: Migration = ({ measure, ...rest }) => ({ ...rest, ranking: measure ?? "count" });
  const doubled: Migration = ({ ranking, ...rest }) => ({ ...rest, ranking: `${ranking}-2` });

  test("an older one goes through every step up to the newest, a newest through none", () => {
    const known = [renamed, doubled];
    const value = (version: number, filters: Record<string, string>) => {
      const result = broughtUp(filters, version, known);
      return result.ok ? result.value : result.reason;
    };
    expect(value(1, { area: "x" })).toEqual({ area: "x", ranking: "count-2" });
    expect(value(2, { ranking: "hot" })).toEqual({ ranking: "hot-2" });
    expect(value(3, { ranking: "hot-2" })).toEqual({ ranking: "hot-2" });
    expect(value(4, {})).toMatch(/newer version of this page/);
  });

  test("a link that names no version is of the first", () => {
    expect([{}, { v: "3" }, { v: "-1" }, { v: "x" }, { v: "1.5" }].map(versionOfLink)).toEqual([
      1, 3, 1, 1, 1,
    ]);
  });

  const folder = "tests/golden/saved-views";
  const files = readdirSync(folder).sort();

  test("there is an example of each version", () => {
    const expected = Array.from({ length: viewVersion }, (_, index) => `version-${index + 1}.json`);
    expect(files).toEqual(expected);
  });

  for (const file of files) {
    test(`${file} still shows what it was saved for`, () => {
      const { version, filters } = JSON.parse(readFileSync(join(folder, file), "utf8"));
      // Types came later, and none are the usual.
      expect(opened(filters, version)).toEqual({
        view: { ...unusual, types: [], cell: null },
        notes: [],
      });
    });
  }
});
