import { expect, test } from "vitest";
import { deskOf, nightOf, unitKey, unitsOf, type Who } from "#core/patrols/duty/night.ts";
import type { TonightReply, TonightStop, TonightWindow } from "#core/patrols/wire/tonight.ts";
import { minuteMs } from "#core/time/zone.ts";
import {
  instantAt,
  stayAt,
  tonightAt,
  tonightOf,
  tonightStop,
  tonightWindow,
  withStops,
} from "#tests/support/tonight.ts";

const unit1: Who = { unit: 1, patrolPartner: null };

function phaseAt(windows: readonly TonightWindow[], minutes = 0, chosen: string | null = null) {
  return nightOf(tonightOf(...windows), unit1, tonightAt + minutes * minuteMs, chosen).phase;
}

/** "go 2": what is asked, and of which stop. */
function asked(windows: readonly TonightWindow[], minutes = 0, chosen: string | null = null) {
  const phase = phaseAt(windows, minutes, chosen);
  const next = "next" in phase ? phase.next?.stop.order : undefined;
  return next === undefined ? phase.kind : `${phase.kind} ${next}`;
}

test("before a patrol begins its unit waits: nothing is offered outside the times that were approved", () => {
  const window = tonightWindow(30);
  expect(asked([window])).toBe("wait 1");
  expect(asked([window], 29.9)).toBe("wait 1");
  expect(asked([window], 30)).toBe("go 1");
  expect(asked([window], 119)).toBe("go 1");
  expect(asked([window], 120)).toBe("done");
  expect(phaseAt([tonightWindow(-100), window])).toMatchObject({ kind: "wait", isFirst: false });
  expect(phaseAt([window])).toMatchObject({ isFirst: true });
});

test("a stop is next until it is left, and one that was passed over comes last", () => {
  const window = tonightWindow(-10);
  const done = (...stops: readonly Partial<TonightStop>[]) => withStops(window, ...stops);
  const stay = { stays: [stayAt(-8, -2)] };
  expect(asked([done(stay)])).toBe("go 2");
  expect(asked([done({}, stay)])).toBe("go 3");
  expect(asked([done({}, stay, stay)])).toBe("go 1");
  expect(asked([done(stay, stay, stay)])).toBe("done");
  const [key = ""] = nightOf(tonightOf(window), unit1, tonightAt)
    .walk.slice(-1)
    .map((at) => at.key);
  expect(asked([window], 0, key)).toBe("go 3");
});

test("it is late once a planned stop is passed by more than 15 minutes without Arrived", () => {
  const window = tonightWindow(-15);
  expect(phaseAt([window])).toMatchObject({ kind: "go", isLate: false });
  expect(phaseAt([window], 1)).toMatchObject({ kind: "go", isLate: true });
});

test("while somebody is there it is nowhere else, and over once the patrol is", () => {
  const window = withStops(tonightWindow(-10), { stays: [stayAt(-6, null)] });
  expect(phaseAt([window])).toMatchObject({ kind: "there", isOver: false });
  expect(phaseAt([window], 80)).toMatchObject({ kind: "there", isOver: true });
  // *Leave* was forgotten: a unit is where it arrived last.
  const moved = withStops(window, {}, { stays: [stayAt(-2, null)] });
  const { walk, phase } = nightOf(tonightOf(moved), unit1, tonightAt);
  expect(walk.map(({ state }) => state)).toEqual(["done", "there", "ahead"]);
  expect(phase).toMatchObject({ kind: "there", at: { stop: { order: 2 } } });
});

test("a place that has had its visits is not offered, but another of the same patrol is", () => {
  const window = tonightWindow(-10);
  const full = { isFull: true, visits: 4 };
  expect(phaseAt([withStops(window, full)])).toMatchObject({
    kind: "full",
    next: { stop: { order: 1 } },
    instead: { stop: { order: 2 } },
  });
  expect(phaseAt([withStops(window, full, full)])).toMatchObject({
    instead: { stop: { order: 3 } },
  });
  const all = [withStops(window, full, full, full), tonightWindow(100)];
  expect(phaseAt(all)).toMatchObject({ kind: "full", instead: null });
});

test("a loss comes before everything else until it is seen, and its stops are never offered", () => {
  const off = { status: "called_off", end: instantAt(-1) } as const;
  const lost = withStops({ ...tonightWindow(-20), ...off }, { stays: [stayAt(-15, -5)] });
  const next = tonightWindow(-5);
  expect(phaseAt([lost, next])).toMatchObject({
    kind: "lost",
    there: null,
    next: { window: next },
  });
  const there = withStops(lost, {}, { stays: [stayAt(-4, null)] });
  expect(phaseAt([there, next])).toMatchObject({ kind: "lost", there: { stop: { order: 2 } } });
  expect(phaseAt([{ ...there, seenAt: instantAt(0) }, next])).toMatchObject({
    kind: "there",
    isOver: true,
    next: { window: next },
  });
  expect(asked([{ ...lost, seenAt: instantAt(0) }, next])).toBe("go 1");
  expect(asked([{ ...lost, seenAt: instantAt(0) }])).toBe("done");
  const { walk } = nightOf(tonightOf(lost), unit1, tonightAt);
  expect(walk.map(({ state }) => state)).toEqual(["done", "lost", "lost"]);
});

