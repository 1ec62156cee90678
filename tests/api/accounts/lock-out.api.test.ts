import { beforeAll, expect, test } from "vitest";
import type { AccountReply } from "#core/accounts/wire/accounts.ts";
import {
  addTestAccount,
  asOwner,
  confirmWaiting,
  newAddress,
  sessionOf,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import {
  enterAsUnknown,
  everyOwner,
  type Owner,
  strangersAddresses,
  tryAsStranger,
} from "#tests/support/lock-out.ts";

onOneEngine("a stranger who knows a sign-in name", ({ db }) => {
  const app = appWith(db);
  let owners: readonly Owner[];
  beforeAll(async () => {
    owners = await everyOwner(app, db());
  });

  test("keeps nobody of any role out of their own browser or phone, from whatever addresses, theirs too", async () => {
    const served: Record<string, string> = {};
    for (const { name, way, enter } of owners) {
      let right = 0;
      for (let round = 0; round < 2; round += 1) {
        for (const address of strangersAddresses.slice(0, 3)) {
          await tryAsStranger(app, name, address);
        }
        // As after the tries of hours, at the name and at the owner's own address.
        await asOwner(
          db(),
          "update sign_in_failure set waits_until = now() + interval '10 minutes' where failures > 0",
        );
        if (await enter()) right += 1;
      }
      served[way] = `${right} of 2`;
    }
    expect(owners).toHaveLength(10);
    expect(served).toEqual(Object.fromEntries(owners.map(({ way }) => [way, "2 of 2"])));
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
      method: "POST",
      url: "/api/session/set-up",
      remoteAddress: newAddress(),
      payload: { name: "is.new", secret, password: "four geese over water" },
    });
    expect(first.statusCode, first.body).toBe(200);
  });
});
