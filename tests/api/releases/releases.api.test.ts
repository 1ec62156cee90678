import { beforeAll, describe, expect, test } from "vitest";
import { type ReleaseReply, releaseReply } from "#core/releases/wire/release.ts";
import {
  type DraftReply,
  draftContentReply,
  previewReply,
  releaseListReply,
  releasesReply,
} from "#core/releases/wire/releases.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

const latest = "/api/public/releases/latest";

onOneEngine(
  "releases",
  ({ db }) => {
    const app = appWith(db);
    let analyst: TestCaller;
    let auditor: TestCaller;
    beforeAll(async () => {
      [analyst, auditor] = await Promise.all([app.as("analyst"), app.as("auditor")]);
    });

    const problem = (reply: { json: () => unknown }) =>
      reply.json() as { title: string; detail: string };
    const listFor = async (caller: TestCaller) =>
      releasesReply.parse((await caller.get("/api/releases")).json());
    const drafted = async (body: object = {}): Promise<DraftReply> => {
      const reply = await analyst.send("POST", "/api/releases/drafts", body);
      expect(reply.statusCode, reply.body.slice(0, 300)).toBe(200);
      const [draft] = releasesReply.parse(reply.json()).drafts;
      if (draft === undefined) throw new Error("nothing was drafted");
      return draft;
    };
    const approve = ({ id, contentHash }: DraftReply, by = auditor) =>
      by.send("POST", `/api/releases/drafts/${id}/approve`, { contentHash });

    describe("the public tier", () => {
      test("anyone reads the demonstration's release, without signing in", async () => {
        const reply = await app.stranger.get(latest);
        const { release, approvedOn, previousHash, withdrawn } = releaseReply.parse(reply.json());
        expect([release.id, release.number, release.madeUp]).toEqual(["release-1", 1, true]);
        expect([release.months[0], release.months.at(-1)]).toEqual(["2020-09", "2021-09"]);
        expect([approvedOn, previousHash, withdrawn]).toEqual(["2021-11-26", null, null]);
        expect(release.commitments.length).toBeGreaterThan(0);
        expect(release.answers.map(({ operation }) => operation)).toEqual(["boxster-2021"]);
      });

      test("each number is there, and a number that is not is said in words", async () => {
        const first = await app.stranger.get("/api/public/releases/1");
        expect(first.body).toBe((await app.stranger.get(latest)).body);
        const none = await app.stranger.get("/api/public/releases/99");
        expect([none.statusCode, problem(none).detail]).toEqual([
          404,
          "There is no release 99. The last is release 1.",
        ]);
        const list = releaseListReply.parse(
          (await app.stranger.get("/api/public/releases")).json(),
        );
        expect(list.releases).toMatchObject([{ number: 1, from: "2020-09", to: "2021-09" }]);
      });
    });

    test("a preview keeps nothing, and says what an earlier release holds already", async () => {
      const before = await listFor(analyst);
      const preview = previewReply.parse((await analyst.get("/api/releases/preview")).json());
      expect(preview.refused).toBeNull();
      expect(preview.history.taken.map(({ release }) => release)).toEqual(Array(13).fill(1));
      expect(await listFor(analyst)).toEqual(before);
    });

    test("drafted by one, approved by another: numbered and chained", async () => {
      const draft = await drafted({ from: "2021-01", to: "2021-06" });
      expect(draft.draftedBy).toBe("demonstration analyst");
      expect((await approve(draft, analyst)).statusCode).toBe(403);
      expect((await approve({ ...draft, contentHash: "0".repeat(64) })).statusCode).toBe(409);
      expect((await approve(draft)).statusCode).toBe(200);
      const { release, previousHash } = (await app.stranger.get(latest)).json<ReleaseReply>();
      const first = (await app.stranger.get("/api/public/releases/1")).json<ReleaseReply>();
      expect([release.number, previousHash]).toEqual([2, first.hash]);
      const again = await approve(draft);
      expect([again.statusCode, problem(again).detail]).toEqual([
        409,
        `Draft ${draft.id} is already release 2.`,
      ]);
    });

    test("an objection holds it; a partner learns of its own alone, and police neither whose it is nor why", async () => {
      const draft = await drafted();
      const [a, b, coordinator] = await Promise.all([
        app.as("partner", "a"),
        app.as("partner", "b"),
        app.as("coordinator"),
      ]);
      const address = `/api/releases/drafts/${draft.id}`;
      const reason = "A week of ours stands out in August.";
      expect((await a.send("POST", `${address}/object`, { reason })).statusCode).toBe(200);
      const held = await approve(draft);
      expect([held.statusCode, problem(held).title]).toEqual([409, "Held by an objection"]);
      const objectionsOf = async (caller: TestCaller) =>
        (await listFor(caller)).drafts.map(({ objections }) => objections.map((one) => one.reason));
      expect(await objectionsOf(a)).toEqual([[reason]]);
      expect(await objectionsOf(b)).toEqual([[]]);
      expect(await objectionsOf(coordinator)).toEqual([[reason]]);
      for (const caller of [analyst, auditor]) expect(await objectionsOf(caller)).toEqual([[null]]);
      const seen = (await analyst.get("/api/releases")).body + (await auditor.get(address)).body;
      expect(seen).not.toMatch(/partner a|"a"|partnerId/u);
      // Another's objection is not one's own to take back.
      for (const caller of [b, coordinator]) {
        expect((await caller.send("POST", `${address}/take-back`)).statusCode).toBe(404);
      }
      expect((await a.send("POST", `${address}/take-back`)).statusCode).toBe(200);
      expect(
        (await coordinator.send("POST", `${address}/object`, { reason: "Not before Monday." }))
          .statusCode,
      ).toBe(200);
      expect((await approve(draft)).statusCode).toBe(409);
      expect(await objectionsOf(a)).toEqual([[]]);
      expect((await coordinator.send("POST", `${address}/take-back`)).statusCode).toBe(200);
      expect((await approve(draft)).statusCode).toBe(200);
      const published = (await app.stranger.get(latest)).body;
      expect(published).not.toContain(reason);
    });

    test("an objection in plain words is never refused for them; a notice, which everyone reads, is", async () => {
      const draft = await drafted();
      const partner = await app.as("partner", "a");
      const address = `/api/releases/drafts/${draft.id}`;
      for (const reason of [
        "One woman in this ward could be recognised by that figure.",
        "Two residents complained and everyone knows who.",
        "Our outreach is there weekly and this would show it.",
      ]) {
        expect((await partner.send("POST", `${address}/object`, { reason })).statusCode).toBe(200);
        expect((await approve(draft)).statusCode).toBe(409);
        const notice = await analyst.send("POST", "/api/releases/1/withdraw", { notice: reason });
        expect(notice.statusCode).toBe(422);
        expect((await partner.send("POST", `${address}/take-back`)).statusCode).toBe(200);
      }
      for (const reason of ["  ", "x".repeat(601)]) {
        expect((await partner.send("POST", `${address}/object`, { reason })).statusCode).toBe(422);
      }
      expect((await analyst.send("DELETE", address)).statusCode).toBe(200);
    });

    test("an objection holds every draft made in the place of the one it was made to", async () => {
      const held = await drafted();
      const partner = await app.as("partner", "a");
      const address = `/api/releases/drafts/${held.id}`;
      const reason = "A week of ours stands out in August.";
      expect((await partner.send("POST", `${address}/object`, { reason })).statusCode).toBe(200);
      const again = await drafted();
      const [both] = [await listFor(auditor)];
      expect(both.drafts.map(({ mayApprove }) => mayApprove)).toEqual([false, false]);
      expect(both.drafts.find(({ id }) => id === again.id)?.isHeldByAnother).toBe(true);
      const seenByB = (await listFor(await app.as("partner", "b"))).drafts;
      expect(seenByB.map((one) => [one.isHeldByAnother, one.objections])).toEqual([
        [false, []],
        [false, []],
      ]);
      const refused = await approve(again);
      expect([refused.statusCode, problem(refused).title]).toEqual([409, "Held by an objection"]);
      const discarded = await analyst.send("DELETE", address);
      expect([discarded.statusCode, problem(discarded).title]).toEqual([
        409,
        "Held by an objection",
      ]);
      expect((await partner.send("POST", `${address}/take-back`)).statusCode).toBe(200);
      expect((await approve(again)).statusCode).toBe(200);
      expect((await analyst.send("DELETE", address)).statusCode).toBe(200);
    });

    test("a draft made before the last release can no longer be approved", async () => {
      const [older, newer] = [await drafted(), await drafted()];
      expect((await approve(newer)).statusCode).toBe(200);
      const late = await approve(older);
      expect([late.statusCode, problem(late).title]).toEqual([
        409,
        "Another release was approved first",
      ]);
      expect((await analyst.send("DELETE", `/api/releases/drafts/${older.id}`)).statusCode).toBe(
        200,
      );
      expect((await listFor(analyst)).drafts).toEqual([]);
      expect((await approve(older)).statusCode).toBe(409);
    });

    test("a withdrawn release keeps its number and its notice, and none of its figures", async () => {
      const { number } = (await app.stranger.get(latest)).json<ReleaseReply>().release;
      const notice = "The map of one ward was wrong.";
      const address = `/api/releases/${number}/withdraw`;
      expect((await analyst.send("POST", address, { notice })).statusCode).toBe(200);
      const reply = await app.stranger.get(`/api/public/releases/${number}`);
      const { release, withdrawn } = releaseReply.parse(reply.json());
      expect(withdrawn).toEqual({ on: "2021-11-26", notice });
      expect([release.values, release.answers, release.commitments]).toEqual([[], [], []]);
      expect((await app.stranger.get(latest)).json<ReleaseReply>().release.number).toBe(number - 1);
      expect((await analyst.send("POST", address, { notice })).statusCode).toBe(409);
      const draft = await drafted();
      const content = draftContentReply.parse(
        (await analyst.get(`/api/releases/drafts/${draft.id}`)).json(),
      );
      expect(content.content.months.length).toBe(13);
      expect((await approve(draft)).statusCode).toBe(200);
      expect((await app.stranger.get(latest)).json<ReleaseReply>().release.number).toBe(number + 1);
    });

    test("what is typed is refused at its field", async () => {
      const good = {
        said: "Cars circle.",
        did: "We spoke to drivers.",
        next: "Lights.",
        by: "2022-01-31",
      };
      const refusal = async (commitment: object) => {
        const reply = await analyst.send("POST", "/api/releases/drafts", {
          commitments: [commitment],
        });
        const { errors } = reply.json<{ errors?: { field: string; reason: string }[] }>();
        return [reply.statusCode, errors?.[0]?.field, errors?.[0]?.reason];
      };
      expect(await refusal({ ...good, did: "x".repeat(1_000) })).toEqual([
        422,
        "did",
        "1000 characters is too long. The limit is 240.",
      ]);
    });

    test("the check finds all well", async () => {
      const reply = await auditor.get("/api/releases/check");
      expect(reply.json()).toMatchObject({ ok: true, faults: [] });
    });
  },
  fillDemo,
);
