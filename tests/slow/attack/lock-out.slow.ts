import { beforeAll, expect, test } from "vitest";
import { appWith } from "#tests/support/app-with.ts";
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
  const app = appWith(db);
  let owners: readonly Owner[];
  beforeAll(async () => {
    owners = await everyOwner(app, db());
  });

  test("every right try of every role is served, in a known browser or on a phone of its own", async () => {
    let isOver = false;
    let refused = 0;
    const knock = async (address: string, at: number) => {
      for (let round = at; !isOver; round += 1) {
        refused += await tryAsStranger(app, owners[round % owners.length]?.name ?? "", address);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const strangers = strangersAddresses.map(knock);
    let slowest = 0;
    const entered = async (enter: () => Promise<boolean>) => {
      let count = 0;
      for (let time = 0; time < tries; time += 1) count += Number(await enter());
      return count;
    };
    const served: Record<string, number> = {};
    for (const { way, enter } of owners) {
      served[way] = await entered(async () => {
        const from = performance.now();
        const isIn = await enter();
        slowest = Math.max(slowest, performance.now() - from);
        return isIn;
      });
    }
    const unknown: Record<string, number> = {};
    for (const { name } of owners.filter(({ way }) => way.includes("password"))) {
      unknown[name] = await entered(() => enterAsUnknown(app, name));
    }
    isOver = true;
    await Promise.all(strangers);
    console.log({ served, of: tries, slowestMs: Math.round(slowest), refused, unknown });
    expect(served).toEqual(Object.fromEntries(owners.map(({ way }) => [way, tries])));
  });
});
