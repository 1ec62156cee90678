import { formatDate, formatQuantity } from "#client/ui/format.ts";
import type { PlaceActionsReply, PlacePlansReply } from "#core/wire/place-plans.ts";

/** "3 place plans, 2 not closed; next review on 30 Nov 2021. 1 action is overdue." */
export function plansSentence(
  { plans, asAt }: PlacePlansReply,
  { actions }: PlaceActionsReply,
): string {
  const going = plans.filter(({ state }) => state !== "closed");
  const [next] = going;
  const review = next
    ? `; ${next.reviewOn < asAt ? "review was due" : "next review"} on ${formatDate(next.reviewOn)}`
    : "";
  const open = actions.filter(({ state }) => state === "open").length;
  const overdue = actions.filter(({ isOverdue }) => isOverdue).length;
  const late = overdue === 0 ? "none overdue" : `${overdue} overdue`;
  return `${formatQuantity(plans.length, "place plan")}, ${going.length} not closed${review}. ${formatQuantity(open, "action")} open, ${late}.`;
}
