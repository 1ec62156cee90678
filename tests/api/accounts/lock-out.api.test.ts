import { afterAll, beforeAll, expect, test } from "vitest";
import type { AccountReply } from "#core/accounts/wire/accounts.ts";
import { addTestAccount, confirmWaiting, newAddress, sessionOf } from "#tests/support/accounts.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import {
  enterAsUnknown,
  everyOwner,
  type Owner,
  strangersAddresses,
  tryAsStranger,
} from "#tests/support/lock-out.ts";

onOneEngine("a stranger who knows a sign-in name", ({ db }) => {
  let app: TestApp;
  let owners: readonly Owner[];
  beforeAll(async () => {
    app = await openTestApp(db());
    owners = await everyOwner(app, db());
  });
  afterAll(() => app.close());

  test("keeps nobody of any role out of their own browser or phone, from whatever addresses, theirs too", async () => {
    const served: Record<string, string> = {};
    for (const { name, way, enter } of owners) {
      let right = 0;
      for (let round = 0; round < 3; round += 1) {
        for (const address of strangersAddresses.slice(0, 4)) {
          await tryAsStranger(app, name, address);
        }
        if (await enter()) right += 1;
      }
      served[way] = `${right} of 3`;
    }
    expect(owners).toHaveLength(10);
    expect(served).toEqual(Object.fromEntries(owners.map(({ way }) => [way, "3 of 3"])));
    // The tries do count: the same right password waits where nobody is known.
    expect(await enterAsUnknown(app, "own.sergeant")).toBe(false);
  });

  test("keeps nobody from using a one-time secret", async () => {
    await addTestAccount(db(), { name: "gives.secret", role: "admin" });
    const admin = await sessionOf(app, "gives.secret");
    const made = await admin.send("POST", "/api/accounts", { name: "is.new", role: "sergeant" });
    const { id } = made.json<AccountReply>();
    const reply = await admin.send("POST", `/api/accounts/${id}/set-up`);
    const { secret } = reply.json<{ secret: string }>();
    await confirmWaiting(db(), "is.new");
    for (const address of strangersAddresses) await tryAsStranger(app, "is.new", address);
    const first = await app.app.inject({
      ...{ method: "POST", url: "/api/session/set-up", remoteAddress: newAddress() },
      payload: { name: "is.new", secret, password: "four geese over water" },
    });
    expect(first.statusCode, first.body).toBe(200);
  });
});
