import { expect, test } from "vitest";
import { prove } from "#server/accounts/prove.ts";
import { Problem } from "#server/problem.ts";
import {
  addTestAccount,
  asOwner,
  goodPassword,
  newAddress,
  tryPassword,
} from "#tests/support/accounts.ts";
import { openTestApp } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";

onOneEngine("a browser that somebody signed in from", ({ db }) => {
  const test_ = appWith(db);

  const browserOf = async (name: string, app = test_) => {
    const reply = await tryPassword(app, name);
    expect(reply.statusCode, reply.body).toBe(200);
    return Object.fromEntries(reply.cookies.map((one) => [one.name, one.value]));
  };
  const tryFrom = (
    cookies: Record<string, string>,
    typed: { readonly name: string; readonly password?: string; readonly address: string },
  ) =>
    test_.app.inject({
      method: "POST",
      url: "/api/session",
      payload: { name: typed.name, password: typed.password ?? goodPassword },
      remoteAddress: typed.address,
      cookies: { browser: cookies["browser"] ?? "" },
    });
  const failures = (kind: string) =>
    asOwner<{ failures: number }>(
      db(),
      `select failures from sign_in_failure where kind = '${kind}' and failures > 0`,
    );

  test("waits for no stranger who fails at its name, nor for one at its address", async () => {
    await addTestAccount(db(), { name: "lane.one" });
    const cookies = await browserOf("lane.one");
    const address = newAddress();
    for (let time = 0; time < 31; time += 1) await tryPassword(test_, "lane.one", "wrong", address);
    expect((await tryPassword(test_, "lane.one", goodPassword, newAddress())).statusCode).toBe(429);
    expect((await tryPassword(test_, "lane.other", goodPassword, address)).statusCode).toBe(401);
    for (let time = 0; time < 20; time += 1) {
      await tryPassword(test_, `nobody.${time}`, "wrong", address);
    }
    expect((await tryPassword(test_, "lane.other", goodPassword, address)).statusCode).toBe(429);
    expect((await tryFrom(cookies, { name: "Lane.One ", address })).statusCode).toBe(200);
  });

  test("is known for the names that signed in from it alone, and by no cookie that was made up", async () => {
    await addTestAccount(db(), { name: "lane.two" });
    await addTestAccount(db(), { name: "lane.three" });
    const cookies = await browserOf("lane.two");
    for (let time = 0; time < 8; time += 1) await tryPassword(test_, "lane.three", "wrong");
    const address = newAddress();
    expect((await tryFrom(cookies, { name: "lane.three", address })).statusCode).toBe(429);
    const [id = "", own = "", ...marks] = (cookies["browser"] ?? "").split(".");
    for (let time = 0; time < 8; time += 1) await tryPassword(test_, "lane.two", "wrong");
    for (const browser of [
      `${id}.${own}`,
      `${id}.${own}.${"A".repeat(43)}`,
      `${"B".repeat(22)}.${own}.${marks.join(".")}`,
      "..",
      "x".repeat(3_000),
    ]) {
      expect((await tryFrom({ browser }, { name: "lane.two", address })).statusCode).toBe(429);
    }
    expect((await tryFrom(cookies, { name: "lane.two", address })).statusCode).toBe(200);
  });

  test("has to wait like others where it is wrong itself", async () => {
    await addTestAccount(db(), { name: "lane.four" });
    const cookies = await browserOf("lane.four");
    const wrong = { name: "lane.four", password: "not the one", address: newAddress() };
    const seen: number[] = [];
    for (let time = 0; time < 7; time += 1) seen.push((await tryFrom(cookies, wrong)).statusCode);
    expect(seen).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect((await tryPassword(test_, "lane.four")).statusCode).toBe(200);
  });

  test("says nothing by its cookie, which only the server reads; a partner's computer gets none", async () => {
    await addTestAccount(db(), { name: "lane.five" });
    await addTestAccount(db(), { name: "lane.partner", role: "partner", partner: "north" });
    const reply = await tryPassword(test_, "lane.five");
    const cookie = reply.cookies.find(({ name }) => name === "browser");
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
    expect(cookie?.value).not.toMatch(/lane|five/);
    const partner = await tryPassword(test_, "lane.partner");
    expect(partner.statusCode).toBe(200);
    expect(partner.cookies.map(({ name }) => name)).not.toContain("browser");
  });

  test("keeps the last six names", async () => {
    let cookies: Record<string, string> = {};
    for (let at = 1; at <= 7; at += 1) {
      await addTestAccount(db(), { name: `desk.${at}` });
      const reply = await tryFrom(cookies, { name: `desk.${at}`, address: newAddress() });
      cookies = Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]));
    }
    expect(cookies["browser"]?.split(".")).toHaveLength(8);
    for (const at of [1, 2]) {
      for (let time = 0; time < 8; time += 1) await tryPassword(test_, `desk.${at}`, "wrong");
    }
    const statusOf = async (at: number) =>
      (await tryFrom(cookies, { name: `desk.${at}`, address: newAddress() })).statusCode;
    expect([await statusOf(1), await statusOf(2)]).toEqual([429, 200]);
  });

  test("a try that the server was too busy for counts nowhere", async () => {
    await asOwner(db(), "delete from sign_in_failure");
    const claim = (isProven: () => Promise<boolean>) =>
      prove(
        test_.services,
        { name: "lane.six", address: newAddress(), act: "sign in", isProven },
        async () => undefined,
      );
    const busy = () => Promise.reject(new Problem(503, "Too many", "Try again."));
    for (let time = 0; time < 9; time += 1) await expect(claim(busy)).rejects.toThrow("Too many");
    expect([await failures("name"), await failures("address")]).toEqual([[], []]);
    // What is judged wrong counts, and a fault of another kind is no way around it.
    await expect(claim(async () => false)).rejects.toThrow("Not signed in");
    await expect(claim(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await failures("name")).toEqual([{ failures: 2 }]);
  });

  test("is served after a restart too, however often strangers call from its address", async () => {
    await addTestAccount(db(), { name: "lane.seven" });
    const limits = { strangers: 12, signIns: 6 };
    const address = newAddress();
    const cookies = await browserOf("lane.seven");
    const again = await openTestApp(db(), { limits });
    const call = (sent: Record<string, string>, url = "/api/session") =>
      again.app.inject({ url, cookies: sent, remoteAddress: address });
    for (let time = 0; time < 13; time += 1) await call({}, "/api/events");
    expect((await call({})).statusCode).toBe(429);
    expect((await call({ ...cookies, browser: "made up" })).statusCode).toBe(429);
    expect((await call(cookies)).json()).toMatchObject({ person: "lane.seven" });
    const signIn = { name: "lane.seven", password: goodPassword };
    const reply = await again.app.inject({
      method: "POST",
      url: "/api/session",
      payload: signIn,
      remoteAddress: address,
      cookies: { browser: cookies["browser"] ?? "" },
    });
    expect(reply.statusCode).toBe(200);
    await again.close();
  });
});
