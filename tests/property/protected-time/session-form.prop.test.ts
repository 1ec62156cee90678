import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { type Here, sessionSentence } from "#client/protected-time/outreach/outreach-words.ts";
import { readDraft } from "#client/protected-time/session-form/draft.ts";
import {
  type Changed,
  changeDraft,
  type Draft,
  type When,
  whenOf,
} from "#client/protected-time/session-form/draft-when.ts";
import { mostPreviewed } from "#client/protected-time/session-form/Preview.tsx";
import { horizonOf, upcoming } from "#core/protected-time/protected.ts";
import type { SessionRule } from "#core/protected-time/session.ts";
import { sessionBody } from "#core/protected-time/wire/outreach.ts";
import { formatLocal } from "#core/time/zone.ts";
import type { SessionRow } from "#server/protected-time/queries/sessions.ts";
import { sessionReply } from "#server/protected-time/replies.ts";
import { bundledGround } from "#tests/support/bundled-places.ts";
import { london } from "#tests/support/outreach.ts";
import {
  acts,
  hereOf,
  moments,
  type Opening,
  openForm,
  opening,
  play,
  readForm,
  readPreview,
} from "#tests/support/outreach-form.tsx";
import {
  readDay,
  readSpan,
  type Told,
  toldByControls,
  toldByWords,
  visitsTold,
} from "#tests/support/outreach-words.ts";
import { runsOf } from "#tests/support/runs.ts";

const ids = [1, 2, 3].map((at) => `${at}1111111-1111-4111-8111-111111111111`);
const places = ids.map((id) => ({
  id,
  label: `Place ${id[0]}`,
  kind: "circle" as const,
  lattice: [`${id[0]}`],
  classM: 150 as const,
  cells: [],
  usedAt: "2021-11-20T10:00:00+00:00",
}));
const ground = bundledGround();

/** What is changed: a session that was entered by the same form, with cancelled dates; null where that was refused. */
function changedBy({ kind, before, cancelled, moved }: Opening, here: Here): Changed | null {
  const none: Changed = { moved: null, date: null };
  if (kind === "add") return none;
  const draft = play(openForm(none, here, places), {
    acts: before,
    here,
    places,
    isOneDate: false,
  });
  if (!readDraft(draft, places, { ...here, ground }).ok) return null;
  const { rule } = whenOf(draft, none, here);
  if (kind === "date" && rule.repeats === "once") return null;
  const row = { key: ids[0], placeKey: draft.placeId, rule, endedAt: null, movedFrom: null };
  const replyWith = (dates: readonly string[]) => {
    const exceptions = dates.map((date) => ({ date, toldAt: here.now }));
    return sessionReply(here, { ...row, exceptions } as unknown as SessionRow, {});
  };
  const next = replyWith([]).next.map(({ date }) => date);
  const reply = replyWith(next.filter((_, index) => cancelled.includes(index)));
  if (reply.next.length === 0) return null;
  const date = kind === "date" ? (reply.next[moved % reply.next.length]?.date ?? null) : null;
  return { moved: reply, date };
}

const toldByRule = (rule: SessionRule, except: readonly string[]): Told => ({
  isOnce: rule.repeats === "once",
  weeks: rule.everyWeeks,
  days: rule.days ?? [new Date(rule.firstDate).getUTCDay() || 7],
  first: rule.firstDate,
  start: rule.start,
  end: rule.end,
  until: rule.until,
  except,
});

