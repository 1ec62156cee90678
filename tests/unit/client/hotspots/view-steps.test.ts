import { expect, test } from "vitest";
import { type HotspotsView, wholeWeek } from "#client/hotspots/state/view.ts";
import { changedFields, createViewSteps, stepName } from "#client/hotspots/state/view-steps.ts";
import { createUndoHistory } from "#client/state/undo.ts";
import { cellAt } from "#core/geo/cell.ts";
import { usualView as usual } from "#tests/support/hotspots-view.ts";

function openSteps() {
  const history = createUndoHistory();
  let view = usual;
  let at = 0;
  const set = (part: Partial<HotspotsView>) => {
    view = { ...view, ...part };
  };
  const steps = createViewSteps({ get: () => view, set, history, now: () => at });
  return {
    history,
    take: steps.take,
    look: set,
    view: () => view,
    pass: (milliseconds: number) => {
      at += milliseconds;
    },
    names: () => history.steps.get().map(({ name }) => name),
  };
}

test("each choice is a step that its fields name", () => {
  const { take, names, pass } = openSteps();
  take({ area: "Haringey" });
  take({ from: "2021-11-01", to: "2021-11-07" });
  pass(5000);
  take({ reported: ["complaint"], discovered: ["arrest"] });
  take({ time: { days: [4], hours: { from: 20, to: 2 } } });
  take({ resolution: 10 });
  take({ measure: "significance" });
  expect(names()).toEqual([
    "change area",
    "change dates",
    "choose sources",
    "change days and hours",
    "change cell size",
    "change measure",
  ]);
});

test("undo and redo go through the steps one by one and end where they began", async () => {
  const { take, history, view } = openSteps();
  take({ area: "Haringey" });
  take({ measure: "significance" });
  const after = view();
  await history.undoLast();
  expect(view()).toEqual({ ...usual, area: "Haringey" });
  await history.undoLast();
  expect(view()).toEqual(usual);
  await history.redoLast();
  await history.redoLast();
  expect(view()).toEqual(after);
});

test("taking a step back leaves what was looked at since: map, chosen place, layers", async () => {
  const { take, look, history, view } = openSteps();
  take({ measure: "significance" });
  const looked = {
    camera: { centre: [-0.06, 51.61], zoom: 14 },
    cell: cellAt([-0.0635, 51.617], 9),
    factors: ["stop"],
  } as const;
  look(looked);
  await history.undoLast();
  expect(view()).toEqual({ ...usual, ...looked });
});

test("looking is no step, and neither is choosing what is chosen already", () => {
  const { take, names } = openSteps();
  take({ cell: cellAt([-0.0635, 51.617], 9), showsKeepClear: false });
  take({ from: usual.from, to: usual.to, reported: ["complaint", "sighting"] });
  expect(names()).toEqual([]);
});

test("a drag is one step however long it lasts; quick repeats are one; a pause begins another", async () => {
  const { take, history, names, view, pass } = openSteps();
  take({ from: "2021-10-09", to: usual.to });
  for (const day of ["16", "23", "30"]) {
    pass(4000);
    take({ from: `2021-10-${day}`, to: usual.to }, { continues: true });
  }
  expect(names()).toEqual(["change dates"]);
  pass(1000);
  take({ from: "2021-11-06" });
  expect(names()).toEqual(["change dates"]);
  pass(2000);
  take({ from: "2021-11-13" });
  expect(names()).toEqual(["change dates", "change dates"]);
  await history.undoLast();
  expect(view().from).toBe("2021-11-06");
  await history.undoLast();
  expect(view()).toEqual(usual);
  await history.redoLast();
  expect(view().from).toBe("2021-11-06");
});

test("a drag that goes on after something else came in between is a step of its own", () => {
  const { take, names } = openSteps();
  take({ from: "2021-10-09" });
  take({ measure: "significance" });
  take({ from: "2021-10-16" }, { continues: true });
  expect(names()).toEqual(["change dates", "change measure", "change dates"]);
});

test("after an undo the next quick change is a step again, not part of one that is gone", async () => {
  const { take, history, names } = openSteps();
  take({ from: "2021-10-09" });
  await history.undoLast();
  take({ from: "2021-10-16" });
  expect(names()).toEqual(["change dates"]);
  expect(history.undone.get()).toEqual([]);
});

test("another view as a whole is one step under its own name", async () => {
  const { take, history, names, view } = openSteps();
  take({ ...usual, area: "Enfield", measure: "significance" }, { name: "open a link" });
  expect(names()).toEqual(["open a link"]);
  await history.undoLast();
  expect(view()).toEqual(usual);
});

test("fields are compared by what they hold", () => {
  const same = { ...usual, reported: [...usual.reported], time: { ...wholeWeek } };
  expect(changedFields(usual, same)).toEqual([]);
  expect(stepName(["camera", "cell"])).toBeNull();
  expect(stepName(changedFields(usual, { ...usual, to: "2021-11-01", resolution: 8 }))).toBe(
    "change dates",
  );
});
