import { fc } from "@fast-check/vitest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readDraft } from "#client/outreach/draft.ts";
import { whenOf } from "#client/outreach/draft-when.ts";
import type { Here } from "#client/outreach/outreach-words.ts";
import type { Changed } from "#client/outreach/use-saving.ts";
import { drawFootprint } from "#core/blackouts/footprint.ts";
import { drawOutline, reachOf } from "#core/blackouts/outline.ts";
import { createPatrolGround } from "#core/blackouts/patrol-ground.ts";
import { horizonOf } from "#core/blackouts/protected.ts";
import { createRandom } from "#core/random.ts";
import { addDays, dayMs, hourMs } from "#core/time/zone.ts";
import { keepClearReply } from "#core/wire/keep-clear.ts";
import {
  type OutreachSessionReply,
  outreachSession,
  type SavedPlaceReply,
  savedPlace,
} from "#core/wire/outreach.ts";
import { ownerActor, systemActor } from "#server/db/database.ts";
import { createPartner } from "#server/outreach/partners.ts";
import { readBundledPlaces } from "#server/places/bundled.ts";
import { writeSetting } from "#server/queries/settings.ts";
import { asOwner } from "#tests/support/accounts.ts";
import { openTestApp, type TestApp, type TestCaller } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { at } from "#tests/support/outreach.ts";
import {
  acts,
  hereAt,
  type Opening,
  openForm,
  opening,
  play,
  readForm,
} from "#tests/support/outreach-form.tsx";
import {
  type Told,
  toldByControls,
  toldByWords,
  visitsTold,
} from "#tests/support/outreach-words.ts";

const ground = createPatrolGround(readBundledPlaces().areas);

/** A place of each kind, far from one another. */
const random = createRandom(6).next;
const area = {
  kind: "area" as const,
  corners: [
    [-0.066, 51.612],
    [-0.058, 51.612],
    [-0.057, 51.617],
  ] as [number, number][],
};
const route = {
  kind: "corridor" as const,
  corners: [
    [-0.0822, 51.6503],
    [-0.0801, 51.6541],
  ] as [number, number][],
  halfWidthM: 50,
};
const bodies = [
  {
    label: "Van",
    radiusM: 150,
    cells: drawFootprint({ at: [-0.0393, 51.6571], radiusM: 150 }, random),
  },
  ...[area, route].map((outline) => ({
    label: "Round",
    kind: outline.kind,
    radiusM: reachOf(outline),
    cells: drawOutline(outline, random),
  })),
];

interface Stored extends Told {
  readonly id: string;
  readonly key: string;
  readonly cells: readonly string[];
  readonly endedAt: number | null;
  readonly told: readonly { readonly date: string; readonly at: number | null }[];
}

type Interval = readonly [from: number, to: number];

/** Before and after clock changes, on a plain day, and where today is the day of one. */
const days = ["2021-11-26", "2022-03-18", "2021-10-31"] as const;
const playsADay = 6;

