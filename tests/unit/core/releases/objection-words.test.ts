import { expect, test } from "vitest";
import {
  mostReasonLetters,
  reasonFault,
  reasonHint,
  wordsFault,
} from "#core/releases/public-words.ts";

test.each([
  "One woman in this ward could be recognised by that figure.",
  "Two residents complained and everyone knows who.",
  "Our outreach is there weekly and this would show it.",
])("%j holds a draft, though it could not be public", (words) => {
  expect(wordsFault(words, 240)).not.toBeNull();
  expect([reasonFault(words), reasonHint(words)]).toEqual([null, null]);
});

test.each(["Ask Amelia Smith.", "Ring 07700 900 123.", "She is known there.", "a.b@example.org"])(
  "%j holds it as well, with a word beside it",
  (words) => {
    expect(reasonFault(words)).toBeNull();
    expect(reasonHint(words)).toContain("You can send it");
  },
);

test("a reason is said, in one line that can be read", () => {
  expect(reasonFault("")).toBe("Enter some text.");
  expect(reasonFault("x".repeat(mostReasonLetters))).toBeNull();
  expect(reasonFault("x".repeat(mostReasonLetters + 1))).toContain("limit is 600");
  expect(reasonFault("a\nb")).toContain("without line breaks");
});
