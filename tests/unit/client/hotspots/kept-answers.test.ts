import { expect, test } from "vitest";
import { answersAbout } from "#client/hotspots/streets/kept-answers.ts";
import type { StreetsReply } from "#core/hotspots/wire/streets.ts";

const reply = (segments: number) => ({ segments }) as StreetsReply;

test("answers are kept by question, for these records alone", () => {
  const records = {};
  answersAbout(records).keep("a", reply(1));
  expect(answersAbout(records).get("a")).toEqual(reply(1));
  expect(answersAbout(records).get("b")).toBeUndefined();
  const others = answersAbout({});
  expect(others.get("a")).toBeUndefined();
  expect(others.serial).not.toBe(answersAbout(records).serial);
});

test("the oldest is forgotten before the thirteenth is kept", () => {
  const answers = answersAbout({});
  for (let at = 0; at < 13; at += 1) answers.keep(String(at), reply(at));
  expect(answers.get("0")).toBeUndefined();
  expect(answers.get("1")).toEqual(reply(1));
  expect(answers.get("12")).toEqual(reply(12));
});
