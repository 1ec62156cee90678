import { beforeAll, expect, test } from "vitest";
import { meetingReply, packReply } from "#core/place-plans/wire/meeting.ts";
import { releaseReply } from "#core/releases/wire/release.ts";
import { asOwner } from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { addPatrol, fillDemo, removeOutreachAndPatrols } from "#tests/support/demo.ts";
import { planBody, seriesFields } from "#tests/support/place-plans.ts";

onOneEngine(
  "the meeting over HTTP",
  ({ db }) => {
    const app = appWith(db);
    const coordinator = app.caller("coordinator");
    const sergeant = app.caller("sergeant");
    beforeAll(async () => {
      await addPatrol(db());
    });

    const issue = async (meetingOn: string, decisions: readonly string[] = []) => {
      const reply = await coordinator.send("POST", "/api/meeting/packs", { meetingOn, decisions });
      expect(reply.statusCode, reply.body).toBe(200);
      return packReply.parse(reply.json());
    };
    const overview = async () => meetingReply.parse((await coordinator.get("/api/meeting")).json());
    const plan = async (more: object) => {
      const reply = await sergeant.send("POST", "/api/place-plans", { ...planBody, ...more });
      expect(reply.statusCode, reply.body).toBe(200);
      return reply.json<{ id: number; name: string }>();
    };

    test("the demonstration has a series with its next days; the second of two who change it is told", async () => {
      const { series, next } = await overview();
      expect(series).toMatchObject({ week: 2, weekday: 1, startsAt: "10:00", revision: 1 });
      expect(next.slice(0, 2)).toEqual(["2021-12-14", "2022-01-11"]);
      const body = { ...seriesFields, revision: 1 };
      const both = await Promise.all([
        coordinator.send("PUT", "/api/meeting/series", body),
        sergeant.send("PUT", "/api/meeting/series", body),
      ]);
      expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
      expect((await overview()).series?.revision).toBe(2);
    });

    test("a pack is frozen: later changes of plans and actions do not move it, and the next one tells them", async () => {
      const { id, name } = await plan({ name: "Place of the pack" });
      const hidden = await plan({ name: "Place of nobody's business", isForMeeting: false });
      await sergeant.send("POST", "/api/place-actions", {
        planId: hidden.id,
        packId: null,
        words: "Hidden work",
        owner: "highways",
        dueOn: "2021-12-10",
      });
      const first = await issue("2021-12-14", ["Whether the alley is lit", "  "]);
      expect(first.content.decisions).toEqual(["Whether the alley is lit"]);
      expect(JSON.stringify(first)).not.toMatch(/nobody's business|Hidden work/);
      const closed = { ...planBody, name, state: "closed", result: "Quiet now.", revision: 1 };
      expect((await sergeant.send("PUT", `/api/place-plans/${id}`, closed)).statusCode).toBe(200);
      const again = packReply.parse(
        (await coordinator.get(`/api/meeting/packs/${first.id}`)).json(),
      );
      expect(again).toEqual(first);
      const second = await issue("2022-01-11");
      expect(second.number).toBe(first.number + 1);
      expect(second.content.since).toEqual({ number: first.number, meetingOn: "2021-12-14" });
      expect(second.content.changes).toEqual([`${name}: closed now.`]);
      const anew = await issue("2021-12-14");
      expect(anew.content.since, "a second pack of one meeting").toBeNull();
      expect((await overview()).packs).toHaveLength(3);
      const kept = await db()
        .transaction({ person: "x", role: "sergeant", partner: null }, (tx) =>
          tx.query("update meeting_pack set number = 9"),
        )
        .then(
          () => "changed",
          (error: { code: string }) => error.code,
        );
      expect(kept, "the database itself").toBe("42501");
    });

    test("complaints are those of the release to the figure, none under 10, each rounded to 5", async () => {
      const { content } = await issue("2022-02-08");
      const { release } = releaseReply.parse(
        (await sergeant.get("/api/public/releases/latest")).json(),
      );
      const ofCommand = release.values.filter(
        ({ area, measure }) => area === "command" && measure === "resident_complaints",
      );
      expect(ofCommand.length).toBeGreaterThan(6);
      expect(content.complaints.months).toEqual(
        ofCommand.map(({ month, count }) => ({ month, count })),
      );
      for (const { count } of content.complaints.months) {
        if (count === null) continue;
        expect(count).toBeGreaterThanOrEqual(10);
        expect(count % 5).toBe(0);
      }
    });

    test.each([
      ["a meeting that is over", { meetingOn: "2021-11-25", decisions: [] }, 422, "is over"],
      ["one in half a year", { meetingOn: "2022-06-01", decisions: [] }, 422, "three months"],
      ["a day that is none", { meetingOn: "2021-02-30", decisions: [] }, 400, "date"],
      [
        "a decision about somebody",
        { meetingOn: "2021-12-14", decisions: ["Ask Mr Smith"] },
        422,
        "somebody's name",
      ],
      [
        "thirteen decisions",
        { meetingOn: "2021-12-14", decisions: Array.from({ length: 13 }, (_, at) => `One ${at}`) },
        422,
        "12 decisions",
      ],
    ])("%s is refused in words, and no pack is kept", async (_what, body, status, words) => {
      const before = (await overview()).packs.length;
      const reply = await coordinator.send("POST", "/api/meeting/packs", body);
      expect(reply.statusCode, reply.body).toBe(status);
      expect(reply.body).toContain(words);
      expect((await overview()).packs).toHaveLength(before);
    });

    test("SAFEGUARDS 4 and 13: the pack is the same, byte for byte, with and without outreach, partners and patrols", async () => {
      const before = await issue("2022-02-08");
      expect(await removeOutreachAndPatrols(db())).toBeGreaterThan(10);
      expect(await asOwner(db(), "select 1 from partner")).toEqual([]);
      const after = await issue("2022-02-08");
      expect(JSON.stringify(after.content)).toBe(JSON.stringify(before.content));
    });
  },
  fillDemo,
);
