import { useSession } from "#client/accounts/session-context.ts";
import { Exchange } from "#client/neighbours/Exchange.tsx";
import { OwnExchange } from "#client/neighbours/OwnExchange.tsx";
import "#client/neighbours/neighbours.css";

/** Totals exchanged over the line: for a liaison all there is, for one's own command what is agreed, leaves and came. */
export function Neighbours() {
  const { role } = useSession();
  return role === "liaison" ? <OwnExchange /> : <Exchange />;
}
