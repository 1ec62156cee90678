import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type CoordinatorReply, coordinatorReply } from "#core/protected-time/wire/coordinator.ts";
import { outreachSession } from "#core/protected-time/wire/outreach.ts";
import { asOwner, auditOf, countIn, type SignedIn } from "#tests/support/accounts.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { circleAt, corner } from "#tests/support/outreach.ts";
import {
  closedAfter,
  largeSpot,
  once,
  personOf,
  placeBy,
  sessionBy,
} from "#tests/support/partner-care.ts";

onOneEngine("among a partner's own people", ({ db }) => {
  const app = appWith(db);
  let ann: SignedIn;
  let bea: SignedIn;
  let other: SignedIn;
  const coordinator = app.caller("coordinator");
  beforeAll(async () => {
    ann = await personOf(app, "ann", "van");
    bea = await personOf(app, "bea", "van");
    other = await personOf(app, "other", "walk");
  });

  const view = async (): Promise<CoordinatorReply> =>
    coordinatorReply.parse((await coordinator.get("/api/coordinator")).json());
  const stateOf = async (code: string) =>
    (await view()).partners.find((partner) => partner.code === code);
  const second = (caller: TestCaller, id: string, isRight: boolean) =>
    caller.send("POST", `/api/outreach/sessions/${id}/second`, { isRight });

  describe("a closure of more cells than any usual place, or over six hours", () => {
    test("closes at once and whole, before and whether or not a second person answers", async () => {
      const place = await placeBy(ann, largeSpot);
      const before = await closedAfter(db(), "2022-02-01T00:00Z");
      const saved = await sessionBy(ann, { placeId: place.id, rule: once("2022-02-03") });
      expect(saved.second).toMatchObject({ askedBy: "ann", confirmedBy: null, isOwn: true });
      const closed = (await closedAfter(db(), "2022-02-01T00:00Z")) - before;
      expect(closed).toBe(place.cells.length);
      expect((await second(bea, saved.id, true)).statusCode).toBe(200);
      expect((await closedAfter(db(), "2022-02-01T00:00Z")) - before).toBe(closed);
    });

    test("is confirmed by another person of the same partner, and by nobody else", async () => {
      const place = await placeBy(ann, largeSpot);
      const saved = await sessionBy(ann, { placeId: place.id, rule: once("2022-01-11") });
      const before = (await stateOf("van"))?.unseconded ?? 0;
      expect(before).toBeGreaterThan(0);
      expect((await second(ann, saved.id, true)).json()).toMatchObject({
        title: "Someone else must answer",
      });
      expect((await second(other, saved.id, true)).statusCode).toBe(404);
      const seen = (await bea.get("/api/outreach/sessions")).json<{ sessions: unknown[] }>();
      expect(JSON.stringify(seen)).toContain('"askedBy":"ann","confirmedBy":null,"isOwn":false');
      const confirmed = outreachSession.parse((await second(bea, saved.id, true)).json());
      expect(confirmed.second).toMatchObject({ confirmedBy: "bea" });
      expect((await second(bea, saved.id, true)).statusCode, "once").toBe(409);
      expect((await stateOf("van"))?.unseconded).toBe(before - 1);
    });

    test("the database itself refuses the word of whoever saved it", async () => {
      const place = await placeBy(ann, largeSpot);
      await sessionBy(ann, { placeId: place.id, rule: once("2022-01-12") });
      await expect(
        asOwner(
          db(),
          `update second_word set confirmed_by = asked_by, confirmed_at = now()
           where confirmed_by is null`,
        ),
      ).rejects.toThrow(/second_word_confirmed_by_another/);
    });

    test("that is declined opens again, unless it starts within a day", async () => {
      const place = await placeBy(ann, largeSpot);
      const later = await sessionBy(ann, { placeId: place.id, rule: once("2022-03-03") });
      const declined = outreachSession.parse((await second(bea, later.id, false)).json());
      expect(declined.endedAt).not.toBeNull();
      expect(declined.next).toEqual([]);
      expect(await closedAfter(db(), "2022-03-01T00:00Z")).toBe(0);
      const out = await ann.send("POST", "/api/outreach/out-now", { placeId: place.id, hours: 8 });
      const { id } = outreachSession.parse(out.json());
      const late = outreachSession.parse((await second(bea, id, false)).json());
      expect(late.next.map(({ state }) => state)).toEqual(["called_off"]);
      expect(await auditOf(db(), "answer as the second person")).toContainEqual(
        expect.objectContaining({
          person: "bea",
          outcome: "done",
          detail: { session: id, right: false },
        }),
      );
    });

    test("police read nothing of the question: what they are shown is the same", async () => {
      const sergeant = await app.as("sergeant");
      const place = await placeBy(ann, largeSpot);
      const saved = await sessionBy(ann, { placeId: place.id, rule: once("2021-12-02") });
      const shown = (await sergeant.get("/api/keep-clear")).body;
      await second(bea, saved.id, true);
      expect((await sergeant.get("/api/keep-clear")).body).toBe(shown);
    });
  });

  describe("what a page sends twice, because it did not hear the answer", () => {
    test("is saved once: a place, a session, a move, out now", async () => {
      const key = randomUUID();
      const place = await placeBy(ann, circleAt(corner), key);
      expect(place.id).toBe(key);
      expect(await placeBy(ann, circleAt(corner), key)).toEqual(place);
      const body = { key: randomUUID(), placeId: key, rule: once("2022-01-20") };
      const [saved, again] = [await sessionBy(ann, body), await sessionBy(ann, body)];
      expect(again).toEqual(saved);
      const move = { key: randomUUID(), placeId: key, rule: once("2022-01-21") };
      const moved = [];
      for (let n = 0; n < 2; n += 1) {
        const reply = await ann.send("POST", `/api/outreach/sessions/${saved.id}/move`, move);
        moved.push(outreachSession.parse(reply.json()).id);
      }
      expect(moved).toEqual([move.key, move.key]);
      const now = { key: randomUUID(), placeId: key, hours: 2 };
      const replies = await Promise.all(
        [1, 2].map(() => ann.send("POST", "/api/outreach/out-now", now)),
      );
      expect(replies.map((reply) => outreachSession.parse(reply.json()).id)).toEqual([
        now.key,
        now.key,
      ]);
      const ofPlace =
        "outreach_session where place_id = (select id from saved_place where key = $1::uuid)";
      expect(await countIn(db(), ofPlace, [key])).toBe(3);
    });

    test("the number of another's session says nothing about it and changes nothing", async () => {
      const place = await placeBy(ann);
      const mine = await sessionBy(ann, { placeId: place.id, rule: once("2022-01-25") });
      const theirs = await placeBy(other);
      const reply = await other.send("POST", "/api/outreach/sessions", {
        key: mine.id,
        placeId: theirs.id,
        rule: once("2022-01-26"),
      });
      expect(reply.statusCode).toBeGreaterThanOrEqual(400);
      expect(reply.body).not.toContain("2022-01-25");
      expect(
        await sessionBy(ann, { key: mine.id, placeId: place.id, rule: once("2022-01-25") }),
      ).toEqual(mine);
    });
  });

  describe("the coordinator", () => {
    test("reads who has confirmed, and no event, place or time of a session", async () => {
      const place = await placeBy(other);
      await sessionBy(other, { placeId: place.id, rule: once("2021-12-09", "19:17", "21:03") });
      const text = (await coordinator.get("/api/coordinator")).body;
      for (const part of [
        "elm",
        "19:17",
        "21:03",
        "2021-12-09",
        place.id,
        ...place.cells.slice(0, 3),
      ]) {
        expect(text).not.toContain(part);
      }
      expect(await stateOf("walk")).toMatchObject({ state: "never", confirmedAt: null });
      await other.send("POST", "/api/outreach/calendar/confirm", { pausedUntil: "2021-12-20" });
      expect(await stateOf("walk")).toMatchObject({
        state: "confirmed",
        pausedUntil: "2021-12-20",
      });
    });

    test("reminds a partner once a day; the partner reads it until it has confirmed", async () => {
      const url = "/api/coordinator/partners/van/remind";
      expect((await coordinator.send("POST", url)).statusCode).toBe(200);
      expect((await stateOf("van"))?.remindedAt).not.toBeNull();
      expect((await coordinator.send("POST", url)).statusCode).toBe(409);
      const calendar = async () =>
        (await ann.get("/api/outreach/calendar")).json<{ remindedAt: string | null }>();
      expect((await calendar()).remindedAt).not.toBeNull();
      expect((await other.get("/api/outreach/calendar")).json()).toMatchObject({
        remindedAt: null,
      });
      await ann.send("POST", "/api/outreach/calendar/confirm", {});
      expect((await calendar()).remindedAt).toBeNull();
      await asOwner(db(), "delete from calendar_reminder");
      expect((await coordinator.send("POST", url)).json()).toMatchObject({
        detail: "van has confirmed its calendar.",
      });
    });

    test("hears that police came, not to what; the partner sees that it was read", async () => {
      const place = await placeBy(ann);
      const out = await ann.send("POST", "/api/outreach/out-now", { placeId: place.id, hours: 1 });
      const { id } = outreachSession.parse(out.json());
      // As of an hour and a half ago, so that the visit is over.
      await asOwner(
        db(),
        `update outreach_session set created_at = created_at - interval '3 days',
           first_date = first_date - 1 where key = $1::uuid`,
        [id],
      );
      const row = async () =>
        (await ann.get("/api/outreach/record"))
          .json<{ rows: { sessionId: string; date: string; readAt: string | null }[] }>()
          .rows.find(({ sessionId }) => sessionId === id);
      const date = (await row())?.date ?? "";
      expect(date).toBe("2021-11-25");
      await ann.send("POST", `/api/outreach/sessions/${id}/police-came`, { date });
      const [report, ...more] = (await view()).came;
      expect(more).toEqual([]);
      expect(report).toMatchObject({ partner: "van", reportedOn: "2021-11-26", readOn: null });
      expect(JSON.stringify(report)).not.toContain(id);
      expect(JSON.stringify(report)).not.toContain(date);
      expect((await view()).sentence).toContain("1 new report that police came");
      const auditor = await app.as("auditor");
      expect(coordinatorReply.parse((await auditor.get("/api/coordinator")).json()).came).toEqual([
        report,
      ]);
      const read = `/api/coordinator/police-came/${report?.id}/read`;
      expect((await auditor.send("POST", read)).statusCode).toBe(403);
      expect((await coordinator.send("POST", read)).statusCode).toBe(200);
      expect((await row())?.readAt).not.toBeNull();
      await ann.send("POST", `/api/outreach/sessions/${id}/police-came/take-back`, { date });
      expect((await view()).came).toEqual([]);
      expect((await coordinator.send("POST", read)).statusCode).toBe(404);
    });

    test("answers objections; another partner and the auditor do not read the words", async () => {
      const raised = { about: "panel", words: "The June figures show our street." };
      expect((await ann.send("POST", "/api/outreach/objections", raised)).statusCode).toBe(200);
      const [objection] = (await view()).objections;
      expect(objection).toMatchObject({ ...raised, partner: "van", answer: null });
      expect((await other.get("/api/outreach/objections")).json()).toEqual({ objections: [] });
      const auditor = await app.as("auditor");
      expect((await auditor.get("/api/coordinator")).body).not.toContain("June");
      await coordinator.send("POST", `/api/coordinator/objections/${objection?.id}/answer`, {
        answer: "They are taken out.",
      });
      expect((await ann.get("/api/outreach/objections")).json()).toMatchObject({
        objections: [{ answer: "They are taken out." }],
      });
      for (const words of ["", " ", "x".repeat(501)]) {
        const reply = await ann.send("POST", "/api/outreach/objections", { about: "other", words });
        expect(reply.statusCode).toBe(400);
      }
    });
  });
});
