import { createContext, type ReactNode, use, useId } from "react";
import { usePicture } from "#client/accounts/use-picture.ts";
import { ChartSvg } from "#client/charts/ChartSvg.tsx";
import type { ChartLayout } from "#client/charts/marks.ts";

export interface ChartSectionProps {
  readonly title: string;
  readonly sentence: string;
  /** Only where neither title nor picture says it. */
  readonly lead?: string | null;
  readonly layOut: (width: number) => ChartLayout;
  readonly table: ReactNode;
}

/** True of rounded figures alone: exact ones stay on screen (SAFEGUARDS 7). */
export const MayLeave = createContext(false);

/** One chart with its sentence and its table. */
export function ChartSection(props: ChartSectionProps) {
  const { title, sentence, lead = sentence, layOut, table } = props;
  const id = useId();
  const picture = usePicture("outcomes", `${title}. ${sentence}`);
  const mayLeave = use(MayLeave);
  return (
    <section className="outcomes__chart" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {lead === null ? null : <p>{lead}</p>}
      <ChartSvg
        label={`${title}. ${sentence}`}
        layOut={layOut}
        picture={mayLeave ? picture : undefined}
      />
      <details className="outcomes__table no-print">
        <summary>Table</summary>
        {table}
      </details>
    </section>
  );
}
