import { formatTimeOfDay } from "#client/ui/format.ts";
import type { AlertAct } from "#core/displacement/watch/acts.ts";
import { handoverRoleWords } from "#core/displacement/watch/acts.ts";
import type { AlertActReply, AlertReply } from "#core/displacement/wire/alerts.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

interface CountedAlerts {
  readonly alerts: readonly Pick<AlertReply, "state">[];
  readonly open: number;
}

/** "2 open alerts.", "No open alert; 1 acknowledged, 1 handed over." */
export function leadSentence({ alerts, open }: CountedAlerts): string {
  const lead =
    open === 0
      ? "No open alert"
      : open === 1
        ? "1 open alert: a cluster next to an operation"
        : `${formatCount(open)} open alerts: clusters next to operations`;
  const others = (["acknowledged", "handed_over"] as const).flatMap((one) => {
    const some = alerts.filter(({ state }) => state === one).length;
    return some === 0 ? [] : [`${formatCount(some)} ${actWords[one].toLowerCase()}`];
  });
  return others.length === 0 ? `${lead}.` : `${lead}; ${others.join(", ")}.`;
}

export function stateWords({ state, handedTo }: AlertReply): string {
  if (state === "open") return "Open";
  if (state === "acknowledged") return "Acknowledged";
  if (state === "closed") return "Closed";
  return handedTo === null
    ? "Handed over"
    : `Handed over to ${handedTo.neighbour}, ${handoverRoleWords[handedTo.role]}. Phone them: this tells nobody by itself`;
}

export function goesOnWords({ goesOn, seenOn, state }: AlertReply): string {
  if (state === "closed") return `Last seen on ${formatDate(seenOn)}.`;
  return goesOn
    ? "Still present at last check."
    : `Last seen on ${formatDate(seenOn)}. No longer present at last check.`;
}

const actWords: Readonly<Record<AlertAct, string>> = {
  raised: "Raised",
  seen_again: "Seen again",
  acknowledged: "Acknowledged",
  handed_over: "Handed over",
  closed: "Closed",
};

/** Without the words that were written. */
export function historyWords(entry: AlertActReply): string {
  const { act, on, at, by, neighbour, role, figures } = entry;
  const to =
    neighbour === null || role === null ? "" : ` to ${neighbour}, ${handoverRoleWords[role]},`;
  const who = figures === null ? ` by ${by}` : "";
  const seen =
    figures === null
      ? ""
      : `: ${formatCount(figures.observed)} reports where ${figures.expected.toFixed(1)} were expected`;
  return `${formatDate(on)} ${formatTimeOfDay(at)}: ${actWords[act]}${to}${who}${seen}`;
}
