import { type ComponentType, createContext, Suspense, use } from "react";
import { movedIntoDanger } from "#core/displacement/caveats.ts";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";

/** Days, both ends included, as `YYYY-MM-DD`. */
type Period = Pick<AssessmentReply["after"], "from" | "to">;

/** Injected by the app: Outcomes is a room above Displacement. */
export const HarmToldSlot = createContext<ComponentType<Period> | null>(null);

/** Beside a claimed fall: what moving people does, and what partners were told of harm on the same days. */
export function MovedPeople({ claims }: { readonly claims: AssessmentReply }) {
  const HarmTold = use(HarmToldSlot);
  const { overall, treatedArea, rings, edges, phases, harm, after } = claims;
  const told = [overall, treatedArea, rings, ...edges, ...phases, ...(harm?.rows ?? [])];
  if (!told.some(({ verdict }) => verdict === "fall")) return null;
  return (
    <section className="note broad" aria-label="What a fall may hide">
      <p>{movedIntoDanger}</p>
      {HarmTold === null ? null : (
        <Suspense fallback={null}>
          <HarmTold from={after.from} to={after.to} />
        </Suspense>
      )}
    </section>
  );
}
