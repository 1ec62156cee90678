// Loaded ahead of a recording, into its threads as well: a clock of its own, and numbers that are drawn from a seed.
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { slowDownClock } from "#tests/same/slow-clock.ts";

// Pictures tell the minute, and take an hour; answers need a clock that goes on from one call to the next.
const isOfPictures = process.argv.some((word) => word.endsWith("screens.ts"));
process.env["BOXSTER_CLOCK"] ??= JSON.stringify({
  begun: Date.now(),
  slower: isOfPictures ? 1_000 : 1,
});
slowDownClock(JSON.parse(process.env["BOXSTER_CLOCK"]));

let drawn = 1;
crypto.randomInt = ((first: number, second?: number) => {
  drawn = (Math.imul(drawn, 1_103_515_245) + 12_345) >>> 0;
  const [least, end] = second === undefined ? [0, first] : [first, second];
  return least + (drawn % (end - least));
}) as typeof crypto.randomInt;
syncBuiltinESMExports();
