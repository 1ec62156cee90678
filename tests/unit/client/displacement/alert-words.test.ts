import { expect, test } from "vitest";
import { leadSentence } from "#client/displacement/alerts/alert-words.ts";
import { type AlertState, isOpen } from "#core/displacement/watch/acts.ts";

const said = (...states: AlertState[]) =>
  leadSentence({
    alerts: states.map((state) => ({ state })),
    open: states.filter(isOpen).length,
  });

test("an acknowledged alert is said as such and never counted as open", () => {
  expect(said()).toBe("No open alert.");
  expect(said("acknowledged")).toBe("No open alert; 1 acknowledged.");
  expect(said("open", "acknowledged", "closed")).toBe(
    "1 open alert: a cluster next to an operation; 1 acknowledged.",
  );
  expect(said("open", "open", "acknowledged", "acknowledged", "handed_over")).toBe(
    "2 open alerts: clusters next to operations; 2 acknowledged, 1 handed over.",
  );
});
