import { expect, test } from "vitest";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import {
  type OperationReply,
  operationHistoryReply,
  operationKept,
  operationsReply,
} from "#core/displacement/wire/operations.ts";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

const middle = cellAt([-0.09, 51.65], 10);
const inside = disk(middle, 2);
const outside = disk(cellAt([2, 48], 10), 1);
const area = (cells: readonly H3Cell[]) => ({ by: "picked", name: null, cells });
const fields = {
  name: "Enfield autumn",
  startsOn: "2021-09-01",
  endsOn: null,
  treated: area(inside),
  control: null,
  phases: [] as readonly object[],
};

onOneEngine(
  "operations over HTTP",
  ({ db }) => {
    const app = appWith(db);
    const analyst = app.caller("analyst");
    const sergeant = app.caller("sergeant");
    let count = 0;

    const all = async () =>
      operationsReply.parse((await analyst.get("/api/operations")).json()).operations;
    const one = async (id: number): Promise<OperationReply> => {
      const found = (await all()).find((operation) => operation.id === id);
      if (!found) throw new Error(`Operation ${id} is not listed`);
      return found;
    };
    const add = async (more: object = {}) => {
      count += 1;
      const body = { ...fields, name: `Operation ${count}`, ...more };
      const reply = await analyst.send("POST", "/api/operations", body);
      expect(reply.statusCode, reply.body).toBe(200);
      return operationKept.parse(reply.json());
    };

    test("is added as cells of the command, with phases in order and how its area was said", async () => {
      const phases = [
        { name: "Later", startsOn: "2021-10-01", endsOn: null },
        { name: "First", startsOn: "2021-09-01", endsOn: "2021-09-30" },
      ];
      const treated = { by: "named", name: "Town", cells: inside };
      const { id } = await add({
        phases,
        treated,
        control: area(disk(cellAt([-0.05, 51.67], 10), 1)),
      });
      const kept = await one(id);
      expect(new Set(kept.cells)).toEqual(new Set(inside));
      expect(kept.phases.map(({ name }) => name)).toEqual(["First", "Later"]);
      expect(kept).toMatchObject({
        revision: 1,
        treatedArea: { by: "named", name: "Town" },
        controlArea: { by: "picked" },
        hasStarted: true,
        changedBy: "demonstration analyst",
      });
      expect(kept.changedAt.slice(0, 10)).toBe("2021-11-26");
    });

    test("what lies beyond the command's line is left out and said; wholly outside is refused", async () => {
      const { id, notes } = await add({ treated: area([...inside, ...outside]) });
      expect(notes.join()).toContain(
        "The treated area stops at the boundary of Enfield and Haringey",
      );
      expect((await one(id)).cells.length).toBe(inside.length);
      const reply = await analyst.send("POST", "/api/operations", {
        ...fields,
        treated: area(outside),
      });
      expect(reply.statusCode).toBe(422);
      expect(reply.json()).toMatchObject({
        title: "Outside the area",
        detail: "It is entirely outside Enfield and Haringey. Choose an area inside.",
      });
    });

    test("an overlap with another operation is allowed, and said with name, days and number of cells", async () => {
      const [demo] = (await all()).filter(({ name }) => name === "boxster-2021");
      const shared = (demo?.cells ?? []).slice(0, 3) as H3Cell[];
      const { notes } = await add({ treated: area([...shared, ...outside.slice(0, 0)]) });
      expect(notes).toContain(
        'It shares 3 cells with "boxster-2021", which runs from 1 Aug 2021 on. Their effects there cannot be separated.',
      );
      const before = await add({
        treated: area(shared),
        startsOn: "2021-03-01",
        endsOn: "2021-07-31",
      });
      expect(before.notes.join()).not.toContain("boxster-2021");
    });

    test("a phase without a last day ends where the next begins, the last one with the operation", async () => {
      const { id } = await add({
        phases: [
          { name: "Build", startsOn: "2021-11-01" },
          { name: "Clear", startsOn: "2021-09-01" },
          { name: "Hold", startsOn: "2021-10-04", endsOn: null },
        ],
      });
      const kept = await one(id);
      expect(kept.phases).toEqual([
        { name: "Clear", startsOn: "2021-09-01", endsOn: "2021-10-03" },
        { name: "Hold", startsOn: "2021-10-04", endsOn: "2021-10-31" },
        { name: "Build", startsOn: "2021-11-01", endsOn: null },
      ]);
      const { name } = kept;
      const asked = `/api/displacement?operation=${encodeURIComponent(name)}`;
      const { phases } = (await analyst.get(asked)).json<AssessmentReply>();
      expect(phases.map((phase) => [phase.name, phase.from, phase.to, phase.edges.length])).toEqual(
        [
          ["Clear", "2021-09-01", "2021-10-03", 10],
          ["Hold", "2021-10-04", "2021-10-31", 10],
          ["Build", "2021-11-01", "2021-11-26", 10],
        ],
      );
    });

    test("one to come is kept and said to be not assessable, and is not assessed", async () => {
      const { id, name, notes } = await add({ startsOn: "2021-12-06" });
      expect(notes).toContain(
        "It starts on 6 Dec 2021, after 26 Nov 2021. It is saved, and can be assessed once it has started.",
      );
      expect((await one(id)).hasStarted).toBe(false);
      const asked = `/api/displacement?operation=${encodeURIComponent(name)}`;
      expect((await analyst.get(asked)).statusCode).toBe(404);
      const report = await analyst.get(`/api/operations/${id}/report`);
      expect(report.statusCode).toBe(404);
    });

    test.each([
      [{ name: " " }, "name", "Enter a name"],
      [{ name: "x".repeat(81) }, "name", "at most 80"],
      [{ name: "Call 07700 900123" }, "name", "personal data"],
      [{ name: "Visits to Maria Jones" }, "name", "looks like somebody's name"],
      [{ endsOn: "2021-08-31" }, "endsOn", "31 Aug 2021, is before the first day, 1 Sep 2021"],
      [{ treated: area([]) }, "treated", "Choose the treated area"],
      [{ control: area([middle]) }, "control", "1 cell is both treated and comparison"],
      [{ control: area(outside) }, "control", "entirely outside"],
      [
        { phases: [{ name: "A", startsOn: "2021-08-01", endsOn: null }] },
        "phases.0.startsOn",
        "before the operation, which starts on 1 Sep 2021",
      ],
      [
        {
          phases: [
            { name: "A", startsOn: "2021-09-01", endsOn: "2021-10-01" },
            { name: "B", startsOn: "2021-10-01", endsOn: null },
          ],
        },
        "phases.1.startsOn",
        'before "A" ends, which ends on 1 Oct 2021',
      ],
      [
        {
          phases: [
            { name: "A", startsOn: "2021-09-01", endsOn: "2021-09-10" },
            { name: "A", startsOn: "2021-10-01", endsOn: null },
          ],
        },
        "phases.1.name",
        "Another phase has this name",
      ],
      [
        {
          phases: [
            { name: "A", startsOn: "2021-09-06" },
            { name: "B", startsOn: "2021-09-06" },
          ],
        },
        "phases.1.startsOn",
        '"A" starts on the same day.',
      ],
      [
        {
          phases: Array.from({ length: 7 }, (_, at) => ({
            name: `Part ${at}`,
            startsOn: `2021-09-0${at + 1}`,
          })),
        },
        "phases",
        "at most 6 phases",
      ],
      [
        { phases: [{ name: "Hold: Maria Jones", startsOn: "2021-09-06" }] },
        "phases.0.name",
        "looks like somebody's name",
      ],
      [
        { phases: [{ name: "After 3 arrests", startsOn: "2021-09-06" }] },
        "phases.0.name",
        "is a count under 10",
      ],
    ])("%j is refused at its field, and nothing is kept", async (wrong, field, words) => {
      const before = (await all()).length;
      const reply = await analyst.send("POST", "/api/operations", { ...fields, ...wrong });
      expect(reply.statusCode).toBe(422);
      const { errors } = reply.json<{ errors: { field: string; reason: string }[] }>();
      const said = errors.find((error) => error.field === field);
      expect(said?.reason, JSON.stringify(errors)).toContain(words);
      expect((await all()).length).toBe(before);
    });

    test.each([
      [{ startsOn: "31/02/2021" }],
      [{ startsOn: "1999-12-31" }],
      [{ treated: { by: "picked", name: null, cells: ["891fb46622bffff"] } }],
      [{ treated: { by: "picked", name: null, cells: ["__proto__"] } }],
      [{ treated: { by: "guessed", name: null, cells: inside } }],
      [{ treated: { by: "named", name: "12 High Road, N18 2DS", cells: inside } }],
      [{ revision: 1 }],
      [{ phases: "none" }],
    ])("%j is no operation at all", async (wrong) => {
      const reply = await analyst.send("POST", "/api/operations", { ...fields, ...wrong });
      expect(reply.statusCode).toBe(400);
    });

    test("a name that is taken is refused in words", async () => {
      const { name } = await add();
      const reply = await sergeant.send("POST", "/api/operations", { ...fields, name });
      expect(reply.statusCode).toBe(409);
      expect(reply.json()).toMatchObject({ title: "This name is taken" });
    });

    test("two who edit at once: the second is told who, when and what, and nothing is overwritten", async () => {
      const { id, name } = await add();
      const body = { ...fields, name, revision: 1 };
      const first = await sergeant.send("PUT", `/api/operations/${id}`, {
        ...body,
        endsOn: "2021-10-31",
      });
      expect(operationKept.parse(first.json()).revision).toBe(2);
      const second = await analyst.send("PUT", `/api/operations/${id}`, {
        ...body,
        startsOn: "2021-09-08",
      });
      expect(second.statusCode).toBe(409);
      const { title, detail } = second.json<{ title: string; detail: string }>();
      expect(title).toBe("Someone else saved first");
      expect(detail).toContain("demonstration sergeant changed it at");
      expect(detail).toContain("last day: ongoing, now 31 Oct 2021");
      expect(detail).toContain("Nothing was saved");
      expect(await one(id)).toMatchObject({ startsOn: "2021-09-01", endsOn: "2021-10-31" });
      const over = await analyst.send("PUT", `/api/operations/${id}`, {
        ...body,
        startsOn: "2021-09-08",
        revision: 2,
      });
      expect(over.statusCode).toBe(200);
      const gone = await analyst.send("DELETE", `/api/operations/${id}?revision=1`);
      expect(gone.statusCode).toBe(409);
    });

    test("its history says who changed what, newest first", async () => {
      const { id, name } = await add();
      const wider = disk(middle, 3);
      await sergeant.send("PUT", `/api/operations/${id}`, {
        ...fields,
        name,
        treated: { by: "named", name: "Town", cells: wider },
        phases: [{ name: "A", startsOn: "2021-09-01", endsOn: null }],
        revision: 1,
      });
      await analyst.send("POST", `/api/operations/${id}/end`, {
        endsOn: "2021-11-01",
        revision: 2,
      });
      const reply = await analyst.get(`/api/operations/${id}/history`);
      const { revisions } = operationHistoryReply.parse(reply.json());
      expect(revisions.map(({ act, by, changes }) => ({ act, by, changes }))).toEqual([
        {
          act: "ended",
          by: "demonstration analyst",
          changes: ["last day: ongoing, now 1 Nov 2021"],
        },
        {
          act: "changed",
          by: "demonstration sergeant",
          changes: [
            "treated area: Chosen cell by cell (19 cells), now Town (37 cells)",
            "phases: none, now A (1 Sep 2021 on)",
          ],
        },
        { act: "added", by: "demonstration analyst", changes: [] },
      ]);
      expect((await analyst.get("/api/operations/999/history")).statusCode).toBe(404);
    });

    test("ending cuts the phase that goes on; one that begins later is in the way", async () => {
      const phases = [
        { name: "A", startsOn: "2021-09-01", endsOn: "2021-10-15" },
        { name: "B", startsOn: "2021-11-01", endsOn: null },
      ];
      const { id } = await add({ phases });
      const end = (endsOn: string) =>
        sergeant.send("POST", `/api/operations/${id}/end`, { endsOn, revision: 1 });
      const tooEarly = await end("2021-10-01");
      expect(tooEarly.statusCode).toBe(422);
      expect(tooEarly.json<{ detail: string }>().detail).toContain('"B" starts on 1 Nov 2021');
      const { id: other } = await add({ phases: phases.slice(0, 1) });
      await sergeant.send("POST", `/api/operations/${other}/end`, {
        endsOn: "2021-10-01",
        revision: 1,
      });
      expect((await one(other)).phases).toEqual([
        { name: "A", startsOn: "2021-09-01", endsOn: "2021-10-01" },
      ]);
    });

    test("it deleted while nothing refers to it; a report that left holds it", async () => {
      const free = await add();
      const gone = await sergeant.send("DELETE", `/api/operations/${free.id}?revision=1`);
      expect(gone.statusCode).toBe(200);
      expect((await all()).some(({ id }) => id === free.id)).toBe(false);
      const held = await add();
      const issue = { revision: 1, form: "paper" };
      const report = await analyst.send("POST", `/api/operations/${held.id}/reports`, issue);
      expect(report.statusCode).toBe(200);
      const refused = await sergeant.send("DELETE", `/api/operations/${held.id}?revision=1`);
      expect(refused.statusCode).toBe(409);
      expect(refused.json<{ detail: string }>().detail).toContain(
        "A report of it has been printed or downloaded. End it instead",
      );
      expect((await one(held.id)).revision).toBe(1);
      const never = await analyst.send("POST", `/api/operations/${held.id}/reports`, {
        revision: 9,
        form: "paper",
      });
      expect(never.statusCode).toBe(404);
    });
  },
  fillDemo,
);
