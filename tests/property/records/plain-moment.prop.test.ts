import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import {
  dateOrderByPatterns,
  dateOrderOf,
  parseByPatterns,
  parseMoment,
} from "#core/table/clock.ts";
import { runsOf } from "#tests/support/runs.ts";

const figures = (length: number, max: number) =>
  fc.integer({ min: 0, max }).map((value) => String(value).padStart(length, "0"));
const date = fc.oneof(
  fc.tuple(figures(4, 2_110), figures(2, 13), figures(2, 32)).map((parts) => parts.join("-")),
  fc.tuple(figures(2, 32), figures(2, 32), figures(4, 2_110)).map((parts) => parts.join("/")),
  fc
    .tuple(fc.integer({ min: 1969, max: 2100 }), figures(2, 12), figures(2, 31))
    .map((parts) => parts.join("-")),
);
const seconds = fc.oneof(
  fc.constant(""),
  figures(2, 61).map((two) => `:${two}`),
  fc.tuple(figures(2, 59), fc.stringMatching(/^[0-9]{0,40}$/)).map((two) => `:${two.join(".")}`),
);
const time = fc
  .tuple(fc.constantFrom("T", " ", "t", ", ", " at ", ""), figures(2, 25), figures(2, 61), seconds)
  .map(([between, hour, minute, second]) => `${between}${hour}:${minute}${second}`);
const zone = fc.oneof(
  fc.constantFrom("", "Z", "z", " Z", "BST", "-00:00", "+14:00", "+14:01", "+01", "+0100"),
  fc
    .tuple(fc.constantFrom("+", "-"), figures(2, 15), figures(2, 61))
    .map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`),
);
const cell = fc
  .tuple(date, fc.oneof(fc.constant(""), time), zone, fc.constantFrom("", "", "", " ", "x", "0"))
  .map((parts) => parts.join(""));
/** One sign of it left out or changed, so that it is nearly one of the plain ways. */
const nearly = fc
  .tuple(cell, fc.nat(), fc.constantFrom("", " ", "-", "/", ":", ".", "0", "9", "T", "x", "\u0661"))
  .map(([text, at, sign]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + sign + text.slice(place + 1);
  });

test.prop([fc.oneof(cell, nearly)], { numRuns: runsOf(20_000, 5_000) })(
  "dates in the ways of programs are read at once as they are by the patterns",
  (text) => {
    for (const order of ["day-first", "month-first"] as const) {
      expect(parseMoment(text, order), text).toEqual(parseByPatterns(text, order));
    }
    expect(dateOrderOf(text), text).toBe(dateOrderByPatterns(text));
  },
);
