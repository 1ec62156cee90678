import { expect, test } from "vitest";
import { choosePlan } from "#client/patrols/use-plan.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";

const plan = (id: string, from: string, days: number, status: PlanReply["status"]) =>
  ({ id, from, days, status, agreedAt: status === "suggested" ? null : "" }) as PlanReply;
const week = { from: "2021-11-29", days: 7 };

test("the plan asked for, else of exactly these days, agreed before suggested", () => {
  const plans = [
    plan("4", "2021-12-03", 3, "agreed"),
    plan("3", "2021-11-29", 7, "suggested"),
    plan("2", "2021-11-29", 7, "agreed"),
    plan("1", "2021-11-29", 7, "withdrawn"),
  ];
  expect(choosePlan(plans, week, "1")?.id).toBe("1");
  expect(choosePlan(plans, week, "99")?.id).toBe("2");
  expect(choosePlan(plans.slice(0, 2), week, undefined)?.id).toBe("3");
  expect(choosePlan(plans.slice(0, 1), week, undefined)?.id).toBe("4");
  expect(choosePlan(plans.slice(3), week, undefined)?.id).toBe("1");
});

test("a withdrawn plan of other days is not shown for these", () => {
  expect(choosePlan([plan("1", "2021-12-03", 3, "withdrawn")], week, undefined)).toBeNull();
});

test("a discarded suggestion leaves the agreed plan in view, or the beginning where there is none", () => {
  const discarded = { ...plan("3", "2021-11-29", 7, "withdrawn"), agreedAt: null };
  const agreed = plan("2", "2021-11-29", 7, "agreed");
  expect(choosePlan([discarded, agreed], week, undefined)?.id).toBe("2");
  expect(choosePlan([discarded], week, undefined)).toBeNull();
  expect(choosePlan([discarded], week, "3")?.id).toBe("3");
});
