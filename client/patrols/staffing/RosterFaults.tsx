import type { Crews } from "#client/patrols/staffing/crews.ts";
import type { RosterFault } from "#client/patrols/staffing/read-roster.ts";
import { formatDay, formatQuantity } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";

const mostShown = 12;

/** What of a roster could not be used: row, column, value and why. */
export function RosterFaults({
  faults,
  left,
}: {
  readonly faults: readonly RosterFault[];
  readonly left: Crews["left"];
}) {
  const all = [
    ...faults.map(({ row, column, value, reason }) => ({
      key: `${row} ${column}`,
      words: `Row ${row}${column === null ? "" : `, column ${column}`}: "${value.slice(0, 40)}" ${reason}.`,
    })),
    ...left.map(({ name, date, reason }) => ({
      key: `${name} ${date} ${reason}`,
      words: `${name || "An officer"}, ${formatDay(date)}: ${reason}.`,
    })),
  ];
  if (all.length === 0) return null;
  return (
    <div className="roster__faults">
      <p>
        <Icon name="warning" /> {formatQuantity(all.length, "entry", "entries")} left out:
      </p>
      <ul>
        {all.slice(0, mostShown).map(({ key, words }) => (
          <li key={key}>{words}</li>
        ))}
      </ul>
      {all.length > mostShown ? <p>and {all.length - mostShown} more.</p> : null}
    </div>
  );
}
