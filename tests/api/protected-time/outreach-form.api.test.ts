import fc from "fast-check";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Here } from "#client/protected-time/outreach/outreach-words.ts";
import { readDraft } from "#client/protected-time/session-form/draft.ts";
import type { Changed } from "#client/protected-time/session-form/draft-when.ts";
import { type Draft, type When, whenOf } from "#client/protected-time/session-form/draft-when.ts";
import type { Outline } from "#core/protected-time/ground.ts";
import { snapToLattice } from "#core/protected-time/lattice.ts";
import { horizonOf } from "#core/protected-time/protected.ts";
import {
  type OutreachSessionReply,
  outreachSession,
  type SavedPlaceReply,
  savedPlace,
} from "#core/protected-time/wire/outreach.ts";
import { addDays, dayMs, hourMs, parseLocal } from "#core/time/zone.ts";
import { type Database, ownerActor, systemActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { createPartner } from "#server/protected-time/partners.ts";
import { asOwner } from "#tests/support/accounts.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { bundledGround } from "#tests/support/bundled-places.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { london } from "#tests/support/displacement.ts";
import { circleAt } from "#tests/support/outreach.ts";
import {
  acts,
  hereAt,
  type Opening,
  openForm,
  opening,
  play,
  readForm,
} from "#tests/support/outreach-form.tsx";
import { toldByControls, toldByWords, visitsTold } from "#tests/support/outreach-words.ts";
import { runsOf } from "#tests/support/runs.ts";
import {
  clipped,
  closedByRows,
  closedRows,
  keptClear,
  storedRows,
} from "#tests/support/stored-sessions.ts";

const ground = bundledGround();

/** A place, an area and a route, far from one another. */
const outlines: readonly Outline[] = [
  {
    kind: "area",
    corners: [
      [-0.066, 51.612],
      [-0.058, 51.612],
      [-0.057, 51.617],
    ],
  },
  {
    kind: "corridor",
    corners: [
      [-0.0822, 51.6503],
      [-0.0801, 51.6541],
    ],
    halfWidthM: 50,
  },
];
const bodies = [
  { label: "Van", ...circleAt([-0.0393, 51.6571]) },
  ...outlines.map((outline) => ({ label: "Round", ...snapToLattice(outline) })),
];

/** On a plain day when the evening's session has just ended, before a clock change and on the day of one. */
const moments = ["2021-11-26T22:10", "2022-03-18T14:00", "2021-10-31T00:40"] as const;
const playsADay = runsOf(6, 2);

interface Desk {
  readonly db: Database;
  readonly partner: TestCaller;
  readonly sergeant: TestCaller;
  readonly places: readonly SavedPlaceReply[];
}

onOneEngine("the form of a session, through the real server", ({ db }) => {
  const app = appWith(db);
  beforeAll(async () => {
    await db().transaction(ownerActor, (tx) =>
      createPartner(tx, { code: "a", name: "Partner of a", now: Date.parse("2021-10-01") }),
    );
  });

  const openDesk = async (today: string): Promise<Desk> => {
    await db().transaction(systemActor, (tx) => writeSetting(tx, "demo", { asAt: today }));
    await app.services.asAt.refresh(db());
    const partner = await app.as("partner", "a");
    const sergeant = await app.as("sergeant");
    // So that nothing is widened.
    await sent(partner, "calendar/confirm", { pausedUntil: addDays(today, 60) });
    const places: SavedPlaceReply[] = [];
    for (const body of bodies) places.push(savedPlace.parse(await sent(partner, "places", body)));
    return { db: db(), partner, sergeant, places };
  };

  afterEach(() => {
    vi.useRealTimers();
  });

  test.each(moments)(
    "what is shown, said, stored and closed to police is one and the same, %s",
    async (moment) => {
      const [today = "", time] = moment.split("T");
      // A demonstration has its own day, and the hour of the clock.
      const clock = london.toInstant(parseLocal(`${london.dateOf(Date.now())}T${time}`), "earlier");
      vi.useFakeTimers({ toFake: ["Date"], now: clock });
      const desk = await openDesk(today);
      const plays = fc.sample(fc.tuple(opening, acts), { numRuns: playsADay * 4, seed: 17 });
      let saved = 0;
      for (const [opened, taps] of plays) {
        if (saved === playsADay) break;
        await asOwner(db(), "delete from outreach_session");
        const here = hereAt(app.services.asAt.now());
        const changed = await changedBy(desk, opened, here);
        if (changed === null) continue;
        const given = { acts: taps, here, places: desk.places, isOneDate: changed.date !== null };
        const draft = play(openForm(changed, here, desk.places), given);
        if (await compareSides(desk, { draft, changed, here })) saved += 1;
      }
      expect(saved).toBe(playsADay);
    },
  );
});

/** What is changed: a session that was entered by the same form, with cancelled dates; null where that was refused. */
async function changedBy(desk: Desk, opened: Opening, here: Here): Promise<Changed | null> {
  const none: Changed = { moved: null, date: null };
  if (opened.kind === "add") return none;
  const { places } = desk;
  const given = { acts: opened.before, here, places, isOneDate: false };
  const draft = play(openForm(none, here, places), given);
  if (!readDraft(draft, places, { ...here, ground }).ok) return null;
  const when = whenOf(draft, none, here);
  if (opened.kind === "date" && when.rule.repeats === "once") return null;
  if (visitsTold(toldByControls(readForm(draft, when, here, false), []), spanOf(here)).size === 0) {
    return null;
  }
  const reply = await withCancelled(desk, await save(desk, none, { draft, when }), opened);
  const left = reply.next.filter(({ state }) => state === "planned");
  const date = left[opened.moved % left.length]?.date;
  if (date === undefined) return null;
  return { moved: reply, date: opened.kind === "date" ? date : null };
}

async function withCancelled(desk: Desk, saved: OutreachSessionReply, { cancelled }: Opening) {
  let reply = saved;
  for (const { date } of saved.next.filter((_, index) => cancelled.includes(index))) {
    const path = `sessions/${saved.id}/cancel`;
    reply = outreachSession.parse(await sent(desk.partner, path, { date }));
  }
  return reply;
}

/** Saves what the form shows, where it lets it be saved, and compares every side of it. */
async function compareSides(
  desk: Desk,
  given: { readonly draft: Draft; readonly changed: Changed; readonly here: Here },
): Promise<boolean> {
  const { db, places, sergeant } = desk;
  const { draft, changed, here } = given;
  if (!readDraft(draft, places, { ...here, ground }).ok) return false;
  const when = whenOf(draft, changed, here);
  const form = readForm(draft, when, here, changed.date !== null);
  const words = toldByWords(form.sentence, when.rule.firstDate, here.today);
  const span = spanOf(here);
  const shown = visitsTold(toldByControls(form, words.except), span);
  if (shown.size === 0) return false;
  const reply = await save(desk, changed, { draft, when });
  const rows = await storedRows(db);
  const row = rows.find(({ key }) => key === reply.id);
  if (!row) throw new Error("The session is not stored");
  expect([...visitsTold(words, span).keys()]).toEqual([...shown.keys()]);
  expect([...visitsTold(row, span).keys()]).toEqual([...shown.keys()]);
  const next = [...shown.keys()].slice(0, 6).map((key) => key.slice(0, 10));
  expect(reply.next.map(({ date }) => date)).toEqual(next);
  // Short of the horizon, which moves on while this runs, and of what is cut at the moment of saving.
  const known = [here.now + hourMs, span.to - hourMs] as const;
  expect(clipped(await closedRows(db, row), known)).toEqual(clipped([...shown.values()], known));
  // Police: this, and what is left of the one that was changed; nowhere else anything.
  const seen = [here.now + hourMs, here.now + 13 * dayMs] as const;
  const keepClear = (await sergeant.get("/api/keep-clear")).json() as unknown;
  for (const { cells } of places) {
    const closed = clipped(closedByRows(rows, cells, span), seen);
    expect(clipped(keptClear(keepClear, cells), seen)).toEqual(closed);
  }
  return true;
}

function spanOf({ now }: Here) {
  return { now, to: horizonOf(now) };
}

/** Sends as client/protected-time/session-form/use-saving.ts does. */
async function save(
  { partner }: Desk,
  { moved, date }: Changed,
  { draft, when }: { readonly draft: Draft; readonly when: When },
): Promise<OutreachSessionReply> {
  const { placeId } = draft;
  const { rule, except } = when;
  if (moved === null) {
    return outreachSession.parse(await sent(partner, "sessions", { placeId, rule, except }));
  }
  const path = `sessions/${moved.id}/${date === null ? "move" : "move-date"}`;
  const body = date === null ? { placeId, rule, except } : { placeId, rule, date };
  return outreachSession.parse(await sent(partner, path, body));
}

async function sent(caller: TestCaller, path: string, body: object): Promise<unknown> {
  const reply = await caller.send("POST", `/api/outreach/${path}`, body);
  if (reply.statusCode !== 200) throw new Error(`${path}: ${reply.body}`);
  return reply.json() as unknown;
}
