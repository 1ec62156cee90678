import { useState } from "react";
import type { Patrol } from "#client/patrols/living-week.ts";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { formatShare, statusWords, timesOf } from "#client/patrols/plan-words.ts";
import { useUnitTitle } from "#client/patrols/wardens/patrol-partners.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { SortableTable, type TableColumn, type TableSort } from "#client/ui/SortableTable.tsx";
import { useIsPhone } from "#client/ui/use-media.ts";
import { formatDay } from "#core/time/words.ts";

export function WindowTable() {
  const { view } = usePlanParts();
  const [sort, setSort] = useState<TableSort>({ key: "start", down: false });
  const titleOf = useUnitTitle();
  const isPhone = useIsPhone();
  const { patrols, ranks } = view.week;
  if (patrols.length === 0) {
    return <EmptyState title="No patrols">Suggested patrols are listed here.</EmptyState>;
  }
  return (
    <SortableTable
      caption="Patrols"
      columns={columnsFor(ranks, titleOf).filter(
        ({ key = "" }) => !(view.isOwn && (isPhone ? notOnPhones : ofForecast).has(key)),
      )}
      rows={sortPatrols(patrols, sort)}
      rowKey={({ key }) => key}
      sort={sort}
      onSort={setSort}
      selectedKey={patrols.find(({ window }) => window === view.window)?.key ?? null}
      onSelect={(patrol) => view.chooseWindow(patrol?.window.id ?? null, patrol?.plan)}
    />
  );
}

const columnsFor = (
  ranks: ReadonlyMap<string, number>,
  titleOf: ReturnType<typeof useUnitTitle>,
): readonly TableColumn<Patrol>[] => [
  {
    key: "start",
    label: "When",
    sortable: true,
    cell: ({ window }) => (
      <>
        {formatDay(window.start.slice(0, 10))}, <span className="nowrap">{timesOf(window)}</span>
      </>
    ),
  },
  { key: "place", label: "Where", sortable: true, cell: ({ window }) => window.place },
  { key: "unit", label: "Unit", sortable: true, cell: ({ window }) => titleOf(window) },
  { key: "stops", label: "Stops", isNumber: true, cell: ({ window }) => window.stops.length },
  {
    key: "share",
    label: "Share of forecast",
    sortable: true,
    isNumber: true,
    cell: ({ window }) => formatShare(window.share),
  },
  {
    key: "worth",
    label: "Priority",
    sortable: true,
    isNumber: true,
    cell: ({ key }) => ranks.get(key) ?? "",
  },
  { key: "light", label: "Light", cell: ({ window }) => window.light },
  {
    key: "status",
    label: "State",
    sortable: true,
    cell: ({ window }) =>
      window.unstaffed ? (
        <>
          <Icon name="warning" /> {statusWords[window.status]}. {window.unstaffed}
        </>
      ) : (
        statusWords[window.status]
      ),
  },
];

/** Columns that a warden coordinator has no figures for. */
const ofForecast = new Set(["share", "worth"]);
const notOnPhones = new Set([...ofForecast, "stops", "light"]);

function sortPatrols(patrols: readonly Patrol[], { key, down }: TableSort): readonly Patrol[] {
  const by = ({ window }: Patrol): number | string => {
    if (key === "share") return window.share;
    // Negated: first by worth is the largest.
    if (key === "worth") return -window.expected;
    if (key === "unit") return window.unit;
    if (key === "place") return window.place;
    if (key === "status") return window.status;
    return Date.parse(window.start);
  };
  const direction = down ? -1 : 1;
  return [...patrols].sort((a, b) => {
    const [x, y] = [by(a), by(b)];
    if (x === y) {
      return (
        Date.parse(a.window.start) - Date.parse(b.window.start) || a.window.unit - b.window.unit
      );
    }
    return x < y ? -direction : direction;
  });
}
