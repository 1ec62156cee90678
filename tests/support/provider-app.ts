import { afterAll, beforeAll, beforeEach } from "vitest";
import { createApp } from "#server/app/app.ts";
import type { Database } from "#server/db/database.ts";
import { addTestAccount, asOwner } from "#tests/support/accounts.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { startTestProvider, type TestProvider } from "#tests/support/oidc-provider.ts";

/** The cookies of one browser, by host. */
export type Jar = Map<string, Map<string, string>>;

/** The server behind an identity provider, and a browser's ways through both. */
export function providerApp(db: () => Database) {
  const at = {} as {
    /** Without a provider. */
    base: TestApp;
    app: Awaited<ReturnType<typeof createApp>>;
    provider: TestProvider;
    /** Its address. */
    server: string;
  };
  beforeAll(async () => {
    at.base = await openTestApp(db());
    at.provider = await startTestProvider();
    const config = { ...at.base.services.config, oidc: at.provider.oidc };
    at.app = await createApp({ ...at.base.services, config });
    at.server = await at.app.listen({ host: "127.0.0.1", port: 0 });
    at.provider.expect(at.server);
  });
  afterAll(async () => {
    await at.provider.close();
    await at.app.close();
    await at.base.close();
  });
  beforeEach(() => {
    at.provider.person.subject = "nobody-in-particular";
    at.provider.person.preferredName = null;
  });

  /** As a browser does: each host gets back the cookies that it set. */
  const step = async (url: string, jar: Jar) => {
    const { host } = new URL(url);
    const own = jar.get(host) ?? new Map<string, string>();
    jar.set(host, own);
    const cookie = [...own].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await fetch(url, { redirect: "manual", headers: cookie ? { cookie } : {} });
    for (const line of reply.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") own.delete(name);
      else own.set(name, value);
    }
    const to = reply.headers.get("location");
    return { reply, to: to === null ? null : new URL(to, url).href };
  };
  /** Follows the provider to the address that comes back to the tool, without going there. */
  const goThere = async (jar: Jar) => {
    let { to } = await step(`${at.server}/api/session/provider`, jar);
    for (let n = 0; n < 12 && to !== null && !to.startsWith(at.server); n += 1) {
      ({ to } = await step(to, jar));
    }
    if (to === null) throw new Error("The provider did not send the browser back");
    return to;
  };
  const signIn = async (jar: Jar = new Map()) => {
    const back = await step(await goThere(jar), jar);
    return { ...back, jar, isIn: back.to === `${at.server}/` };
  };
  const who = async (jar: Jar) =>
    (await (await step(`${at.server}/api/session`, jar)).reply.json()) as Record<string, unknown>;
  const awaits = async (
    name: string,
    oidcName: string,
    role: "sergeant" | "auditor" = "sergeant",
  ) => {
    await addTestAccount(db(), { name, role, withoutPassword: true });
    await asOwner(db(), "update account set oidc_name = $2 where name = $1", [name, oidcName]);
  };

  return { at, step, goThere, signIn, who, awaits };
}