onEachEngine("the form of a session, through the real server", ({ db }) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp(db());
    await db().transaction(ownerActor, (tx) =>
      createPartner(tx, { code: "a", name: "Partner of a", now: Date.parse("2021-10-01") }),
    );
  });
  afterAll(() => app.close());

  const sent = async (caller: TestCaller, path: string, body: object) => {
    const reply = await caller.send("POST", `/api/outreach/${path}`, body);
    if (reply.statusCode !== 200) throw new Error(`${path}: ${reply.body}`);
    return reply.json() as unknown;
  };

  /** Sends as client/outreach/use-saving.ts does. */
  const save = async (
    caller: TestCaller,
    { moved, date }: Changed,
    body: {
      readonly placeId: string | null;
      readonly rule: object;
      readonly except: readonly string[];
    },
  ): Promise<OutreachSessionReply> => {
    const path =
      moved === null ? "sessions" : `sessions/${moved.id}/move${date === null ? "" : "-date"}`;
    const { placeId, rule, except } = body;
    const last = date === null ? { except } : { date };
    return outreachSession.parse(await sent(caller, path, { placeId, rule, ...last }));
  };

  /** The row itself, spelt out; null for none. */
  const storedSessions = async (): Promise<Stored[]> =>
    asOwner<Stored>(
      db(),
      `select
         outreach_session.id::text as "id",
         outreach_session.key::text as "key",
         repeats = 'once' as "isOnce",
         every_weeks as "weeks",
         case when cardinality(weekdays) > 0 then weekdays
           else array[extract(isodow from first_date)::int] end as "days",
         first_date::text as "first",
         to_char(starts_local, 'HH24:MI') as "start",
         to_char(ends_local, 'HH24:MI') as "end",
         until_date::text as "until",
         (extract(epoch from ended_at) * 1000)::float8 as "endedAt",
         array(select to_hex(cell) from saved_place, unnest(footprint) as cell
           where saved_place.id = place_id order by 1) as "cells",
         array(select occurs_on::text from session_exception
           where session_id = outreach_session.id order by 1) as "except",
         coalesce((select json_agg(json_build_object('date', occurs_on::text,
             'at', (extract(epoch from told_at) * 1000)::float8))
           from session_exception where session_id = outreach_session.id), '[]') as "told"
       from outreach_session
       order by outreach_session.id`,
    );

  /** What is closed of one session, from the rows that no patrol can overlap: every cell alike. */
  const closedRows = async (one: Stored): Promise<Interval[]> => {
    const rows = await asOwner<{ from: number; to: number; cells: string[] }>(
      db(),
      `select (extract(epoch from lower(during)) * 1000)::float8 as "from",
         (extract(epoch from upper(during)) * 1000)::float8 as "to",
         array_agg(to_hex(cell) order by to_hex(cell)) as "cells"
       from occupancy where session_id = $1::bigint group by 1, 2 order by 1`,
      [one.id],
    );
    for (const { cells } of rows) expect(cells).toEqual(one.cells);
    return rows.map(({ from, to }) => [from, to]);
  };

  const changedBy = async (
    caller: TestCaller,
    { kind, before, cancelled, moved }: Opening,
    { here, places }: { readonly here: Here; readonly places: readonly SavedPlaceReply[] },
  ): Promise<Changed | null> => {
    const none: Changed = { moved: null, date: null };
    if (kind === "add") return none;
    const given = { acts: before, here, places, isOneDate: false };
    const draft = play(openForm(none, here, places), given);
    if (!readDraft(draft, places, { ...here, ground }).ok) return null;
    const when = whenOf(draft, none, here);
    if (kind === "date" && when.rule.repeats === "once") return null;
    let reply = await save(caller, none, { placeId: draft.placeId, ...when }).catch(() => null);
    const dates = reply?.next.map(({ date }) => date) ?? [];
    for (const [index, date] of dates.entries()) {
      if (!reply || !cancelled.includes(index)) continue;
      reply = outreachSession.parse(await sent(caller, `sessions/${reply.id}/cancel`, { date }));
    }
    const left = reply?.next.filter(({ state }) => state === "planned") ?? [];
    if (!reply || left.length === 0) return null;
    return {
      moved: reply,
      date: kind === "date" ? (left[moved % left.length]?.date ?? null) : null,
    };
  };

  test.each(days)(
    "what is shown, said, stored and closed to police is one and the same, %s",
    async (today) => {
      await db().transaction(systemActor, (tx) => writeSetting(tx, "demo", { asAt: today }));
      await app.services.asAt.refresh(db());
      const partner = await app.as("partner", "a");
      const sergeant = await app.as("sergeant");
      // So that nothing is widened.
      await sent(partner, "calendar/confirm", { pausedUntil: addDays(today, 60) });
      const places: SavedPlaceReply[] = [];
      for (const body of bodies) places.push(savedPlace.parse(await sent(partner, "places", body)));
      let saved = 0;
      for (const [opened, taps] of fc.sample(fc.tuple(opening, acts), {
        numRuns: playsADay * 3,
        seed: 17,
      })) {
        if (saved === playsADay) break;
        await asOwner(db(), "delete from outreach_session");
        const here = hereAt(app.services.asAt.now());
        const changed = await changedBy(partner, opened, { here, places });
        if (changed === null) continue;
        const isOneDate = changed.date !== null;
        const draft = play(openForm(changed, here, places), {
          acts: taps,
          here,
          places,
          isOneDate,
        });
        if (!readDraft(draft, places, { ...here, ground }).ok) continue;
        const when = whenOf(draft, changed, here);
        const form = readForm(draft, when, here, isOneDate);
        const words = toldByWords(form.sentence, when.rule.firstDate, today);
        const span = { now: here.now, to: horizonOf(here.now) };
        const shown = visitsTold(toldByControls(form, words.except), span);
        // Nothing ahead: the preview does not let it be saved.
        if (shown.size === 0) continue;
        const reply = await save(partner, changed, { placeId: draft.placeId, ...when });
        const rows = await storedSessions();
        const row = rows.find(({ key }) => key === reply.id);
        if (!row) throw new Error("The session is not stored");
        expect([...visitsTold(words, span).keys()]).toEqual([...shown.keys()]);
        expect([...visitsTold(row, span).keys()]).toEqual([...shown.keys()]);
        expect(reply.next.map(({ date }) => date)).toEqual(
          [...shown.keys()].slice(0, 6).map((key) => key.slice(0, 10)),
        );
        // Short of the horizon, which moves on while this runs, and of what is cut at the moment of saving.
        const known = [here.now + hourMs, span.to - hourMs] as const;
        expect(clipped(await closedRows(row), known)).toEqual(clipped([...shown.values()], known));
        // Police: this, and what is left of the one that was changed.
        const old = rows.filter(({ key }) => key !== reply.id);
        const seen = [here.now + hourMs, here.now + 13 * dayMs] as const;
        const all = [{ cells: row.cells, closed: [...shown.values()] as Interval[] }];
        for (const one of old) all.push({ cells: one.cells, closed: leftOf(one, span) });
        for (const { cells } of places) {
          const closed = all.filter((one) => one.cells.join() === [...cells].sort().join());
          const stretches = keepClearReply.parse(
            (await sergeant.get("/api/keep-clear")).json(),
          ).stretches;
          const told = stretches
            .filter((stretch) => cells.every((cell) => stretch.cells.includes(cell)))
            .map(({ from, to }): Interval => [Date.parse(from), Date.parse(to)]);
          expect(clipped(told, seen)).toEqual(
            clipped(
              closed.flatMap((one) => one.closed),
              seen,
            ),
          );
        }
        saved += 1;
      }
      expect(saved).toBe(playsADay);
    },
  );
});

/** Of a session that was ended or changed: what was called off too late stays closed. */
function leftOf(one: Stored, span: { readonly now: number; readonly to: number }): Interval[] {
  const all = visitsTold({ ...one, except: [] }, span);
  return [...all].flatMap(([key, closed]): Interval[] => {
    const date = key.slice(0, 10);
    const word = one.told.find((exception) => exception.date === date);
    const told = word ? (word.at ?? -Infinity) : Infinity;
    const offAt = Math.min(told, one.endedAt ?? Infinity);
    return at(`${date}T${one.start}`) - offAt > dayMs ? [] : [closed];
  });
}

/** Cut to what is compared, in one piece where they touch. */
function clipped(intervals: readonly Interval[], [from, to]: Interval): Interval[] {
  const inside = intervals
    .map(([start, end]): Interval => [Math.max(start, from), Math.min(end, to)])
    .filter(([start, end]) => start < end)
    .sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [start, end] of inside) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
