import { useEffect, useRef, useState } from "react";
import { Button } from "#client/ui/Button.tsx";
import { SortableTable, type SortableTableProps } from "#client/ui/SortableTable.tsx";
import { formatQuantity } from "#core/text/numbers.ts";

/** Scrolls inside when wider than the screen, and is then focusable. */
export function WideTable<Row>({
  label,
  ...table
}: SortableTableProps<Row> & {
  /** Label of the scroll area; default: the table's. */
  readonly label?: string;
}) {
  const box = useRef<HTMLElement>(null);
  const [isWider, setWider] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setWider(element.scrollWidth > element.clientWidth);
    const observer = new ResizeObserver(measure);
    for (const each of [element, ...element.children]) observer.observe(each);
    measure();
    return () => observer.disconnect();
  });
  return (
    <section
      className="records__scroll scroll-x"
      ref={box}
      aria-label={label ?? table.caption}
      {...(isWider ? { tabIndex: 0 } : {})}
    >
      <SortableTable {...table} />
    </section>
  );
}

const pageRows = 50;

/** Rows appear in portions. */
export function LongTable<Row>(table: SortableTableProps<Row>) {
  const [shown, setShown] = useState(pageRows);
  const { rows } = table;
  return (
    <>
      <SortableTable {...table} rows={rows.slice(0, shown)} />
      {rows.length > shown ? (
        <Button look="quiet" onClick={() => setShown(shown + pageRows)}>
          Show more of {formatQuantity(rows.length, "row")}
        </Button>
      ) : null}
    </>
  );
}
