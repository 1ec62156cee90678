import { expect, test } from "vitest";
import { createUndoHistory } from "#client/state/undo.ts";

test("steps are taken back newest first and named", async () => {
  const history = createUndoHistory();
  const undone: string[] = [];
  history.remember({ name: "change dates", undo: () => void undone.push("dates") });
  history.remember({ name: "choose sources", undo: () => void undone.push("kinds") });
  expect(await history.undoLast()).toBe("choose sources");
  expect(await history.undoLast()).toBe("change dates");
  expect(await history.undoLast()).toBeNull();
  expect(undone).toEqual(["kinds", "dates"]);
});

test("a step is taken back on its own screen alone, and done again there", async () => {
  let screen = "hotspots";
  const history = createUndoHistory(() => screen);
  const seen: string[] = [];
  const step = (name: string) => ({
    name,
    undo: () => void seen.push(`undo ${name}`),
    redo: () => void seen.push(`redo ${name}`),
  });
  history.remember(step("filter"));
  screen = "plan";
  history.remember(step("move"));
  expect(await history.undoLast()).toBe("move");
  expect(history.lastHere(history.steps.get())).toBeUndefined();
  expect(await history.undoLast()).toBeNull();
  screen = "hotspots";
  expect(await history.redoLast()).toBeNull();
  history.remember(step("dates"));
  expect(await history.undoLast()).toBe("dates");
  expect(await history.undoLast()).toBe("filter");
  screen = "plan";
  expect(await history.redoLast()).toBe("move");
  expect(seen).toEqual(["undo move", "undo dates", "undo filter", "redo move"]);
});

test("what is saved without a step ends what can be taken back, and done again, on its screen", async () => {
  let screen = "outreach";
  const history = createUndoHistory(() => screen);
  const step = (name: string) => ({ name, undo: () => undefined, redo: () => undefined });
  history.remember(step("cancel Tue 30 Nov"));
  history.remember(step("cancel Tue 7 Dec"));
  await history.undoLast();
  screen = "plan";
  history.remember(step("move"));
  screen = "outreach";
  history.end();
  expect(history.lastHere(history.steps.get())).toBeUndefined();
  expect(await history.undoLast()).toBeNull();
  expect(await history.redoLast()).toBeNull();
  history.remember(step("police came"));
  expect(await history.undoLast()).toBe("police came");
  screen = "plan";
  expect(await history.undoLast()).toBe("move");
});

test("a step that the server refuses to take back says why", async () => {
  const history = createUndoHistory();
  const refuse = () => Promise.reject(new Error("gone"));
  history.remember({ name: "import", undo: refuse });
  await expect(history.undoLast()).rejects.toThrow("gone");
});

test("what was taken back elsewhere leaves no step, and those of other things stay", async () => {
  const history = createUndoHistory();
  const noUndo = () => undefined;
  history.remember({ name: "import a.csv", of: "import 6", undo: noUndo });
  history.remember({ name: "import b.csv", of: "import 7", undo: noUndo });
  history.remember({ name: "choose dates", undo: noUndo });
  history.forget("import 7");
  expect(history.steps.get().map(({ name }) => name)).toEqual(["import a.csv", "choose dates"]);
});

test("only the last fifty steps are kept", () => {
  const history = createUndoHistory();
  for (let step = 1; step <= 60; step += 1) {
    history.remember({ name: `step ${step}`, undo: () => undefined });
  }
  expect(history.steps.get().length).toBe(50);
  expect(history.steps.get()[0]?.name).toBe("step 11");
});

test("what was taken back can be done again, in order, until a new step is taken", async () => {
  const history = createUndoHistory();
  const seen: string[] = [];
  const step = (name: string) => ({
    name,
    undo: () => void seen.push(`undo ${name}`),
    redo: () => void seen.push(`redo ${name}`),
  });
  history.remember(step("dates"));
  history.remember(step("kinds"));
  await history.undoLast();
  await history.undoLast();
  expect(await history.redoLast()).toBe("dates");
  expect(history.steps.get().map(({ name }) => name)).toEqual(["dates"]);
  expect(await history.redoLast()).toBe("kinds");
  expect(await history.redoLast()).toBeNull();
  expect(seen).toEqual(["undo kinds", "undo dates", "redo dates", "redo kinds"]);
  await history.undoLast();
  history.remember(step("area"));
  expect(await history.redoLast()).toBeNull();
});

test("a step that cannot be done again ends what could be done again after it", async () => {
  const history = createUndoHistory();
  history.remember({ name: "import", undo: () => undefined });
  history.remember({ name: "dates", undo: () => undefined, redo: () => undefined });
  await history.undoLast();
  expect(history.undone.get().length).toBe(1);
  await history.undoLast();
  expect(history.undone.get()).toEqual([]);
});

test("a step that could not be taken back is not offered to be done again", async () => {
  const history = createUndoHistory();
  const refuse = () => Promise.reject(new Error("gone"));
  history.remember({ name: "import", undo: refuse, redo: () => undefined });
  await expect(history.undoLast()).rejects.toThrow("gone");
  expect(history.undone.get()).toEqual([]);
});
