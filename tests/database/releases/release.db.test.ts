import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { objectionHours } from "#core/releases/waiting.ts";
import type { Actor } from "#core/role.ts";
import { hourMs } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import { DatabaseError, ownerActor, publicActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { fixedAreas, placesOf } from "#server/places/places.ts";
import { chainFaults, checkReleases } from "#server/releases/check.ts";
import { releaseCommand } from "#server/releases/commands/release.ts";
import { approveRelease, discardDraft, refusalOf } from "#server/releases/decide.ts";
import { draftRelease } from "#server/releases/draft.ts";
import { areaSetOf } from "#server/releases/hash.ts";
import { readReleases } from "#server/releases/list.ts";
import { publicRelease } from "#server/releases/serve.ts";
import { loadReleases } from "#server/releases/store.ts";
import { testServices } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";
import { rights } from "#tests/support/rights.ts";

const person = (role: Actor["role"], name = `a ${role}`): Actor => ({
  person: name,
  role,
  partner: null,
});
const analyst = person("analyst");
const auditor = person("auditor");

/** A database without events: every figure is withheld, which is an answer as well. */
onEachEngine(
  "a release in the database",
  ({ db, rolledBack }) => {
    let services: ActServices;
    beforeAll(async () => {
      services = await testServices(db());
    });
    afterAll(() => services.solver.close());

    /** Long enough ago for everyone to have read it. */
    const longAgo = () => ({
      ...services,
      asAt: { ...services.asAt, now: () => Date.now() - objectionHours * hourMs },
    });
    const draft = async (by = analyst) =>
      (await draftRelease({ ...longAgo(), actor: by }, { commitments: [] })).id;
    const approve = (draftId: number, by = auditor) =>
      approveRelease({ ...services, actor: by }, draftId, null);
    const as = (actor: Actor, sql: string) => db().transaction(actor, (tx) => tx.query(sql));

    test("SAFEGUARDS 7: a ward with nothing, and all under 10, is a release of blanks", async () => {
      await approve(await draft());
      const { release } = await publicRelease(db(), null);
      expect(release.values.length).toBeGreaterThan(100);
      expect(new Set(release.values.map(({ count }) => count))).toEqual(new Set([null]));
    });

    test("SAFEGUARDS 7: whoever drafted a release cannot approve it, by no way there is", async () => {
      const id = await draft(person("operator", "Same Person"));
      for (const by of [person("auditor", "same person"), person("operator", "Same Person")]) {
        await expect(approve(id, by)).rejects.toMatchObject({ title: "A second person is needed" });
        await refusedBy(
          "release_approved_by_second",
          as(
            by,
            `insert into release (draft_id, approved_on, approved_at, approved_by)
             values (${id}, '2021-11-26', now(), '${by.person}')`,
          ),
        );
      }
      await expect(
        as(
          person("auditor", "same person"),
          `insert into release (draft_id, approved_on, approved_at, approved_by)
           values (${id}, '2021-11-26', now(), 'somebody else')`,
        ),
      ).rejects.toMatchObject({ code: "42501" });
      await approve(id);
    });

    test("SAFEGUARDS 7: a draft can be approved three days after it was made, whatever clock is claimed", async () => {
      const { id } = await draftRelease({ ...services, actor: analyst }, { commitments: [] });
      await expect(approve(id)).rejects.toMatchObject({
        status: 409,
        title: "Partners have time to object",
      });
      await refusedBy(
        "release_time_to_object",
        as(
          auditor,
          `insert into release (draft_id, approved_on, approved_at, approved_by)
           values (${id}, '2031-11-26', '2031-11-26', 'a auditor')`,
        ),
      );
      const draftOf = async (by: Actor) =>
        (await readReleases({ ...services, actor: by })).drafts.find((one) => one.id === id);
      const [{ stored } = { stored: Number.NaN }] = (await as(
        analyst,
        `select (extract(epoch from drafted_at) * 1000)::float8 as stored from release_draft where id = ${id}`,
      )) as { stored: number }[];
      for (const by of [auditor, analyst, person("coordinator")]) {
        expect(await draftOf(by)).toMatchObject({
          approvableFrom: new Date(stored + objectionHours * hourMs).toISOString(),
          mayApprove: false,
        });
      }
      const approvedAfter = (hours: number) =>
        rolledBack(async (tx) => {
          await tx.script(
            `alter table release_draft disable trigger release_draft_frozen;
             alter table release_draft no force row level security;
             alter table release_objection no force row level security;
             alter table release no force row level security;
             update release_draft set drafted_at = now() - interval '${hours} hours' where id = ${id};
             insert into release (draft_id, approved_on, approved_at, approved_by)
             values (${id}, '2021-11-26', now(), 'the owner');`,
          );
        });
      await refusedBy("release_time_to_object", approvedAfter(objectionHours - 0.01));
      await approvedAfter(objectionHours);
    });

    test("an objection that comes after the approval is refused in words, not kept and forgotten", async () => {
      await refusedBy(
        "release_objection_in_time",
        as(
          person("coordinator"),
          `insert into release_objection (draft_id, by_role, reason, objected_at, objected_by)
           select draft_id, 'coordinator', 'Too late.', now(), 'a coordinator' from release where number = 1`,
        ),
      );
      const late = new DatabaseError({
        message: "late",
        code: "23514",
        constraint: "release_objection_in_time",
        table: "release_objection",
      });
      expect(refusalOf(late)).toMatchObject({ status: 409, title: "Approved already" });
    });

    test("SAFEGUARDS 7: nobody changes or removes a release, its draft or its notice, the owner included", async () => {
      await db().transaction(person("auditor"), (tx) =>
        tx.query(
          `insert into release_withdrawal (number, notice, withdrawn_on, withdrawn_at, withdrawn_by)
           values (1, 'Wrong.', '2021-11-26', now(), 'a auditor')`,
        ),
      );
      for (const sql of [
        "update release set content = content",
        "delete from release",
        "truncate release cascade",
        "update release_draft set content = '{}'",
        "update release_draft set drafted_by = 'somebody else'",
        "delete from release_draft",
        "update release_withdrawal set notice = 'Nothing.'",
        "delete from release_withdrawal",
      ]) {
        await expect(as(ownerActor, sql), sql).rejects.toMatchObject({ code: "42501" });
      }
    });

    test("SAFEGUARDS 7: number, figures and hash are the database's own, whatever is sent", async () => {
      const id = await draft();
      await as(
        auditor,
        `insert into release (number, draft_id, content, area_set, drafted_by, approved_on, approved_at,
           approved_by, previous, hash)
         values (77, ${id}, '{}', 'x', 'nobody', '2021-11-26', now(), 'a auditor', '\\x00', '\\x00')`,
      );
      const stored = await db().transaction(publicActor, loadReleases);
      expect(stored.map(({ number }) => number)).toEqual(stored.map((_, at) => at + 1));
      expect(chainFaults(stored)).toEqual([]);
      expect(stored.at(-1)?.content).not.toBe("{}");
    });

    test("SAFEGUARDS 7: one changed byte is found by the check, and the release is not served", async () => {
      const stored = await db().transaction(publicActor, loadReleases);
      for (const change of [
        "content = content || ' '",
        "content = replace(content, '\"threshold\":10', '\"threshold\":11')",
        "approved_on = approved_on - 1",
        "area_set = repeat('0', 64)",
      ]) {
        await rolledBack(async (tx) => {
          await tx.script(
            "alter table release disable trigger release_frozen; alter table release no force row level security;",
          );
          await tx.query(`update release set ${change} where number = 2`);
          const changed = await loadReleases(tx);
          expect(chainFaults(changed), change).toEqual([
            "Release 2 has been changed since approval.",
          ]);
        });
      }
      const [first, second, third] = stored;
      if (!first || !second || !third) throw new Error("three releases are needed");
      expect(chainFaults([first, third])).toEqual([
        "Release 2 is missing; release 3 is in its place.",
        "Release 3 does not follow the release before it.",
      ]);
      expect(await checkReleases(services)).toMatchObject({ ok: true, releases: stored.length });
      const put = (content: string) =>
        db().transaction(ownerActor, (tx) =>
          tx.script(
            `alter table release disable trigger release_frozen; alter table release no force row level security;
             update release set content = ${content} where number = 2;
             alter table release enable trigger release_frozen; alter table release force row level security;`,
          ),
        );
      await put("content || ' '");
      await expect(publicRelease(db(), 2)).rejects.toMatchObject({
        status: 503,
        title: "Not shown",
      });
      expect(await checkReleases(services)).toMatchObject({
        ok: false,
        faults: ["Release 2 has been changed since approval."],
      });
      const shown = await runCommand(services, releaseCommand, { positionals: ["check"] });
      expect([shown.exit, shown.text]).toEqual([1, ["Release 2 has been changed since approval."]]);
      const asked = { positionals: ["create"], values: { from: "2021-01", to: "2021-03" } };
      await expect(runCommand(services, releaseCommand, asked)).rejects.toThrow(
        "Nothing can be drafted until this is resolved",
      );
      await put("left(content, -1)");
    });

    test("SAFEGUARDS 7: who reads what is public reaches nothing but releases and their notices", async () => {
      for (const table of Object.keys(rights)) {
        const isPublic = table === "release" || table === "release_withdrawal";
        const reading = as(publicActor, `select 1 from ${table} limit 1`);
        if (isPublic) expect(Array.isArray(await reading)).toBe(true);
        else await expect(reading, table).rejects.toMatchObject({ code: "42501" });
      }
      for (const column of ["drafted_by", "approved_by", "approved_at"]) {
        await expect(as(publicActor, `select ${column} from release`)).rejects.toMatchObject({
          code: "42501",
        });
      }
      await expect(
        as(publicActor, "select withdrawn_by from release_withdrawal"),
      ).rejects.toThrow();
    });

    describe("the command", () => {
      const run = (positionals: string[], values: Record<string, string> = {}) =>
        runCommand(services, releaseCommand, { positionals, values });

      test("drafts, and refuses the same user who would approve", async () => {
        const made = await run(["create"], { from: "2021-01", to: "2021-03" });
        const { id, months, values } = made.json as {
          id: string;
          months: string[];
          values: unknown[];
        };
        expect(months).toEqual(["2021-01", "2021-02", "2021-03"]);
        expect(values.length).toBeGreaterThan(3);
        await expect(run(["approve", id])).rejects.toThrow("someone else must approve it");
        const exported = await run(["export", id]);
        expect(exported.json).toMatchObject({ id, threshold: 10, base: 5, state: "draft" });
        const { hash } = exported.json as { hash: string };
        expect(exported.text.at(-1)).toBe(hash);
        expect(hash).toMatch(/^[0-9a-f]{64}$/u);
        expect((await run(["list"])).text[0]).toContain(`${id}: 2021-01 to 2021-03`);
        await discardDraft({ ...services, actor: analyst }, Number(id.slice(6)));
        await expect(run(["approve", id])).rejects.toMatchObject({ title: "Discarded" });
      });

      test("exports a release as INTERFACES says, and a withdrawn one without its figures", async () => {
        const { json } = await run(["export", "3"]);
        expect(Object.keys(json as object)).toEqual(
          expect.arrayContaining(["id", "threshold", "base", "months", "areas", "values", "notes"]),
        );
        expect(json).toMatchObject({ id: "release-3", state: "approved" });
        expect((await run(["export", "release-1"])).json).toMatchObject({
          state: "withdrawn",
          values: [],
        });
      });

      test("what is not understood is refused in words", async () => {
        await expect(run(["publish"])).rejects.toThrow("none of list, create");
        await expect(run(["export", "one"])).rejects.toThrow('"one" names no release');
        await expect(run(["create"], { commitment: "said only" })).rejects.toThrow(
          "SAID|DID|NEXT|DATE",
        );
        await expect(run(["approve", "release-1"])).rejects.toThrow("is already a release");
      });
    });

    test("a ward line that moves makes another set of areas", async () => {
      const areas = fixedAreas(await placesOf(services));
      const [first] = areas.counted;
      const moved = {
        ...areas,
        counted: areas.counted.with(0, {
          area: first?.area ?? "",
          cells: first?.cells ?? [],
          ward: [[[[0, 0]]]],
        }),
      };
      expect(areaSetOf(areas)).toMatch(/^[0-9a-f]{64}$/u);
      expect(areaSetOf(moved)).not.toBe(areaSetOf(areas));
      const renamed = { ...areas, areas: areas.areas.map((area) => ({ ...area, name: "Other" })) };
      expect(areaSetOf(renamed)).toBe(areaSetOf(areas));
    });
  },
  fillPlaces,
);
