import type { ComponentType } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ComplaintsLine, DataComplaints } from "#client/outcomes/DataComplaints.tsx";
import { Guarantee, MonthlyFigures } from "#client/outcomes/monthly-figures/MonthlyFigures.tsx";
import { Snapshot } from "#client/outcomes/snapshot/Snapshot.tsx";
import { Tallies } from "#client/outcomes/tallies/Tallies.tsx";
import { Meeting } from "#client/place-plans/meeting/Meeting.tsx";
import { PlacePlans } from "#client/place-plans/PlacePlans.tsx";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { type Part, PartsNav } from "#client/ui/PartsNav.tsx";
import type { Role } from "#core/role.ts";
import "#client/outcomes/outcomes.css";

export function OutcomesScreen() {
  const { role } = useSession();
  const asked = useStore(address, ({ params }) => params["part"] ?? "");
  const seen = parts.filter(({ roles }) => roles.includes(role));
  const part = seen.find(({ id }) => id === asked) ?? seen[0];
  if (!part) return null;
  return (
    <>
      {seen.length > 1 ? (
        <PartsNav screen="outcomes" label="Parts of Outcomes" parts={seen} current={part.id} />
      ) : null}
      {role === "presenter" && part.id !== complaintsPart ? (
        <ComplaintsLine href={`#/outcomes?part=${complaintsPart}`} />
      ) : null}
      <part.Screen />
    </>
  );
}

interface OutcomesPart extends Part {
  readonly roles: readonly Role[];
  readonly Screen: ComponentType;
}

const complaintsPart = "complaints";

/** To add a part: its folder in its room, then one entry here. */
const parts: readonly OutcomesPart[] = [
  {
    id: "",
    label: "Figures",
    roles: ["sergeant", "analyst", "auditor", "presenter"],
    Screen: Snapshot,
  },
  {
    id: "tallies",
    label: "Manual totals",
    roles: ["sergeant", "analyst", "auditor"],
    Screen: Tallies,
  },
  {
    id: "monthly",
    label: "Monthly figures",
    roles: ["sergeant", "analyst"],
    Screen: MonthlyFigures,
  },
  {
    id: "guarantee",
    label: "Guarantee",
    roles: ["sergeant", "analyst"],
    Screen: Guarantee,
  },
  {
    id: "plans",
    label: "Place plans",
    roles: ["sergeant", "analyst", "coordinator", "auditor"],
    Screen: PlacePlans,
  },
  {
    id: "meeting",
    label: "Meeting",
    roles: ["sergeant", "analyst", "coordinator", "auditor"],
    Screen: Meeting,
  },
  {
    id: complaintsPart,
    label: "Data complaints",
    roles: ["presenter"],
    Screen: () => (
      <div className="outcomes parts">
        <DataComplaints />
      </div>
    ),
  },
];