test("a loss is told until two hours after a patrol was called off, or until one that never began is over", () => {
  const lost = (status: "called_off" | "unavailable", end: number) => ({
    ...tonightWindow(end - 60),
    status,
    end: instantAt(end),
  });
  const isTold = (window: TonightWindow) => phaseAt([window]).kind === "lost";
  expect(isTold(lost("called_off", -119))).toBe(true);
  expect(isTold(lost("called_off", -120))).toBe(false);
  expect(isTold(lost("unavailable", 1))).toBe(true);
  expect(isTold(lost("unavailable", 0))).toBe(false);
});

test("who else was at a place tonight is told, whatever stop it was to them", () => {
  const first = stayAt(-40, -27, 2);
  const theirs = {
    ...tonightWindow(-60, { unit: 2 }),
    stops: [tonightStop(1, -50, { stays: [first] })],
  };
  const { walk } = nightOf(tonightOf(theirs, tonightWindow(-10)), unit1, tonightAt);
  expect(walk[0]?.others).toMatchObject([{ unit: 2, key: first.key, isOpen: false }]);
  expect(walk[1]?.others).toEqual([]);
});

test("units are those of tonight, police first, and two of one number are two", () => {
  const wardens = { unit: 1, patrolPartner: "enfield-wardens" };
  const reply: TonightReply = tonightOf(
    tonightWindow(0, wardens),
    tonightWindow(0, { unit: 2 }),
    tonightWindow(0),
    tonightWindow(200),
  );
  expect(unitsOf(reply).map(unitKey)).toEqual(["1", "2", "enfield-wardens.1"]);
  expect(nightOf(reply, unit1, tonightAt).walk).toHaveLength(6);
  expect(phaseAt([])).toEqual({ kind: "nothing" });
});

test("minutes of two phones at the same time count once, and a forgotten Leave is no minutes", () => {
  const minutes = (...stays: ReturnType<typeof stayAt>[]) =>
    nightOf(tonightOf(withStops(tonightWindow(-60), { stays })), unit1, tonightAt).walk[0]?.minutes;
  expect(minutes(stayAt(-20, -10), stayAt(-15, -5))).toBe(15);
  expect(minutes(stayAt(-20, -10), stayAt(-3.5, null))).toBe(13);
  expect(minutes()).toBe(0);
  const forgotten = withStops(
    tonightWindow(-60),
    { stays: [stayAt(-50, null)] },
    { stays: [stayAt(-10, -2)] },
  );
  const { walk } = nightOf(tonightOf(forgotten), unit1, tonightAt);
  expect(walk.map((at) => at.minutes)).toEqual([0, 8, 0]);
});

test("so long at a stop that Leave may be forgotten it is asked, counts no minutes, and can be left unanswered", () => {
  const there = (since: number) => {
    const stays = [stayAt(-since, null)];
    const reply = tonightOf(withStops(tonightWindow(-60), { stays }));
    const phaseOf = (key?: string) => nightOf(reply, unit1, tonightAt, null, key);
    return { night: phaseOf(), unanswered: phaseOf(stays[0]?.key) };
  };
  const sure = there(30).night;
  expect(sure.phase).toMatchObject({ kind: "there", stay: { isOpen: true, leave: tonightAt } });
  expect(sure.walk[0]?.minutes).toBe(30);
  const { night, unanswered } = there(31);
  expect(night.phase).toMatchObject({ kind: "there", stay: { isOpen: true, leave: null } });
  expect(night.walk[0]?.minutes).toBe(0);
  expect(unanswered.phase).toMatchObject({ kind: "go", next: { stop: { order: 2 } } });
  expect(unanswered.walk[0]).toMatchObject({ state: "done", minutes: 0 });
});

test("the desk reads by unit who is late and who has seen a loss, and minutes by place", () => {
  const lost = { ...tonightWindow(-60), status: "unavailable", end: instantAt(30) } as const;
  const desk = deskOf(
    tonightOf(
      withStops(tonightWindow(-40), { stays: [stayAt(-40, -27)], visits: 3 }),
      lost,
      withStops(tonightWindow(-5, { unit: 2 }), { stays: [stayAt(-4, null, 2)], visits: 3 }),
      { ...lost, id: "w99", unit: 2, seenAt: instantAt(-1) },
    ),
    tonightAt,
  );
  const rows = desk.units.map(({ who, minutes, late, seen, unseen }) => [
    who.unit,
    minutes,
    late?.stop.order ?? null,
    seen.length,
    unseen.length,
  ]);
  expect(rows).toEqual([
    [1, 13, 2, 0, 1],
    [2, 4, null, 1, 0],
  ]);
  expect(desk.places).toEqual([{ place: "Fore Street by Alpha Road", minutes: 17, visits: 3 }]);
});
