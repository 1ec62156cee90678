import { beforeAll, expect, test } from "vitest";
import {
  placePlanKept,
  placePlansReply,
  sharedPlansReply,
} from "#core/place-plans/wire/place-plans.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { planBody } from "#tests/support/place-plans.ts";

onOneEngine(
  "names of partners in what others read",
  ({ db }) => {
    const app = appWith(db);
    const sergeant = app.caller("sergeant");
    const coordinator = app.caller("coordinator");
    const partner = app.caller("partner", "a");
    /** Of partner b, which partner a must not hear of. */
    let name: string;
    beforeAll(async () => {
      name = (await sharingOf())?.partners.find(({ code }) => code === "b")?.name ?? "";
      expect(name).not.toBe("");
    });

    const plansOf = async () =>
      placePlansReply.parse((await coordinator.get("/api/place-plans")).json()).plans;
    const sharingOf = async (id?: number) =>
      (await plansOf()).find((plan) => id === undefined || plan.id === id)?.sharing;
    const add = async (place: string, partners: string) => {
      const response = { ...planBody.response, partners };
      const body = { ...planBody, name: place, response, isForMeeting: false };
      const reply = await sergeant.send("POST", "/api/place-plans", body);
      expect(reply.statusCode, reply.body).toBe(200);
      return placePlanKept.parse(reply.json()).id;
    };
    const share = (id: number) =>
      coordinator.send("PUT", `/api/place-plans/${id}/shares`, { partners: ["a"] });

    test("SAFEGUARDS 13: a plan that names a partner is not shared, whatever its capitals", async () => {
      const id = await add(
        "By the station",
        `${name.toUpperCase()} leads with the second service.`,
      );
      const refused = await share(id);
      expect(refused.statusCode).toBe(422);
      expect(refused.json<{ detail: string }>().detail).toContain(name);
      expect((await sharingOf(id))?.partners.some(({ isShared }) => isShared)).toBe(false);
      const other = await add("By the library", `Pre${name.replaceAll(" ", "")}s leads.`);
      expect((await share(other)).statusCode).toBe(200);
    });

    test("SAFEGUARDS 13: a shared plan that names a partner later is withheld from every other, and can be taken away", async () => {
      const id = await add("By the depot", "Outreach leads.");
      const put = (partners: readonly string[]) =>
        coordinator.send("PUT", `/api/place-plans/${id}/shares`, { partners });
      const write = async (partners: string, revision: number) => {
        const response = { ...planBody.response, partners };
        const body = { ...planBody, name: "By the depot", response, isForMeeting: false };
        const reply = await sergeant.send("PUT", `/api/place-plans/${id}`, { ...body, revision });
        expect(reply.statusCode, reply.body).toBe(200);
      };
      const other = await app.as("partner", "b");
      const reads = async (caller: TestCaller) =>
        sharedPlansReply
          .parse((await caller.get("/api/outreach/place-plans")).json())
          .plans.some((plan) => plan.id === id);
      expect((await put(["a", "b"])).statusCode).toBe(200);
      expect([await reads(partner), await reads(other)]).toEqual([true, true]);
      expect((await sharingOf(id))?.named).toEqual([]);

      await write(`${name} leads.`, 1);
      expect([await reads(partner), await reads(other)]).toEqual([false, true]);
      expect((await partner.get("/api/outreach/place-plans")).body).not.toContain(name);
      // The answer is that of a plan that is not there.
      const say = (of: number) =>
        partner.send("POST", `/api/outreach/place-plans/${of}/comments`, { words: "Hello." });
      const [withheld, missing] = [await say(id), await say(999_999)];
      expect([withheld.statusCode, withheld.json<{ detail: string }>().detail]).toEqual([
        404,
        missing.json<{ detail: string }>().detail,
      ]);
      expect((await sharingOf(id))?.named).toEqual(["b"]);

      await write("Outreach leads.", 2);
      expect([await reads(partner), await reads(other)]).toEqual([true, true]);

      await write(`${name} leads.`, 3);
      expect((await put(["b"])).statusCode).toBe(200);
      expect((await put(["b", "a"])).statusCode, "nobody is added").toBe(422);
      expect((await put([])).statusCode).toBe(200);
      expect([await reads(partner), await reads(other)]).toEqual([false, false]);
    });

    test("SAFEGUARDS 13: a comment that names a partner is not passed on to police", async () => {
      const id = await add("By the market", "Outreach leads.");
      expect((await share(id)).statusCode).toBe(200);
      const words = `${name} knows more of the lamps.`;
      const url = `/api/outreach/place-plans/${id}/comments`;
      expect((await partner.send("POST", url, { words })).statusCode).toBe(200);
      const [said] = (await sharingOf(id))?.comments ?? [];
      const pass = `/api/place-plans/${id}/comments/${said?.id}/pass-on`;
      const refused = await coordinator.send("POST", pass);
      expect(refused.statusCode).toBe(422);
      expect(refused.json<{ detail: string }>().detail).toContain(
        "Ask the partner to write it again without the name. Nothing was passed on.",
      );
      expect((await sharingOf(id))?.comments).toMatchObject([{ passedOn: null }]);
    });

    test("SAFEGUARDS 13: the coordinator issues no pack that names one; to police nothing is said of it", async () => {
      const decisions = [`Whether ${name} comes first`];
      const body = { meetingOn: "2021-12-14", decisions };
      const refused = await coordinator.send("POST", "/api/meeting/packs", body);
      expect(refused.statusCode).toBe(422);
      const plain = { ...body, decisions: ["Whether outreach comes first"] };
      expect((await coordinator.send("POST", "/api/meeting/packs", plain)).statusCode).toBe(200);
      // A refusal would tell who is a partner.
      const police = { ...body, meetingOn: "2022-01-11" };
      expect((await sergeant.send("POST", "/api/meeting/packs", police)).statusCode).toBe(200);
    });

    test("one partner's comments are fifty a plan at most, so that no login drowns out the others", async () => {
      const id = await add("By the park", "Outreach leads.");
      expect((await share(id)).statusCode).toBe(200);
      const url = `/api/outreach/place-plans/${id}/comments`;
      for (let at = 0; at < 50; at += 1) {
        const kept = await partner.send("POST", url, {
          words: `The lamps are out, row ${at + 10}.`,
        });
        expect(kept.statusCode, kept.body).toBe(200);
      }
      const refused = await partner.send("POST", url, { words: "The lamps are out." });
      expect([refused.statusCode, refused.json<{ title: string }>().title]).toEqual([
        409,
        "Not kept",
      ]);
      expect((await sharingOf(id))?.comments).toHaveLength(50);
    });
  },
  fillDemo,
);
