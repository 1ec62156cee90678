import { expect, test } from "vitest";
import { withTold } from "#client/protected-time/outreach/outreach-api.ts";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";

const told = (confirmedAt: string | null) => ({
  toldAt: "2021-11-26T19:02:00Z",
  confirmedAt,
  sentence: confirmedAt === null ? "Not confirmed." : "Confirmed.",
});

const session = (id: string, said: OutreachSessionReply["told"]): OutreachSessionReply => ({
  id,
  placeId: "p",
  rule: {
    repeats: "once",
    everyWeeks: 1,
    firstDate: "2021-11-26",
    start: "20:00",
    end: "22:00",
    until: null,
  },
  except: [],
  endedAt: null,
  next: [],
  cancelled: [],
  movedFrom: null,
  told: said,
  second: null,
});

const list = [session("early", null), session("late", told(null))];

test("what police have said since stands in the same list", () => {
  const confirmed = told("2021-11-26T19:06:00Z");
  expect(withTold(list, { sessions: [{ id: "late", told: confirmed }] })).toEqual([
    list[0],
    { ...list[1], told: confirmed },
  ]);
});

test("where another session is late than was known, the list is read again", () => {
  const late = { id: "late", told: told(null) };
  expect(withTold(list, { sessions: [] })).toBeNull();
  expect(withTold(list, { sessions: [{ id: "early", told: told(null) }] })).toBeNull();
  expect(withTold(list, { sessions: [late, { ...late, id: "new" }] })).toBeNull();
});
