import { useSession } from "#client/accounts/session-context.ts";
import { ComplaintsLine, DataComplaints } from "#client/outcomes/DataComplaints.tsx";
import { Guarantee, MonthlyFigures } from "#client/outcomes/monthly-figures/MonthlyFigures.tsx";
import { Snapshot } from "#client/outcomes/snapshot/Snapshot.tsx";
import { Tallies } from "#client/outcomes/tallies/Tallies.tsx";
import { Meeting } from "#client/place-plans/meeting/Meeting.tsx";
import { PlacePlans } from "#client/place-plans/PlacePlans.tsx";
import { type ScreenPart, ScreenParts } from "#client/ui/PartsNav.tsx";
import "#client/outcomes/outcomes.css";

export function OutcomesScreen() {
  const { role } = useSession();
  return (
    <ScreenParts
      screen="outcomes"
      label="Parts of Outcomes"
      parts={parts}
      role={role}
      lead={(part) =>
        role === "presenter" && part !== complaintsPart ? (
          <ComplaintsLine href={`#/outcomes?part=${complaintsPart}`} />
        ) : null
      }
    />
  );
}

const complaintsPart = "complaints";

/** To add a part: its folder in its room, then one entry here. */
const parts: readonly ScreenPart[] = [
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
