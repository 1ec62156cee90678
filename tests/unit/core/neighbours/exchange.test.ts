import { describe, expect, test } from "vitest";
import { completeEdges } from "#core/displacement/one-sided.ts";
import {
  agreedTimeFault,
  agreementState,
  endedQuarters,
  readContactRole,
  readReference,
  shownQuarters,
} from "#core/neighbours/agreement.ts";
import {
  handoverPeriod,
  periodName,
  quarterName,
  quarterOf,
  quartersBetween,
  wholeQuarters,
} from "#core/neighbours/quarter.ts";
import { receivedTotals } from "#core/neighbours/received-totals.ts";
import { failure, success } from "#core/result.ts";

const agreed = {
  startsOn: "2021-04-01",
  expiresOn: "2022-03-31",
  firstQuarter: "2020-Q4",
  lastQuarter: "2022-Q1",
};

describe("quarters", () => {
  test("follow each other over the year", () => {
    expect(quartersBetween("2020-Q3", "2021-Q2")).toEqual([
      "2020-Q3",
      "2020-Q4",
      "2021-Q1",
      "2021-Q2",
    ]);
    expect(quartersBetween("2021-Q2", "2021-Q1")).toEqual([]);
    expect(quarterOf("2021-10-01")).toBe("2021-Q4");
    expect(quarterName("2021-Q3")).toBe("July to September 2021");
    expect(() => quarterName("2021-Q5")).toThrow(RangeError);
  });

  test("are made up of days only where they begin and end with them", () => {
    expect(wholeQuarters("2021-01-01", "2021-06-30")).toEqual(["2021-Q1", "2021-Q2"]);
    for (const [from, to] of [
      ["2021-01-02", "2021-06-30"],
      ["2021-01-01", "2021-06-29"],
      ["2021-01-01", "2021-07-01"],
      ["2021-02-01", "2021-04-30"],
    ] as const) {
      expect(wholeQuarters(from, to)).toBeNull();
    }
  });
});

describe("an agreement", () => {
  test("is in force from its first day to its last, both included", () => {
    expect(agreementState(agreed, "2021-03-31")).toBe("not begun");
    expect(agreementState(agreed, "2021-04-01")).toBe("in force");
    expect(agreementState(agreed, "2022-03-31")).toBe("in force");
    expect(agreementState(agreed, "2022-04-01")).toBe("expired");
  });

  test("shows a quarter once a whole month has passed since it ended, and takes totals once it has ended", () => {
    expect(endedQuarters(agreed, "2021-09-30").at(-1)).toBe("2021-Q2");
    expect(endedQuarters(agreed, "2021-10-01").at(-1)).toBe("2021-Q3");
    expect(shownQuarters(agreed, "2021-10-31").at(-1)).toBe("2021-Q2");
    expect(shownQuarters(agreed, "2021-11-01").at(-1)).toBe("2021-Q3");
    expect(shownQuarters(agreed, "2021-11-01")[0]).toBe("2020-Q4");
  });

  test("has dates in order and at most ten years of quarters", () => {
    expect(agreedTimeFault(agreed)).toBeNull();
    expect(agreedTimeFault({ ...agreed, expiresOn: "2021-03-31" })).toMatch(/last day/);
    expect(agreedTimeFault({ ...agreed, lastQuarter: "2020-Q3" })).toMatch(/last quarter/);
    expect(agreedTimeFault({ ...agreed, lastQuarter: "2031-Q1" })).toMatch(/At most 40/);
  });

  test.each([
    "Partnership inspector",
    "Duty desk",
    "Outreach lead of the borough",
    "Ward sergeant",
  ])("names a role: %s", (role) =>
    expect(readContactRole(role)).toEqual({ ok: true, value: role }),
  );

  test.each([
    "",
    "   ",
    "Jane Smith",
    "Inspector Smith",
    "PC Alder",
    "the inspector, Jane",
    "the desk of Inspector Patel",
    "07700 900123",
    "desk 020 7946 0000",
    "someone@example.com",
    "12 Fore Street",
    "x".repeat(81),
  ])("and nobody's name, number or address: %s", (role) => {
    expect(readContactRole(role).ok).toBe(false);
  });

  test("has a reference that is nobody's name", () => {
    expect(readReference(" EX/2021/04 ")).toEqual({ ok: true, value: "EX/2021/04" });
    for (const text of ["", "Jane Smith", "=A1", "07700900123", "<b>", "x".repeat(61)]) {
      expect(readReference(text).ok, text).toBe(false);
    }
  });
});

