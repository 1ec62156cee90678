import { openPlan } from "#client/place-plans/place-plans-api.ts";
import { formatFragment } from "#client/state/url.ts";
import { planStateWords, responseParts, responseWords } from "#core/place-plans/plan.ts";
import type {
  PlaceActionReply,
  PlaceActionsReply,
  PlacePlanReply,
  PlacePlansReply,
} from "#core/place-plans/wire/place-plans.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

export interface PlanCardProps {
  readonly plan: PlacePlanReply;
  readonly asAt: string;
  readonly actions: readonly PlaceActionReply[];
}

export function PlanCard({ plan, asAt, actions }: PlanCardProps) {
  const { id, name, state, response, result } = plan;
  const own = actions.filter((action) => action.planId === id && action.state === "open");
  const overdue = own.filter(({ isOverdue }) => isOverdue).length;
  const lead = responseParts.find((part) => response[part] !== "");
  const href = formatFragment({ screen: "outcomes", params: { part: "plans", plan: String(id) } });
  return (
    <article
      className="plan-card whole grow shrinks breaks stack gap-2 pad-3 framed raised"
      aria-label={name}
    >
      <header className="row start between gap-2">
        <h3>
          <a
            href={href}
            onClick={(event) => {
              event.preventDefault();
              openPlan(id);
            }}
          >
            {name}
          </a>
        </h3>
        <span className={`tag still small tag--${state}`}>{planStateWords[state]}</span>
      </header>
      <p className="small">{reviewWords(plan, asAt)}</p>
      {state === "closed" ? (
        <p className="plan-card__words clips grow">{result}</p>
      ) : (
        <p className="plan-card__words clips grow">
          {lead ? (
            <>
              <strong>{responseWords[lead]}.</strong> {response[lead]}
            </>
          ) : (
            <span className="quiet">No response written yet.</span>
          )}
        </p>
      )}
      <p className="small quiet">
        {own.length === 0
          ? "No open actions"
          : `${formatQuantity(own.length, "open action")}${overdue > 0 ? `, ${overdue} overdue` : ""}`}
        {plan.inner ? `; ${figureCount(plan.inner.figures.length)}` : ""}
      </p>
      {plan.sharing && withheldFrom(plan.sharing).length > 0 ? (
        <p className="small">
          <strong>Withheld: it names a partner.</strong>
        </p>
      ) : null}
    </article>
  );
}

function figureCount(count: number): string {
  return count === 0 ? "no figures pinned" : `${formatQuantity(count, "figure")} pinned`;
}

/** "Review on 14 Dec 2021"; "Review was due on 9 Nov 2021". */
export function reviewWords(
  { state, reviewOn, changedAt }: Pick<PlacePlanReply, "state" | "reviewOn" | "changedAt">,
  asAt: string,
): string {
  if (state === "closed") return `Closed; last changed ${formatDate(changedAt.slice(0, 10))}`;
  return `${reviewOn < asAt ? "Review was due" : "Review on"} ${formatDate(reviewOn)}`;
}

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

/** Partners who cannot read it because another partner is named in the text. */
export function withheldFrom({ partners, named }: Pick<Sharing, "partners" | "named">): string[] {
  return partners
    .filter(({ code, isShared }) => isShared && named.some((other) => other !== code))
    .map(({ name }) => name);
}

/** Named partners, who therefore cannot read it, and what to do. */
export function namedWords(sharing: Pick<Sharing, "partners" | "named">): string {
  const { partners, named } = sharing;
  const names = partners.filter(({ code }) => named.includes(code)).map(({ name }) => name);
  const withheld = withheldFrom(sharing);
  const written = `“${names.join("”, “")}” appears in its name or response`;
  return withheld.length > 0
    ? `Withheld from ${withheld.join(" and ")}: ${written}, so one partner would learn of another. They are not told why. Write “outreach” instead to share it again. You can stop sharing it meanwhile.`
    : `${written}. Write “outreach” instead before sharing it with others.`;
}
