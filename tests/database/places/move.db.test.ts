import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MoveReport, moveReport } from "#core/places/move/wire.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import type { ActServices } from "#server/acts/services.ts";
import { operatorActor } from "#server/cli/command.ts";
import { DatabaseError, ownerActor } from "#server/db/database.ts";
import { assess } from "#server/displacement/assess.ts";
import { readOutcomes } from "#server/outcomes/outcomes.ts";
import { placesCommand } from "#server/places/commands/places.ts";
import { movePlaces } from "#server/places/move/move-places.ts";
import { forgetPlaces, placesOf } from "#server/places/places.ts";
import { draftRelease, previewRelease } from "#server/releases/draft.ts";
import { quote, storedTables } from "#server/upkeep/queries/backup.ts";
import { testServices } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine, onOneEngine, refusedBy } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { type Redrawing, redrawnPack } from "#tests/support/redrawn.ts";
import { isWhole } from "#tests/support/runs.ts";

const operator = operatorActor("tester");
const analyst = { person: "an analyst", role: "analyst", partner: null } as const;
const sergeant = { person: "a sergeant", role: "sergeant", partner: null } as const;
const backup = { verb: "disclosure", act: "back up", purpose: "administration" } as const;
/** What a move may write to; the chain grows. */
const written = [
  "area",
  "boundary_set",
  "edge_line",
  "road",
  "named_place",
  "setting",
  "place_move",
  "audit",
  "clock_mark",
];

/** A move reads and writes all that there is: both engines and all three in `npm run test:slow`. */
const onEngines = isWhole ? onEachEngine : onOneEngine;
const redrawn = isWhole ? (["one", "three", "moved"] as const) : (["moved"] as const);

