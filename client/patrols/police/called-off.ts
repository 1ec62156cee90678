import type { PlansReply, WindowReply } from "#core/patrols/wire/plan.ts";
import { hourMs } from "#core/time/zone.ts";

/** How long a patrol that was called off is shown: until nobody can still be on the way. */
const shownHours = 2;
/** How far ahead windows of tonight are shown. */
const aheadHours = 12;

/** A window of police's own that somebody may be walking, or about to. */
export interface OutWindow {
  readonly key: string;
  readonly planId: string;
  readonly window: WindowReply;
  /** `leave`: it ran and was ended. `stay-away`: it has not begun and will not. `go`: it stands. */
  readonly word: "leave" | "stay-away" | "go";
}

/** Tonight's windows that stand or were taken away, those to leave first. Never why. */
export function outWindows({ plans }: Pick<PlansReply, "plans">, now: number): OutWindow[] {
  const rank = { leave: 0, "stay-away": 1, go: 2 };
  return plans
    .flatMap((plan) =>
      plan.windows.flatMap((window): OutWindow[] => {
        const word = wordOf(window, now);
        if (word === null) return [];
        const key = `${plan.id} ${window.id} ${window.status} ${window.end}`;
        return [{ key, planId: plan.id ?? "", window, word }];
      }),
    )
    .sort(
      (a, b) =>
        rank[a.word] - rank[b.word] || Date.parse(a.window.start) - Date.parse(b.window.start),
    );
}

function wordOf(window: WindowReply, now: number): OutWindow["word"] | null {
  const start = Date.parse(window.start);
  const end = Date.parse(window.end);
  const isSoon = start < now + aheadHours * hourMs;
  switch (window.status) {
    // It ended at the moment at which it was called off.
    case "called_off":
      return end <= now + hourMs && end > now - shownHours * hourMs ? "leave" : null;
    case "unavailable":
      return isSoon && end > now ? "stay-away" : null;
    case "agreed":
      return isSoon && end > now ? "go" : null;
    case "suggested":
    case "withdrawn":
      return null;
  }
}
