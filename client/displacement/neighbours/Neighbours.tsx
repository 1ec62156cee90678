import { useSession } from "#client/app/session-context.ts";
import { Exchange } from "#client/displacement/neighbours/Exchange.tsx";
import { OwnExchange } from "#client/displacement/neighbours/OwnExchange.tsx";
import "#client/displacement/neighbours/neighbours.css";

/** Totals exchanged over the line: for a liaison all there is, for one's own command what is agreed, leaves and came. */
export function Neighbours() {
  const { role } = useSession();
  return role === "liaison" ? <OwnExchange /> : <Exchange />;
}
