import { expect, test } from "vitest";
import {
  type HotspotsQuery,
  type HotspotsReply,
  hotspotsQuery,
} from "#core/hotspots/wire/hotspots.ts";
import { type KeptReply, keepReply, readReply } from "#server/hotspots/kept-replies.ts";
import type { Places } from "#server/places/places.ts";

// Only what they are told apart by matters here.
const somePlaces = () => ({}) as unknown as Places;
const query = (from: string): HotspotsQuery => hotspotsQuery.parse({ from, to: "2021-12-31" });
const reply = (total: number) => ({ total }) as unknown as HotspotsReply;

function worker(answer: (turn: number) => Promise<HotspotsReply>, isSteady = true) {
  let turns = 0;
  return {
    turns: () => turns,
    workOut: () => {
      turns += 1;
      const made = answer(turns);
      return { read: made.then(({ total }) => ({ events: total, isSteady })), reply: made };
    },
  };
}

const textOf = async ({ body }: KeptReply) => (await body).toString();

const parts = { query: query("2021-01-01"), before: 60_000, version: "1" };

test("is worked out once for all who ask the same while it is under way, and after", async () => {
  const places = somePlaces();
  const { workOut, turns } = worker(async (turn) => reply(turn));
  const first = keepReply(places, parts, workOut);
  const second = keepReply(places, { ...parts, query: query("2021-01-01") }, workOut);
  expect(await textOf(second)).toBe('{"total":1}');
  await first.body;
  expect(await textOf(keepReply(places, parts, workOut))).toBe('{"total":1}');
  expect(turns()).toBe(1);
});

test("is worked out again for another question, moment, version of the events or set of places", async () => {
  const places = somePlaces();
  const { workOut, turns } = worker(async (turn) => reply(turn));
  const asked = [
    keepReply(places, parts, workOut),
    keepReply(places, { ...parts, query: query("2021-01-02") }, workOut),
    keepReply(places, { ...parts, before: 120_000 }, workOut),
    keepReply(places, { ...parts, version: "2" }, workOut),
    keepReply(somePlaces(), parts, workOut),
  ];
  const texts = await Promise.all(asked.map(textOf));
  expect(new Set(texts).size).toBe(asked.length);
  expect(turns()).toBe(asked.length);
});

test("a failure is whoever's transaction it was: the next works it out again", async () => {
  const places = somePlaces();
  const { workOut, turns } = worker(async (turn) => {
    if (turn === 1) throw new Error("connection lost");
    return reply(turn);
  });
  await expect(keepReply(places, parts, workOut).body).rejects.toThrow("connection lost");
  expect(await textOf(keepReply(places, parts, workOut))).toBe('{"total":2}');
  expect(turns()).toBe(2);
});

test("what was read while the events changed answers its question and is not kept", async () => {
  const places = somePlaces();
  const { workOut, turns } = worker(async (turn) => reply(turn), false);
  expect(await textOf(keepReply(places, parts, workOut))).toBe('{"total":1}');
  expect(await textOf(keepReply(places, parts, workOut))).toBe('{"total":2}');
  expect(turns()).toBe(2);
});

test("the longest unused goes first, so that memory stays as it is", async () => {
  const places = somePlaces();
  const { workOut, turns } = worker(async (turn) => reply(turn));
  const ask = (version: number) =>
    keepReply(places, { ...parts, version: String(version) }, workOut).body;
  await ask(0);
  for (let version = 1; version < 40; version += 1) await ask(version);
  await ask(0);
  expect(turns()).toBe(40);
  await ask(40);
  await ask(0);
  expect(turns()).toBe(41);
  await ask(1);
  expect(turns()).toBe(42);
});

test("whoever waits for somebody else's answer does not fail with them", async () => {
  const places = somePlaces();
  const { workOut, turns } = worker(async (turn) => {
    if (turn === 1) throw new Error("connection lost");
    return reply(turn);
  });
  const [first, second] = [readReply(places, parts, workOut), readReply(places, parts, workOut)];
  await expect(first.then(textOf)).rejects.toThrow("connection lost");
  expect(await second.then(textOf)).toBe('{"total":2}');
  expect(turns()).toBe(2);
});
