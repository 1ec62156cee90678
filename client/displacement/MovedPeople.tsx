import { type ComponentType, createContext, Suspense, use } from "react";
import { movedIntoDanger } from "#core/displacement/caveats.ts";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";

type Claims = Pick<
  AssessmentReply,
  "overall" | "treatedArea" | "rings" | "edges" | "phases" | "harm" | "after"
>;
/** Days, both ends included, as `YYYY-MM-DD`. */
type Period = Pick<AssessmentReply["after"], "from" | "to">;

/** Injected by the app: Outcomes is a room above Displacement. */
export const HarmToldSlot = createContext<ComponentType<Period> | null>(null);

/** Beside a claimed fall: what moving people does, and what partners were told of harm on the same days. */
export function MovedPeople({ claims }: { readonly claims: Claims }) {
  const HarmTold = use(HarmToldSlot);
  if (!claimsFall(claims)) return null;
  const { from, to } = claims.after;
  return (
    <section className="note broad" aria-label="What a fall may hide">
      <p>{movedIntoDanger}</p>
      {HarmTold === null ? null : (
        <Suspense fallback={null}>
          <HarmTold from={from} to={to} />
        </Suspense>
      )}
    </section>
  );
}

function claimsFall({ overall, treatedArea, rings, edges, phases, harm }: Claims): boolean {
  return [overall, treatedArea, rings, ...edges, ...phases, ...(harm?.rows ?? [])].some(
    ({ verdict }) => verdict === "fall",
  );
}
