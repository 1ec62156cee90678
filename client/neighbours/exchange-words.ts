import { fewerThanTen } from "#core/neighbours/received-totals.ts";
import type { ExchangeReply, NeighbourExchange } from "#core/neighbours/wire.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

/** As shared with a neighbour: "25", "fewer than 10". */
export function reportsWords(reports: number | null): string {
  return reports === null ? fewerThanTen : formatCount(reports);
}

export function stateWords({ state, agreement }: NeighbourExchange): string {
  switch (state) {
    case "none":
      return "No agreement";
    case "in force":
      return agreement === null ? "In force" : `In force to ${formatDate(agreement.expiresOn)}`;
    case "expired":
      return agreement === null ? "Expired" : `Expired ${formatDate(agreement.expiresOn)}`;
    case "not begun":
      return agreement === null ? "Not started" : `Starts ${formatDate(agreement.startsOn)}`;
  }
}

export function exchangeSentence({ neighbours }: ExchangeReply): string {
  const inForce = neighbours.filter(({ state }) => state === "in force");
  if (inForce.length === 0) {
    return "With no neighbour is an agreement in force: nothing leaves, and nothing can come.";
  }
  const waiting = neighbours.flatMap(({ handovers }) =>
    handovers.filter(({ toldOutreachAt }) => toldOutreachAt === null),
  ).length;
  const alerts =
    waiting === 0
      ? ""
      : ` ${formatQuantity(waiting, "alert waits", "alerts wait")} until their outreach is told.`;
  return `An agreement is in force with ${inForce.length} of ${neighbours.length} neighbours. Only quarterly totals are shared.${alerts}`;
}
