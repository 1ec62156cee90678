import { expect, test } from "vitest";
import {
  daysShown,
  faultsFor,
  nextMonday,
  reachFaults,
  readRequest,
  readShifts,
  requestFromParams,
} from "#client/patrols/plan-request.ts";

test("the plan opens on next week, on a Monday too", () => {
  expect(nextMonday("2021-11-26")).toBe("2021-11-29");
  expect(nextMonday("2021-11-28")).toBe("2021-11-29");
  expect(nextMonday("2021-11-29")).toBe("2021-12-06");
});

test("an empty address asks for seven days, two units and the usual shifts", () => {
  expect(readRequest(requestFromParams({}, "2021-11-26"))).toEqual({
    ok: true,
    value: {
      from: "2021-11-29",
      days: 7,
      units: 2,
      shifts: ["14:00-22:00", "22:00-02:00"],
      seed: 1,
      varyTimes: true,
    },
  });
});

test("a weight of encounters is asked for by the address, and anything else is none", () => {
  const asked = (encounters: string) =>
    readRequest(requestFromParams({ encounters }, "2021-11-26"));
  expect(asked("strong")).toMatchObject({ ok: true, value: { encounters: "strong" } });
  const { value } = asked("most") as { value: object };
  expect(value).not.toHaveProperty("encounters");
});

test("shifts are read as people write them", () => {
  expect(readShifts("14-22, 22:00 to 2")).toEqual({
    ok: true,
    value: ["14:00-22:00", "22:00-02:00"],
  });
  expect(readShifts("16:00-24:00; 16:00-00:00")).toEqual({ ok: true, value: ["16:00-00:00"] });
});

test("a wrong shift is named in the refusal", () => {
  const refused = readShifts("14:00-22:00, late");
  expect(refused).toMatchObject({ ok: false, reason: expect.stringContaining("late") });
  expect(readShifts(" ")).toMatchObject({ ok: false });
  expect(readShifts("14:70-22:00")).toMatchObject({ ok: false });
});

test("every wrong field is named at once", () => {
  const read = readRequest({
    from: "2021-02-30",
    days: "0",
    units: "99",
    shifts: "x",
    encounters: "none",
  });
  expect(read.ok).toBe(false);
  if (!read.ok)
    expect(new Set(Object.keys(read.reason))).toEqual(new Set(["days", "from", "shifts", "units"]));
});

test("faults are those of the fields that a reader has", () => {
  const request = {
    ...requestFromParams({}, "2021-11-26"),
    days: "40",
    units: "0",
    shifts: "rubbish",
  };
  expect(new Set(Object.keys(faultsFor(request, true)))).toEqual(
    new Set(["days", "shifts", "units"]),
  );
  expect(Object.keys(faultsFor(request, false))).toEqual(["days"]);
  expect(faultsFor({ ...request, days: "7" }, false)).toEqual({});
});

test("days of which keep clear is not shown cannot be asked for, to the day", () => {
  const asAt = "2021-11-26";
  expect(reachFaults({ from: "2021-12-10", days: 1 }, asAt)).toEqual({});
  expect(reachFaults({ from: "2021-12-04", days: 7 }, asAt)).toEqual({});
  expect(reachFaults({ from: "2021-12-11", days: 1 }, asAt).from).toMatch(
    /^Keep clear is shown to Fri 10 Dec: /,
  );
  expect(reachFaults({ from: "2021-12-05", days: 7 }, asAt).days).toMatch(
    /^Up to 6: .* Fri 10 Dec/,
  );
});

test("all days of the plan are on screen beside those asked for", () => {
  const plan = { from: "2021-11-29", days: 7 };
  expect(daysShown({ from: "2021-12-03", days: 7 }, plan)).toEqual({
    from: "2021-11-29",
    days: 11,
  });
  expect(daysShown({ from: "2021-11-28", days: 9 }, plan)).toEqual({ from: "2021-11-28", days: 9 });
  expect(daysShown({ from: "2021-12-06", days: 7 }, null)).toEqual({ from: "2021-12-06", days: 7 });
});
