import { describe, expect, test } from "vitest";
import { checkState } from "#client/patrols/plan-check.ts";
import {
  type PlanReply,
  sealCheck,
  type WindowReply,
  type WindowStatus,
} from "#core/patrols/wire/plan.ts";

const at = (time: string) => `2021-11-26T${time}:00+00:00`;
const windowOf = (status: WindowStatus, checked: string | null, ok = true) =>
  ({ status, checked: checked && sealCheck({ at: at(checked), ok }) }) as WindowReply;
/** What is said of a plan that was last changed then, read and told of changes then by the page's clock. */
const said = (
  windows: readonly WindowReply[],
  { changed = "10:00", readAt = 2, toldAt = 1 } = {},
) => checkState({ changedAt: at(changed) } as PlanReply, windows, { readAt, toldAt });

describe("a check is never shown as passed when it is older than the newest change", () => {
  const clear = [windowOf("agreed", "22:43"), windowOf("suggested", "22:43")];

  test("as it was found, while nothing has changed since", () => {
    expect(said(clear)).toEqual({ state: "clear", at: at("22:43") });
    expect(said(clear, { changed: "22:43" })).toEqual({ state: "clear", at: at("22:43") });
    expect(said([...clear, windowOf("suggested", "22:43", false)])).toEqual({
      state: "conflict",
      patrols: 1,
    });
  });

  test("a patrol was moved, withdrawn or put back, or a session took one, after it", () => {
    expect(said(clear, { changed: "22:54" })).toEqual({ state: "outdated" });
    const one = [windowOf("agreed", "22:54"), windowOf("suggested", "22:43")];
    expect(said(one, { changed: "22:54" })).toEqual({ state: "outdated" });
    // Nor as failed: it may be clear by now.
    const failed = [windowOf("suggested", "22:43", false)];
    expect(said(failed, { changed: "22:54" })).toEqual({ state: "outdated" });
  });

  test("this page was told of a change of plans or keep-clear times since it asked, or does not know", () => {
    expect(said(clear, { readAt: 5, toldAt: 6 })).toEqual({ state: "outdated" });
    expect(said(clear, { readAt: 5, toldAt: 5 })).toEqual({ state: "outdated" });
    expect(said(clear, { readAt: 0, toldAt: 0 })).toEqual({ state: "outdated" });
    const unknown = { changedAt: null } as PlanReply;
    expect(checkState(unknown, clear, { readAt: 2, toldAt: 1 })).toEqual({ state: "outdated" });
  });

  test("a first plan is still being made, and checked when it is done", () => {
    const first = { id: null, changedAt: null } as PlanReply;
    const windows = [windowOf("suggested", null)];
    const heard = { readAt: 2, toldAt: 1 };
    expect(checkState(first, windows, heard)).toEqual({ state: "outdated" });
    expect(checkState(first, [], heard)).toEqual({ state: "none" });
  });

  test("where no patrol stands, or none that is still to come, there is nothing to be unclear", () => {
    expect(said([])).toEqual({ state: "none" });
    expect(said([windowOf("withdrawn", null), windowOf("unavailable", null)])).toEqual({
      state: "none",
    });
    expect(said([windowOf("agreed", null)])).toEqual({ state: "none" });
  });
});