onEngines(
  "a command redrawn, in the demonstration",
  ({ db }) => {
    let services: ActServices;
    beforeAll(async () => {
      services = await testServices(db());
    });
    afterAll(() => services.solver.close());

    const type = (positionals: readonly string[], values: Record<string, boolean> = {}) =>
      runCommand(services, placesCommand, { positionals: ["move", ...positionals], values });
    const move = async (which: Redrawing) => type([await redrawnPack(which)]);
    const back = () => type([], { back: true });
    const tell = async (which: Redrawing): Promise<MoveReport> =>
      moveReport.parse((await type([await redrawnPack(which)], { "dry-run": true })).json);
    const backedUp = () =>
      db().transaction(operator, (tx) =>
        appendAudit(tx, operator, { ...backup, outcome: "done", detail: {} }),
      );
    /** Of every table, as a backup reads it. */
    const digests = () =>
      db().transaction(ownerActor, async (tx) => {
        const found: Record<string, string> = {};
        for (const { name } of await storedTables(tx)) {
          const [row] = await tx.through("copier", (door) =>
            door.query<{ digest: string }>(
              `select md5(coalesce(string_agg(one::text, E'\n' order by one::text), '')) as digest
               from ${quote(name)} as one`,
            ),
          );
          found[name] = row?.digest ?? "";
        }
        return found;
      });
    const without = (found: Record<string, string>, names: readonly string[]) =>
      Object.fromEntries(Object.entries(found).filter(([name]) => !names.includes(name)));

    test("is not done without a backup of the last day, and says how to make one", async () => {
      const before = await digests();
      await expect(move("moved")).rejects.toThrow(
        /no backup of the last 24 hours: run "boxster backup/,
      );
      expect(without(await digests(), ["audit", "clock_mark"])).toEqual(
        without(before, ["audit", "clock_mark"]),
      );
      await backedUp();
    });

    test("a dry run tells cells and records from part to part, and writes its line alone", async () => {
      const before = await digests();
      const { faults, change, references } = await tell("moved");
      expect(faults).toEqual([]);
      expect(change.parts).toMatchObject({ gone: [], come: [], redrawn: ["Enfield", "Haringey"] });
      expect(change.flows.map(({ from, to }) => `${from} to ${to}`)).toEqual([
        "Haringey to null",
        "null to Enfield",
        "null to Haringey",
      ]);
      expect(change.events).toMatchObject({ moved: 0, leave: 496, come: 80 });
      expect(references).toMatchObject({ patrols: 0, releases: 1 });
      expect(without(await digests(), ["audit", "clock_mark"])).toEqual(
        without(before, ["audit", "clock_mark"]),
      );
    });

    describe.each(redrawn)("onto %s", (which) => {
      test("SAFEGUARDS 1: events, sessions, closed hours, patrols and releases are to the row what they were, and all is as before once it is taken back", async () => {
        const before = await digests();
        const places = (await placesOf({ db: db() })).reply;
        await move(which);
        expect(without(await digests(), written)).toEqual(without(before, written));
        const { reply } = await placesOf({ db: db() });
        expect(reply.areas).not.toEqual(places.areas);
        await back();
        const kept = ["audit", "clock_mark", "setting", "place_move", "road", "named_place"];
        expect(without(await digests(), kept)).toEqual(without(before, kept));
        expect((await placesOf({ db: db() })).reply).toEqual(places);
      });
    });

    test("SAFEGUARDS 7: by new boundaries no release reaches back before they moved, nor does one that the code let through", async () => {
      const from = { from: "2021-07", to: "2021-09" };
      const act = { ...services, actor: analyst };
      await draftRelease(act, { ...from, commitments: [] });
      await move("moved");
      const preview = await previewRelease(act, from);
      expect(preview.refused).toMatch(
        /^The boundaries of the area changed on 26 November 2021\..*cannot be released by the new/,
      );
      await expect(draftRelease(act, { commitments: [] })).rejects.toThrow(/cannot be released/);
      // Drafted by the old boundaries it may still be approved; the same rows drafted since may not.
      const copied = `insert into release_draft (content, area_set, after_number, drafted_on, drafted_at, drafted_by)
        select content, area_set, after_number, drafted_on, drafted_at, 'an analyst'
        from release_draft order by id desc limit 1 returning id`;
      const id = await db().transaction(analyst, async (tx) =>
        Number((await tx.query<{ id: number }>(copied))[0]?.id),
      );
      const approve = (draft: number) =>
        db().transaction({ person: "an auditor", role: "auditor", partner: null }, async (tx) => {
          await tx.query(
            `insert into release (draft_id, approved_on, approved_at, approved_by)
             values ($1, '2021-11-26', now(), 'an auditor')`,
            [draft],
          );
          throw new Error("approved");
        });
      const refusal = await approve(id).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(DatabaseError);
      expect((refusal as DatabaseError).constraint).toBe("release_after_move");
      await expect(approve(id - 1)).rejects.toThrow("approved");
      await back();
      expect((await previewRelease(act, from)).refused).toBeNull();
    });

    test("an operation that began before is judged by its own boundaries, on ground that was watched all the while", async () => {
      const act = { ...services, actor: sergeant };
      const edgesOf = async () => {
        const { reply, zones } = await assess(act, { operation: "boxster-2021" });
        return { names: reply.edges.map(({ neighbour }) => neighbour), notes: reply.notes, zones };
      };
      const before = await edgesOf();
      await move("moved");
      const after = await edgesOf();
      expect(after.names).toEqual(before.names);
      expect(after.notes.join(" ")).toContain("Boundaries changed on 26 November 2021.");
      const cells = new Set(before.zones.edges.flatMap(({ inner, outer }) => [...inner, ...outer]));
      const now = after.zones.edges.flatMap(({ inner, outer }) => [...inner, ...outer]);
      expect(now.length).toBeLessThan(cells.size);
      expect(now.every((cell) => cells.has(cell))).toBe(true);
      await back();
    });

    test("totals of days before stay what they were, with a word beside them", async () => {
      const act = { ...services, actor: sergeant };
      const read = () => readOutcomes(act, { from: "2021-09-01", to: "2021-10-31", form: "exact" });
      const before = await read();
      await move("moved");
      const after = await read();
      expect(after.figures).toEqual(before.figures);
      expect(after.notes[0]).toBe(
        "Boundaries changed on 26 Nov 2021: earlier days are counted by those of then.",
      );
      await back();
    });

    test("broken off before it is kept, it leaves the old boundaries whole", async () => {
      const before = await digests();
      const broken = {
        ...services,
        actor: operator,
        addDetail: () => undefined,
        db: {
          ...db(),
          transaction: ((actor, work, options) =>
            db().transaction(
              actor,
              async (tx) => {
                await work(tx);
                throw new Error("The power went");
              },
              options,
            )) as ReturnType<typeof db>["transaction"],
        },
      };
      const folder = await redrawnPack("moved");
      await expect(movePlaces(broken, { folder, dryRun: false })).rejects.toThrow("The power went");
      forgetPlaces(db());
      expect(await digests()).toEqual(before);
    });

    test("after seven days it is not taken back: the command says so, and the database refuses", async () => {
      await move("moved");
      await db().transaction(ownerActor, (tx) =>
        tx.through("copier", (door) =>
          door.query(
            "update place_move set moved_at = now() - interval '8 days' where returned_at is null",
          ),
        ),
      );
      await expect(back()).rejects.toThrow(/more than 7 days ago, and stay/);
      const late = db().transaction(operator, (tx) =>
        tx.query(
          "update place_move set returned_at = now(), returned_by = 'tester' where returned_at is null",
        ),
      );
      await refusedBy("place_move_returned_in_time", late);
      await expect(move("moved")).rejects.toThrow(/Both packs have the code "redrawn-moved"/);
    });
  },
  fillDemo,
);
