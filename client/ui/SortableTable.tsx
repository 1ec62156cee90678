import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { classNames } from "#client/ui/class-names.ts";
import { Icon } from "#client/ui/Icon.tsx";
import "#client/ui/table.css";

export interface TableColumn<Row> {
  /** What it is sorted by; its label unless said. */
  readonly key?: string;
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
  /** False: not sortable. */
  readonly sortable?: boolean;
  readonly isNumber?: boolean;
  /** Names its row. */
  readonly isHead?: boolean;
  /** Hidden on paper by CSS, since printing waits for no script. */
  readonly screenOnly?: boolean;
  readonly className?: string;
}

export interface TableSort {
  readonly key: string;
  readonly down: boolean;
}

export interface SortableTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  /** Already in order; the table only asks for another one. */
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly sort?: TableSort;
  readonly onSort?: (sort: TableSort) => void;
  readonly selectedKey?: string | null;
  readonly hoveredKey?: string | null;
  readonly onSelect?: (row: Row | null) => void;
  readonly onHover?: (row: Row | null) => void;
}

/**
 * Selectable rows are one Tab stop: arrows, Home and End move, Enter or Space selects, Escape
 * clears.
 */
export function SortableTable<Row>(props: SortableTableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { rows, rowKey, selectedKey = null } = props;
  const canSelect = props.onSelect !== undefined;
  const stop = Math.max(
    0,
    rows.findIndex((row) => rowKey(row) === selectedKey),
  );
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const row = rows[index];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      props.onSelect?.(row !== undefined && rowKey(row) === selectedKey ? null : (row ?? null));
    } else if (event.key === "Escape" && selectedKey !== null) {
      event.stopPropagation();
      props.onSelect?.(null);
    } else {
      const next = moveWithin(event.key, index, rows.length);
      if (next === null) return;
      event.preventDefault();
      const target = body.current?.rows[next];
      target?.focus();
    }
  };
  return (
    <table className="table">
      <caption className="visually-hidden">{props.caption}</caption>
      <thead>
        <tr>
          {props.columns.map((column) => (
            <ColumnHead
              key={keyOf(column)}
              column={column}
              sort={props.sort}
              onSort={props.onSort}
            />
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row, index) => {
          const key = rowKey(row);
          return (
            <tr
              key={key}
              data-key={key}
              className={classNames(
                canSelect && "table__row--choice",
                key === selectedKey && "table__row--selected",
                key === props.hoveredKey && "table__row--hovered",
              )}
              {...(canSelect
                ? {
                    tabIndex: index === stop ? 0 : -1,
                    "aria-selected": key === selectedKey,
                    onClick: () => props.onSelect?.(key === selectedKey ? null : row),
                    onKeyDown: (event: KeyboardEvent) => onKeyDown(event, index),
                  }
                : {})}
              onPointerEnter={() => props.onHover?.(row)}
              onPointerLeave={() => props.onHover?.(null)}
            >
              {props.columns.map((column) => {
                const head = column.isHead ? { scope: "row" } : {};
                const Cell = column.isHead ? "th" : "td";
                return (
                  <Cell key={keyOf(column)} {...head} className={columnClass(column)}>
                    {column.cell(row)}
                  </Cell>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The row that an arrow key, Home or End leads to; null for any other key. */
export function moveWithin(key: string, index: number, count: number): number | null {
  const last = count - 1;
  switch (key) {
    case "ArrowDown":
      return Math.min(last, index + 1);
    case "ArrowUp":
      return Math.max(0, index - 1);
    case "PageDown":
      return Math.min(last, index + 10);
    case "PageUp":
      return Math.max(0, index - 10);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

const keyOf = ({ label, key = label }: Pick<TableColumn<never>, "key" | "label">) => key;

function columnClass<Row>(column: TableColumn<Row>): string | undefined {
  const { isNumber, screenOnly, className } = column;
  return classNames(isNumber && "number", screenOnly && "no-print", className) || undefined;
}

function ColumnHead<Row>({
  column,
  sort,
  onSort,
}: {
  readonly column: TableColumn<Row>;
  readonly sort: TableSort | undefined;
  readonly onSort: ((sort: TableSort) => void) | undefined;
}) {
  const isSorted = sort?.key === keyOf(column);
  const direction = sort?.down ? "descending" : "ascending";
  return (
    <th scope="col" className={columnClass(column)} aria-sort={isSorted ? direction : undefined}>
      {column.sortable && onSort ? (
        <button
          type="button"
          className="table__sort end medium"
          onClick={() =>
            onSort({ key: keyOf(column), down: isSorted ? !sort.down : column.isNumber === true })
          }
        >
          {column.label}
          {isSorted ? <Icon name={sort.down ? "down" : "up"} /> : null}
        </button>
      ) : (
        column.label
      )}
    </th>
  );
}
