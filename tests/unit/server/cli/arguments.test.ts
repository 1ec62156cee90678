import { resolve } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { databaseCommands } from "#server/app/commands.ts";
import { actionsOf, givenTo, parseArguments, usagesOf } from "#server/cli/arguments.ts";
import { action, type Command, flag, listNumber, wholeNumber } from "#server/cli/command.ts";
import { statCommand } from "#server/hotspots/commands/stat.ts";
import { placesCommand } from "#server/places/commands/places.ts";

const nothing = { audit: { none: "a test" }, run: async () => ({ json: null, text: [] }) };

const pack: Command = {
  name: "pack",
  summary: "For a test",
  words: {
    add: action({
      ...nothing,
      takes: "FILE... --days 1..7 [--map role=column]... [--head FILE|HASH] [--all]",
      reads: z.object({
        file: z.array(z.string()),
        days: wholeNumber(1, 7),
        map: z.array(z.string()).default([]),
        head: z.string().optional(),
        all: flag,
      }),
    }),
    remove: action({ ...nothing, takes: "NUMBER", reads: z.object({ number: listNumber }) }),
    list: nothing,
  },
};

const given = (...typed: string[]) => givenTo(pack, parseArguments(pack, typed)).given;

test("what is given comes by its name, and a file as an absolute path", () => {
  const hash = "a1".repeat(32);
  expect(given("add", "one.csv", "two.csv", "--days", "3", "--map", "a=b", "--map", "c=d")).toEqual(
    {
      file: [resolve("one.csv"), resolve("two.csv")],
      days: 3,
      map: ["a=b", "c=d"],
      all: false,
    },
  );
  expect(given("add", "/a", "--days", "1", "--head", hash, "--all")).toEqual({
    file: ["/a"],
    days: 1,
    map: [],
    head: hash,
    all: true,
  });
  expect(given("add", "https://x.example/a", "--days", "1", "--head", "kept")).toMatchObject({
    file: ["https://x.example/a"],
    head: resolve("kept"),
  });
  expect(given("remove", "12")).toEqual({ number: 12 });
});

test.each([
  [[], "Say which: add, remove, list."],
  [["toString"], '"toString" is none of add, remove, list.'],
  [["add"], "FILE is missing."],
  [["add", "a"], "--days is missing."],
  [["add", "a", "--days", "8"], "--days 8: a whole number from 1 to 7."],
  [["remove", "1", "2"], 'Unexpected argument: "2".'],
  [["remove", "one"], "NUMBER one: give its number."],
  [["list", "--all"], "--all does not go with this."],
  [["list", "--colour"], "Unknown option '--colour'."],
])("%j is a wrong call, said in words", (typed, words) => {
  expect(() => given(...typed)).toThrow(words);
});

test("of every command each option is explained, and none that it does not take", () => {
  for (const command of [statCommand, placesCommand, ...databaseCommands]) {
    const taken = usagesOf(command).flatMap((usage) =>
      Array.from(usage.matchAll(/--([a-z-]+)/g), ([, name]) => name),
    );
    const explained = Object.keys(command.options ?? {});
    expect(explained.toSorted(), command.name).toEqual([...new Set(taken)].toSorted());
    for (const [word, { takes, reads }] of actionsOf(command)) {
      expect(reads !== undefined, `${command.name} ${word}`).toBe(takes !== undefined);
    }
  }
});
