import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** The address bar of a browser, which tells of a person's change by an event that comes later. */
let hash: string;
let told: (() => void)[];
let steps: number;

beforeEach(() => {
  hash = "#/hotspots?from=2021-10-02";
  told = [];
  steps = 0;
  vi.resetModules();
  const write = (_state: unknown, _title: string, fragment: string) => {
    hash = fragment;
  };
  vi.stubGlobal("window", {
    addEventListener: (_name: string, listener: () => void) => told.push(listener),
    location: {
      get hash() {
        return hash;
      },
    },
    history: {
      state: null,
      replaceState: write,
      pushState: (...given: Parameters<typeof write>) => {
        steps += 1;
        write(...given);
      },
    },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const load = () => import("#client/state/url.ts");

test("an address typed while Hotspots writes its own is kept, with or without the slash", async () => {
  for (const typed of ["#/records", "#records"]) {
    hash = "#/hotspots?from=2021-10-02";
    vi.resetModules();
    const { address, replaceParams } = await load();
    hash = typed;
    replaceParams("hotspots", { from: "2021-10-09" });
    expect(hash).toBe(typed);
    expect(address.get().screen).toBe("records");
  }
});

test("no write of a screen that was left reaches the address: not its state, not a step", async () => {
  const { address, changeParams, navigate, replaceParams, step } = await load();
  navigate("records", { part: "quality" });
  replaceParams("hotspots", { from: "2021-10-09" });
  changeParams("hotspots", { from: "2021-10-09" });
  step("hotspots", {});
  expect(hash).toBe("#/records?part=quality");
  expect(address.get()).toEqual({ screen: "records", params: { part: "quality" } });
  expect(steps).toBe(1);
});

test("the open screen writes its state, keeps the rest of it, and adds steps", async () => {
  const { changeParams, replaceParams, step } = await load();
  replaceParams("hotspots", { from: "2021-10-09", res: "8" });
  changeParams("hotspots", { res: "9" });
  expect(hash).toBe("#/hotspots?from=2021-10-09&res=9");
  expect(steps).toBe(0);
  step("hotspots", { res: "10" });
  expect(hash).toBe("#/hotspots?res=10");
  expect(steps).toBe(1);
});

test("a first screen does not stand over one that was typed meanwhile, and is no step of its own", async () => {
  hash = "";
  const { redirect } = await load();
  redirect("", "hotspots");
  expect(hash).toBe("#/hotspots");
  expect(steps).toBe(0);
  hash = "#/records";
  redirect("", "hotspots");
  expect(hash).toBe("#/records");
});

test("every change of the address is heard, once", async () => {
  const { address } = await load();
  const heard: string[] = [];
  address.subscribe(() => heard.push(address.get().screen));
  hash = "#/plan";
  for (const listener of told) listener();
  for (const listener of told) listener();
  expect(heard).toEqual(["plan"]);
});
