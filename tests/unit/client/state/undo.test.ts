import { expect, test } from "vitest";
import { createUndoHistory } from "#client/state/undo.ts";

test("steps are taken back newest first and named", async () => {
  const history = createUndoHistory();
  const undone: string[] = [];
  history.remember({ name: "change dates", undo: () => void undone.push("dates") });
  history.remember({ name: "choose kinds", undo: () => void undone.push("kinds") });
  expect(await history.undoLast()).toBe("choose kinds");
  expect(await history.undoLast()).toBe("change dates");
  expect(await history.undoLast()).toBeNull();
  expect(undone).toEqual(["kinds", "dates"]);
});

test("a step that the server refuses to take back says why", async () => {
  const history = createUndoHistory();
  const refuse = () => Promise.reject(new Error("gone"));
  history.remember({ name: "import", undo: refuse });
  await expect(history.undoLast()).rejects.toThrow("gone");
});

test("only the last fifty steps are kept", () => {
  const history = createUndoHistory();
  for (let step = 1; step <= 60; step += 1) {
    history.remember({ name: `step ${step}`, undo: () => undefined });
  }
  expect(history.steps.get().length).toBe(50);
  expect(history.steps.get()[0]?.name).toBe("step 11");
});
