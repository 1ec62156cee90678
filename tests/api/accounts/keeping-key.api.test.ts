import { beforeAll, expect, test } from "vitest";
import { keepingKeyReply } from "#core/accounts/wire/keeping.ts";
import { keepingKeyOf } from "#server/accounts/keeping-key.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { addPartners } from "#tests/support/partner-care.ts";

onOneEngine("the key by which a phone seals what it could not send", ({ db }) => {
  const test_ = appWith(db);
  beforeAll(async () => {
    await addPartners(test_, { a: "Van a", b: "Van b" });
  });

  const keyFor = async (partner: "a" | "b") => {
    const caller = await test_.as("partner", partner);
    return keepingKeyReply.parse((await caller.get("/api/session/keeping-key")).json()).key;
  };

  test("is the same at every sign-in of a person and another one for everybody else", async () => {
    expect(await keyFor("a")).toBe(await keyFor("a"));
    expect(await keyFor("a")).not.toBe(await keyFor("b"));
    const { config } = test_.services;
    const actor = { person: "n.lee", role: "partner", partner: "a" } as const;
    const keys = [
      keepingKeyOf(config, { actor, accountId: "1" }),
      keepingKeyOf(config, { actor, accountId: "2" }),
      keepingKeyOf(config, { actor: { ...actor, partner: "b" }, accountId: "1" }),
      keepingKeyOf({ ...config, secret: "another secret" }, { actor, accountId: "1" }),
    ].map((key) => key.toString("hex"));
    expect(new Set(keys).size).toBe(4);
  });
});
