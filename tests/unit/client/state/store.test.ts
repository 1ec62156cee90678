import { expect, test } from "vitest";
import { createStore } from "#client/state/store.ts";

test("listeners hear real changes only, and not after they left", () => {
  const store = createStore(1);
  let heard = 0;
  const leave = store.subscribe(() => {
    heard += 1;
  });
  store.set((value) => value + 1);
  store.set((value) => value);
  leave();
  store.set((value) => value + 1);
  expect([store.get(), heard]).toEqual([3, 1]);
});

test("a listener that leaves while it is told does not make another miss the change", () => {
  const store = createStore("a");
  const heard: string[] = [];
  const leave = store.subscribe(() => {
    heard.push("first");
    leave();
  });
  store.subscribe(() => heard.push("second"));
  store.set(() => "b");
  expect(heard).toEqual(["first", "second"]);
});
