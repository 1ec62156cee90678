// Loaded ahead of a recording, into its threads as well: the clock hardly moves, and numbers are drawn from a seed.
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { slowDownClock } from "#tests/same/slow-clock.ts";

process.env["BOXSTER_RECORDED_FROM"] ??= String(Date.now());
slowDownClock(Number(process.env["BOXSTER_RECORDED_FROM"]));

let drawn = 1;
crypto.randomInt = ((first: number, second?: number) => {
  drawn = (Math.imul(drawn, 1_103_515_245) + 12_345) >>> 0;
  const [least, end] = second === undefined ? [0, first] : [first, second];
  return least + (drawn % (end - least));
}) as typeof crypto.randomInt;
syncBuiltinESMExports();