describe("totals received", () => {
  const totals = new Map<string, number | null>([
    ["2021-Q1", 20],
    ["2021-Q2", 30],
    ["2021-Q3", null],
  ]);
  const q1 = { from: "2021-01-01", to: "2021-03-31" };
  const q2 = { from: "2021-04-01", to: "2021-06-30" };

  test("of whole quarters are added up", () => {
    expect(receivedTotals({ before: q1, after: q2, totals })).toEqual(success([20, 30]));
    const half = { from: "2021-01-01", to: "2021-06-30" };
    expect(receivedTotals({ before: half, after: q2, totals })).toEqual(success([50, 30]));
  });

  test("are never split, nor guessed where one is missing or fewer than 10", () => {
    const why = (after: { from: string; to: string }) => {
      const read = receivedTotals({ before: q1, after, totals });
      return read.ok ? "" : read.reason;
    };
    expect(why({ from: "2021-04-01", to: "2021-05-31" })).toMatch(/not whole quarters/);
    expect(why({ from: "2021-07-01", to: "2021-09-30" })).toMatch(/fewer than 10/);
    expect(why({ from: "2021-10-01", to: "2021-12-31" })).toMatch(/Nothing was sent/);
  });

  test("complete an edge that is asked about together with the others", () => {
    const edge = { control: [400, 400] as const, p: null, wdd: null, dispersion: 1, placebo: null };
    const given = (outer: readonly [number, number]) => ({
      reference: "EX/1",
      outer: success(outer),
    });
    const [rise, none] = completeEdges([
      { ...edge, neighbour: "Epping Forest", inner: [20, 30], given: given([30, 90]) },
      { ...edge, neighbour: "Barnet", inner: [40, 41], given: null },
    ]);
    expect(none).toBeNull();
    expect(rise).toMatchObject({ outer: [30, 90], verdict: "rise", reference: "EX/1" });
    expect(rise?.sentence).toMatch(/totals received from Epping Forest, reference EX\/1/);
    // A p of .04 by itself is no rise among ten that are asked together.
    const many = Array.from({ length: 9 }, (_, at) => ({
      ...edge,
      p: 0.5,
      wdd: 1,
      neighbour: `N${at}`,
      inner: [40, 41] as const,
      given: null,
    }));
    const weak = { ...edge, neighbour: "Weak", inner: [40, 56] as const, given: given([40, 56]) };
    expect(completeEdges([weak])[0]?.verdict).toBe("rise");
    expect(completeEdges([weak, ...many])[0]?.verdict).toBe("no_clear_change");
    // Nor where the months of the edge scatter twice as much as chance does.
    expect(completeEdges([{ ...weak, dispersion: 2 }])[0]?.verdict).toBe("no_clear_change");
    // Nor where other places change apart by a tenth with nothing done.
    const placebo = { places: 12, spread: 0.1 };
    expect(completeEdges([{ ...weak, placebo }])[0]?.verdict).toBe("no_clear_change");
  });

  test("that do not serve say why and give no verdict", () => {
    const [edge] = completeEdges([
      {
        neighbour: "Epping Forest",
        inner: [20, 90],
        control: [400, 400],
        p: null,
        wdd: null,
        dispersion: null,
        placebo: null,
        given: { reference: "EX/1", outer: failure("Nothing was sent for it.") },
      },
    ]);
    expect(edge).toMatchObject({ outer: null, verdict: "cannot_tell" });
    expect(edge?.sentence).toMatch(/cannot be used here\. Nothing was sent for it\./);
  });
});

test("of an alert's days a month or a quarter crosses, never the days", () => {
  expect(handoverPeriod("2021-07-28", "2021-08-05")).toBe("2021-Q3");
  expect(handoverPeriod("2021-09-28", "2021-10-05")).toBe("2021-10");
  expect(handoverPeriod("2021-10-04", "2021-10-24")).toBe("2021-10");
  expect(periodName("2021-Q3")).toBe("July to September 2021");
  expect(periodName("2021-10")).toBe("October 2021");
});
