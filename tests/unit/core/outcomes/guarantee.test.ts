import { describe, expect, test } from "vitest";
import { createGuarantee, type GuaranteeInput } from "#core/outcomes/guarantee.ts";
import { monthlyFiguresCsv } from "#core/outcomes/outcomes-csv.ts";
import { monthlyPapers } from "#core/outcomes/wire/monthly-figures.ts";
import type { TeamMonth } from "#core/patrols/done/peak-hours.ts";
import { taskKinds } from "#core/patrols/wire/staffing.ts";
import { createRandom } from "#core/random.ts";
import { guaranteeOf } from "#tests/support/guarantee.ts";
import { whole } from "#tests/support/tallies.ts";

const october = { from: "2021-10-01", to: "2021-10-31" };
const wordsOf = (given: Partial<GuaranteeInput>) =>
  Object.fromEntries(createGuarantee(guaranteeOf(given)).lines.map(({ id, words }) => [id, words]));
const questions = (received: number, answered: number) => [
  whole("questions_received", received, october),
  whole("questions_answered", answered, october),
];
const tasksOf = (hours: readonly number[]): TeamMonth["tasks"] =>
  taskKinds.map((kind, at) => ({ kind, minutes: 60 * (hours[at] ?? 0) }));

describe("on the screen of police", () => {
  test("each figure is exact, with what was planned and the share of duty beside it", () => {
    const reply = createGuarantee(guaranteeOf());
    expect(reply.lines.map(({ id, words, beside }) => [id, words, beside])).toEqual([
      ["peak_hours", "30 hours", "Planned: 42 hours."],
      ["priorities", "5", null],
      ["priorities_old", "2", null],
      ["abstraction", "60 hours", "15% of 400 hours on duty."],
      ["abstraction_match_day", "32 hours", null],
      ["abstraction_court", "12 hours", null],
      ["abstraction_event", "0 hours", null],
      ["abstraction_training", "16 hours", null],
      ["abstraction_other", "0 hours", null],
      ["questions_received", "60", null],
      ["questions_answered", "48 (80%)", null],
    ]);
    expect(reply.sentence).toBe(
      "Oct 2021: 30 hours patrolled in peak hours; 2 priorities not renewed for 3 months; 60 hours on other duties; 48 (80%) of questions answered within 72 hours.",
    );
    expect(reply.notes.join(" ")).toContain("A national definition of abstraction is pending.");
  });

  test("what was never entered is said, and never taken for none", () => {
    const { team } = guaranteeOf();
    const reply = createGuarantee(
      guaranteeOf({ tallies: [], team: { ...team, duty: 0, tasks: [] }, withoutDebrief: 3 }),
    );
    expect(reply.incomplete).toBe(
      "Some patrols of this month have no debrief yet, so peak hours are not complete.",
    );
    const hours = reply.lines.filter(({ section }) => section === "abstraction");
    expect(new Set(hours.map(({ words }) => words))).toEqual(new Set(["not entered in Staffing"]));
    expect(reply.sentence).toBe(
      "Oct 2021: 30 hours patrolled in peak hours; 2 priorities not renewed for 3 months.",
    );
    const words = wordsOf({ tallies: [] });
    expect(words["questions_received"]).toBe("not entered for that period");
    expect(words["questions_answered"]).toBe("not entered for that period");
    expect(wordsOf({ tallies: questions(10, 12) })["questions_answered"]).toBe(
      "does not fit the questions received",
    );
    expect(wordsOf({ tallies: questions(0, 0) })["questions_answered"]).toBe("0");
  });
});

describe("SAFEGUARDS 6 and 7: the guarantee rounded for sharing", () => {
  const shared = guaranteeOf({ isExact: false });

  test("says fives, nothing that was planned, and no figure under 10", () => {
    const reply = createGuarantee(shared);
    expect(reply.sentence).toBe(
      "Oct 2021: about 30 hours patrolled in peak hours; 80% or more of questions answered within 72 hours.",
    );
    expect(reply.lines.map(({ words }) => words)).toEqual([
      "about 30 hours",
      "fewer than 10, or withheld",
      "fewer than 10, or withheld",
      "fewer than 10, or withheld",
      "about 30 hours",
      "about 10 hours",
      "fewer than 10, or withheld",
      "about 15 hours",
      "fewer than 10, or withheld",
      "about 60",
      "80% or more",
    ]);
    expect(reply.lines.every(({ beside }) => beside === null)).toBe(true);
    const csv = monthlyFiguresCsv(reply, null, monthlyPapers.guarantee);
    expect(csv).toContain('"Neighbourhood Policing Guarantee, Oct 2021"');
    expect(csv).toContain(
      "Peak hours,Peak hours patrolled,2021-10-01,2021-10-31,30,hours,about 30 hours,",
    );
    expect(csv).not.toMatch(/[Pp]lanned|on duty\./);
  });

  test("is the same whatever was planned", () => {
    const { team } = shared;
    const other = { ...team, peak: { ...team.peak, planned: 0 } };
    expect(createGuarantee({ ...shared, team: other })).toEqual(createGuarantee(shared));
  });

  test("the total of abstraction never gives a withheld reason back", () => {
    const random = createRandom(7);
    let told = 0;
    for (let run = 0; run < 2_000; run += 1) {
      const hours = taskKinds.map(() => random.integer(3) * random.integer(15));
      const reply = createGuarantee({
        ...shared,
        team: { ...shared.team, tasks: tasksOf(hours) },
      });
      const [total, ...reasons] = reply.lines.filter(({ section }) => section === "abstraction");
      const blank = reasons.flatMap(({ count }, at) => (count === null ? [hours[at] ?? 0] : []));
      if (total?.count === null || blank.length === 0) continue;
      told += 1;
      expect(
        blank.reduce((sum, one) => sum + one, 0),
        String(hours),
      ).toBeGreaterThanOrEqual(10);
    }
    expect(told).toBeGreaterThan(100);
  });

  test("the unanswered questions stay anything from 0 to 9, or are 10 and more", () => {
    for (let received = 0; received < 260; received += 1) {
      for (let answered = 0; answered <= received; answered += 1) {
        const { questions_answered: words = "" } = wordsOf({
          isExact: false,
          tallies: questions(received, answered),
        });
        const band = /^(\d+)% or more$/.exec(words)?.[1];
        if (band !== undefined) {
          const most = ((100 - Number(band)) / 100) * received;
          expect(most, `${received} ${answered}`).toBeGreaterThanOrEqual(9);
        } else if (words.startsWith("about")) {
          expect(received - answered, `${received} ${answered}`).toBeGreaterThanOrEqual(10);
        }
      }
    }
    expect(wordsOf({ isExact: false, tallies: questions(200, 150) })["questions_answered"]).toBe(
      "about 150 (73% to 77%)",
    );
    expect(wordsOf({ isExact: false, tallies: questions(30, 29) })["questions_answered"]).toBe(
      "60% or more",
    );
    expect(wordsOf({ isExact: false, tallies: questions(12, 12) })["questions_answered"]).toBe(
      "fewer than 10, or withheld",
    );
  });
});