/** Every side of one form that can be saved tells the same visits; answers how many. */
function compareSides(draft: Draft, when: When, changed: Changed, here: Here): number {
  const { now, today } = here;
  const span = { now, to: horizonOf(now) };
  const form = readForm(draft, when, here, changed.date !== null);
  const preview = readPreview(when, here);
  // What is sent is checked by the form that the server has for it.
  const sent = sessionBody.parse(
    JSON.parse(JSON.stringify({ placeId: draft.placeId, rule: when.rule, except: when.except })),
  );
  const visits = visitsTold(toldByRule(sent.rule, sent.except), span);
  const keys = [...visits.keys()];

  // What the preview is titled, and what the form says above its button.
  expect(form.sentence).toBe(sessionSentence(here, when));
  const listed = form.dates.replace("Next: ", "").split(", ");
  const aDate = form.dates.startsWith("Next: ") ? readDay(listed[0] ?? "", today) : "";
  const words = toldByWords(form.sentence, aDate, today);
  expect([...visitsTold(words, span).keys()]).toEqual(keys);
  expect([...visitsTold(toldByControls(form, words.except), span).keys()]).toEqual(keys);
  if (aDate !== "") {
    const first = keys.slice(0, listed.length).map((key) => key.slice(0, 10));
    expect(listed.map((one) => readDay(one, today))).toEqual(first);
  } else if (!words.isOnce) expect(keys).toEqual([]);

  // The times of the preview are those that the checker, which shares no code with them, finds closed.
  const closed = [...visits.values()];
  const wall = (instant: number) => formatLocal(london.toLocal(instant));
  expect(preview.spans.map((one) => readSpan(one, today))).toEqual(
    closed.slice(0, mostPreviewed).map(([from, to]) => [wall(from), wall(to)]),
  );
  const more = /^And (\d+) more, to (.*)\.$/.exec(preview.more);
  expect(Number(more?.[1] ?? 0)).toBe(Math.max(0, keys.length - mostPreviewed));
  if (more) expect(readDay(more[2] ?? "", today)).toBe(keys.at(-1)?.slice(0, 10));

  // What the server closes of what was sent.
  const exceptions = sent.except.map((date) => ({ date, toldAt: null }));
  const closes = upcoming(london, { rule: sent.rule, exceptions, endedAt: null }, now);
  expect(closes.map(({ closedFrom, closedTo }) => [closedFrom, closedTo])).toEqual(closed);
  return keys.length;
}

const counted = { saved: 0, visits: 0, nearChange: 0, changed: 0 };
const runs = runsOf(600, 60);

test.prop([fc.constantFrom(...moments), opening, acts], { numRuns: runs })(
  "what the form shows, what it says, what is previewed, sent and closed are the same visits",
  (moment, opened, taps) => {
    const here = hereOf(moment);
    const changed = changedBy(opened, here);
    fc.pre(changed !== null);
    const isOneDate = changed.date !== null;
    const draft = play(openForm(changed, here, places), { acts: taps, here, places, isOneDate });
    const when = whenOf(draft, changed, here);
    if (!readDraft(draft, places, { ...here, ground }).ok) return;
    const visits = compareSides(draft, when, changed, here);
    counted.saved += 1;
    counted.visits += visits;
    if (changed.moved !== null) counted.changed += 1;
  },
);

test("and that was about something: most plays could be saved, many of them changes", () => {
  expect(counted.saved).toBeGreaterThan(runs / 2);
  expect(counted.changed).toBeGreaterThan(runs / 5);
  expect(counted.visits).toBeGreaterThan(runs * 5);
});

test.prop([fc.constantFrom(...moments), acts, fc.integer({ min: 1, max: 7 })], {
  numRuns: runsOf(100, 15),
})(
  "a tap on a day turns that day over and no other, and the only one stays with a word why until another replaces it",
  (moment, taps, day) => {
    const here = hereOf(moment);
    const none: Changed = { moved: null, date: null };
    const before = play(openForm(none, here, places), {
      acts: taps,
      here,
      places,
      isOneDate: false,
    });
    fc.pre(before.repeats === "weekly");
    const after = changeDraft(before, { kind: "day", day });
    const [was, is] = [before, after].map((draft) =>
      readForm(draft, whenOf(draft, none, here), here, false),
    );
    const isOnly = was?.chips.length === 1 && was.chips[0] === day;
    const turned = was?.chips.includes(day)
      ? was.chips.filter((one) => one !== day)
      : [...(was?.chips ?? []), day].sort((a, b) => a - b);
    const isReplaced = isOnly || before.keepsOnlyDay;
    expect(is?.chips).toEqual(isReplaced ? [day] : turned);
    if (isOnly) expect(is?.notes).toContain("is the only day. Tap another day to replace it.");
    else expect(is?.notes).not.toContain("is the only day");
  },
);
