import { beforeAll, expect, test } from "vitest";
import type { AccountReply } from "#core/accounts/wire/accounts.ts";
import type { OpeningsReply } from "#core/accounts/wire/openings.ts";
import type { Role } from "#core/role.ts";
import { fillPlaces } from "#server/places/load.ts";
import {
  addTestAccount,
  callerWith,
  type SignedIn,
  sessionOf,
  trySecret,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";

const good = "four geese over water";

onOneEngine(
  "SAFEGUARDS 13, 23: a warden coordinator's account",
  ({ db }) => {
    const app = appWith(db);
    let admin: SignedIn;
    let second: SignedIn;
    let sergeant: SignedIn;
    beforeAll(async () => {
      const people: readonly (readonly [string, Role])[] = [
        ["the.admin", "admin"],
        ["other.admin", "admin"],
        ["the.sergeant", "sergeant"],
      ];
      for (const [name, role] of people) await addTestAccount(db(), { name, role });
      await addTestAccount(db(), { name: "north.worker", role: "partner", partner: "north" });
      [admin, second, sergeant] = (await Promise.all(
        people.map(([name]) => sessionOf(app, name)),
      )) as [SignedIn, SignedIn, SignedIn];
      for (const name of ["Town wardens", "Station security"]) {
        const kind = name.endsWith("wardens") ? "wardens" : "security";
        const made = await admin.send("POST", "/api/patrol-partners", {
          name,
          kind,
          kmh: 4,
          areas: [],
        });
        expect(made.statusCode, made.body).toBe(200);
      }
    });

    const add = (body: object) => admin.send("POST", "/api/accounts", body);

    test("belongs to one patrol partner, and stays with it", async () => {
      const without = await add({ name: "no.partner", role: "warden" });
      expect([without.statusCode, without.json().detail]).toEqual([
        422,
        "The warden role needs a patrol partner.",
      ]);
      expect((await add({ name: "un.known", role: "warden", partner: "north" })).statusCode).toBe(
        422,
      );
      const outreach = await add({ name: "out.reach", role: "partner", partner: "town-wardens" });
      expect(outreach.statusCode).toBe(422);
      const made = await add({ name: "a.warden", role: "warden", partner: "town-wardens" });
      expect(made.json<AccountReply>()).toMatchObject({ role: "warden", partner: "town-wardens" });
      const { id } = made.json<AccountReply>();
      const moved = await admin.send("PATCH", `/api/accounts/${id}`, {
        partner: "station-security",
      });
      expect([moved.statusCode, moved.json().detail]).toEqual([
        409,
        "A warden coordinator stays with its patrol partner. Add another account instead.",
      ]);
      const renamed = await admin.send("PATCH", `/api/accounts/${id}`, { shownName: "A warden" });
      expect(renamed.json<AccountReply>()).toMatchObject({ partner: "town-wardens" });
    });

    test("opens nothing before a second person, who is a sergeant and no administrator, has confirmed it", async () => {
      const name = "new.warden";
      const { id } = (
        await add({ name, role: "warden", partner: "town-wardens" })
      ).json<AccountReply>();
      const { secret, waits } = (await admin.send("POST", `/api/accounts/${id}/set-up`)).json<{
        secret: string;
        waits: boolean;
      }>();
      expect(waits).toBe(true);
      expect((await trySecret(app, name, secret, good)).statusCode).toBe(403);
      const { openings } = (await sergeant.get("/api/openings")).json<OpeningsReply>();
      const asked = openings.find((one) => one.account === name && one.state === "waits");
      // Whoever confirms reads whose account it is.
      expect(asked).toMatchObject({
        act: "made",
        role: "warden",
        mayDecide: true,
        partner: "Town wardens",
      });
      const say = (who: SignedIn) => who.send("POST", `/api/openings/${asked?.id}/confirm`);
      expect((await say(admin)).statusCode).toBe(403);
      expect((await say(second)).statusCode, "another administrator").toBe(403);
      expect((await say(sergeant)).statusCode).toBe(200);
      const first = await trySecret(app, name, secret, good);
      expect(first.statusCode, first.body).toBe(200);
      const warden = callerWith(app, first);
      const { patrolPartners } = (await warden.get("/api/patrol-partners")).json();
      expect(patrolPartners).toMatchObject([{ code: "town-wardens", name: "Town wardens" }]);
      expect((await warden.get("/api/warden/windows?from=2021-11-26")).json()).toMatchObject({
        windows: [],
        patrolPartner: { code: "town-wardens" },
      });
    });

    test("a patrol partner is kept by an administrator: nonsense is refused by name, and nothing half-saved", async () => {
      const send = (body: object) => admin.send("POST", "/api/patrol-partners", body);
      const good = { name: "Night marshals", kind: "marshals", kmh: 4.5, areas: [] };
      for (const bad of [
        { ...good, kmh: 40 },
        { ...good, name: "  " },
        { ...good, kind: "police" },
        { ...good, areas: ["Atlantis"] },
        { ...good, name: "Town wardens" },
      ]) {
        const reply = await send(bad);
        expect(reply.statusCode, reply.body).toBeGreaterThanOrEqual(400);
        expect(reply.statusCode, reply.body).toBeLessThan(500);
      }
      const { patrolPartners, choices } = (await admin.get("/api/patrol-partners")).json();
      expect(patrolPartners.map(({ code }: { code: string }) => code)).toEqual([
        "town-wardens",
        "station-security",
      ]);
      const areas = choices.slice(0, 1).map(({ code }: { code: string }) => code);
      const changed = await admin.send("PATCH", "/api/patrol-partners/town-wardens", {
        areas,
        kmh: 5,
      });
      expect(changed.json()).toMatchObject({ name: "Town wardens", kmh: 5, areas });
      expect(
        (await admin.send("PATCH", "/api/patrol-partners/nobody", { kmh: 5 })).statusCode,
      ).toBe(404);
      expect((await sergeant.send("POST", "/api/patrol-partners", good)).statusCode).toBe(403);
    });
  },
  fillPlaces,
);
