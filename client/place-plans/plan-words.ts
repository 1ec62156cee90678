import type {
  PlaceActionsReply,
  PlacePlanReply,
  PlacePlansReply,
} from "#core/place-plans/wire/place-plans.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

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

export type Sharing = NonNullable<PlacePlanReply["sharing"]>;

/** Whom a plan is shared with that cannot read it while another partner is written in it. */
export function withheldFrom({ partners, named }: Pick<Sharing, "partners" | "named">): string[] {
  return partners
    .filter(({ code, isShared }) => isShared && named.some((other) => other !== code))
    .map(({ name }) => name);
}

/** Who is written in a plan, who therefore does not read it, and what to do. */
export function namedWords(sharing: Pick<Sharing, "partners" | "named">): string {
  const { partners, named } = sharing;
  const names = partners.filter(({ code }) => named.includes(code)).map(({ name }) => name);
  const withheld = withheldFrom(sharing);
  const written = `“${names.join("”, “")}” is written in its name or response`;
  return withheld.length > 0
    ? `Withheld from ${withheld.join(" and ")}: ${written}, and one partner would learn of another. Nobody is told why. It is there again once “outreach” is written instead; you can take it away from anybody meanwhile.`
    : `${written}: have “outreach” written instead before it is shared with anybody else.`;
}
