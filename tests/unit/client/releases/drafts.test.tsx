import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { DraftText } from "#client/releases/drafts/DraftText.tsx";
import {
  draftState,
  isTimeOver,
  publishedSentence,
  waitingSentence,
} from "#client/releases/drafts/WaitingLine.tsx";
import type { DraftReply } from "#core/releases/wire/releases.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

const own = {
  byRole: "partner",
  reason: "x",
  objectedAt: "2026-11-26T12:00:00Z",
  isOwn: true,
} as const;
const draft = (over: Partial<DraftReply> = {}): DraftReply => ({
  id: 4,
  number: 2,
  draftedOn: "2026-11-26",
  approvableFrom: "2026-11-29T10:42:00Z",
  draftedBy: null,
  months: ["2026-09"],
  contentHash: "a".repeat(64),
  isStale: false,
  objections: [],
  isHeldByAnother: false,
  mayApprove: false,
  ...over,
});

describe("what waits, unasked", () => {
  test("is told with the hour until which there is time to hold it", () => {
    expect(waitingSentence([])).toBe("No drafts waiting.");
    expect(waitingSentence([draft()])).toBe(
      "1 draft waiting; it can be approved from Sun 29 Nov, 10:42.",
    );
    expect(waitingSentence([draft({ approvableFrom: null })])).toBe(
      "1 draft waiting; it can be approved now.",
    );
    const later = draft({ approvableFrom: "2026-12-01T09:00:00Z" });
    expect(waitingSentence([later, draft()])).toBe(
      "2 drafts waiting; the first of them can be approved from Sun 29 Nov, 10:42.",
    );
    expect(waitingSentence([later, draft({ approvableFrom: null })])).toContain("approved now");
    // A partner approves nothing: what counts is when residents may read it.
    expect(publishedSentence([draft()])).toBe("Figures may be published from Sun 29 Nov, 10:42.");
    expect(publishedSentence([later, draft({ approvableFrom: null })])).toBe(
      "Figures may be published today.",
    );
  });

  test("what is held or overtaken hurries nobody", () => {
    const held = draft({ objections: [own] });
    expect(publishedSentence([held])).toBe("Figures for residents cannot be published at present.");
    expect(waitingSentence([held])).toBe("1 draft waiting; it cannot be approved at present.");
    expect(waitingSentence([held, draft({ isStale: true })])).toContain("none can");
    expect(waitingSentence([held, draft({ isHeldByAnother: true }), draft()])).toContain(
      "3 drafts waiting; the first of them can be approved from Sun 29 Nov",
    );
  });

  test("is read again once its time is over", () => {
    const at = Date.parse("2026-11-29T10:42:00Z");
    expect([isTimeOver([draft()], at - 1), isTimeOver([draft()], at)]).toEqual([false, true]);
    expect(isTimeOver([draft({ approvableFrom: null })], at)).toBe(false);
  });
});

test("a draft that is overtaken and held says the hold first, which discarding has to wait for", () => {
  const both = draftState(draft({ isStale: true, objections: [own] }));
  expect(both).toMatch(/^Held by an objection\..* Once the objection is withdrawn/u);
  expect(draftState(draft({ isStale: true }))).toContain("Discard this one and draft again");
});

test("whoever approves sees the notes without a click, and no heading is left out between two", () => {
  const { id, number, ...content } = sampleRelease().release;
  expect([id, number]).toEqual(["release-3", 3]);
  const text = (heading: "h3" | "h4", areNotesOpen: boolean) =>
    renderToStaticMarkup(
      <DraftText content={content} heading={heading} areNotesOpen={areNotesOpen} />,
    );
  expect(text("h4", true)).toContain("<details open");
  expect(text("h3", false)).not.toContain("<details open");
  expect(text("h3", false)).toContain("<h3>Autumn 2021</h3>");
});
