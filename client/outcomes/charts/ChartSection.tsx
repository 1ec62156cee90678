import { createContext, use, useId } from "react";
import { usePicture } from "#client/accounts/use-picture.ts";
import { ChartSvg } from "#client/charts/ChartSvg.tsx";
import type { ChartLayout } from "#client/charts/marks.ts";
import { SortableTable, type SortableTableProps } from "#client/ui/SortableTable.tsx";

export interface ChartSectionProps<Row>
  extends Pick<SortableTableProps<Row>, "columns" | "rows" | "rowKey"> {
  readonly title: string;
  readonly sentence: string;
  /** Only where neither title nor picture says it. */
  readonly lead?: string | null;
  readonly layOut: (width: number) => ChartLayout;
  /** Within a part that has a heading of its own. */
  readonly heading?: "h3";
  /** Of its table; the title unless said. */
  readonly caption?: string;
}

/** True of rounded figures alone: exact ones stay on screen (SAFEGUARDS 7). */
export const MayLeave = createContext(false);

export function ChartSection<Row>(props: ChartSectionProps<Row>) {
  const {
    title,
    sentence,
    lead = sentence,
    layOut,
    heading: Heading = "h2",
    caption = title,
    columns,
    rows,
    rowKey,
  } = props;
  const id = useId();
  const picture = usePicture("outcomes", `${title}. ${sentence}`);
  const mayLeave = use(MayLeave);
  return (
    <section className="outcomes__chart" aria-labelledby={id}>
      <Heading id={id}>{title}</Heading>
      {lead === null ? null : <p>{lead}</p>}
      <ChartSvg
        label={`${title}. ${sentence}`}
        layOut={layOut}
        picture={mayLeave ? picture : undefined}
      />
      <details className="outcomes__table no-print">
        <summary>Table</summary>
        <SortableTable caption={caption} columns={columns} rows={rows} rowKey={rowKey} />
      </details>
    </section>
  );
}
