import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import {
  enterAsUnknown,
  everyOwner,
  type Owner,
  strangersAddresses,
  tryAsStranger,
} from "#tests/support/lock-out.ts";

/** Right tries of each owner while strangers never stop; hashes cost here what they cost in use. */
const tries = 19;

onOneEngine("strangers at twenty addresses who know every sign-in name", ({ db }) => {
  let app: TestApp;
  let owners: readonly Owner[];
  beforeAll(async () => {
    app = await openTestApp(db());
    owners = await everyOwner(app, db());
  });
  afterAll(() => app.close());

  test("every right try of every role is served, in a known browser or on a phone of its own", async () => {
    let isOver = false;
    let refused = 0;
    const strangers = strangersAddresses.map(async (address, at) => {
      for (let round = at; !isOver; round += 1) {
        refused += await tryAsStranger(app, owners[round % owners.length]?.name ?? "", address);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    const served: Record<string, number> = {};
    let slowest = 0;
    for (const { way, enter } of owners) {
      served[way] = 0;
      for (let time = 0; time < tries; time += 1) {
        const from = performance.now();
        if (await enter()) served[way] += 1;
        slowest = Math.max(slowest, performance.now() - from);
      }
    }
    const unknown: Record<string, number> = {};
    for (const { name } of owners.filter(({ way }) => way.includes("password"))) {
      unknown[name] = 0;
      for (let time = 0; time < tries; time += 1) {
        if (await enterAsUnknown(app, name)) unknown[name] += 1;
      }
    }
    isOver = true;
    await Promise.all(strangers);
    console.log({ served, of: tries, slowestMs: Math.round(slowest), refused, unknown });
    expect(served).toEqual(Object.fromEntries(owners.map(({ way }) => [way, tries])));
  });
});
