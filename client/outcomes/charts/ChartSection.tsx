import { type ReactNode, useId } from "react";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { ChartSvg } from "#client/charts/ChartSvg.tsx";
import type { ChartLayout } from "#client/charts/marks.ts";
import { paintChart } from "#client/charts/paint-chart.ts";
import { Button } from "#client/ui/Button.tsx";
import { downloadBlob } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { demoSuffix } from "#core/demo-words.ts";
import { type OutcomesReply, outcomeCalls } from "#core/outcomes/wire/outcomes.ts";
import { formatDateRange } from "#core/time/words.ts";

export interface ChartSectionProps {
  readonly title: string;
  readonly sentence: string;
  /** The sentence where neither title nor picture says it. */
  readonly lead?: string | null;
  readonly layOut: (width: number) => ChartLayout;
  readonly table: ReactNode;
  /** Null: nothing leaves from here. */
  readonly picture: ChartPictureTerms | null;
}

/** What goes with a picture that leaves. */
export interface ChartPictureTerms {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly mark: string | null;
  readonly foot: readonly string[];
}

const pictureWidth = 640;

/** One chart with its sentence, its table, and its way out as a picture. */
export function ChartSection({
  title,
  sentence,
  lead = sentence,
  layOut,
  table,
  picture,
}: ChartSectionProps) {
  const id = useId();
  const { fault, isPending, run } = useSubmit();
  const take = ({ name, from, to, mark, foot }: ChartPictureTerms) =>
    run(async () => {
      await ask(outcomeCalls.export, { body: { from, to, form: "png" } });
      const blob = await paintChart({ title, sentence, mark, foot, layout: layOut(pictureWidth) });
      downloadBlob(`${name}-${from}-to-${to}${demoSuffix(mark)}.png`, blob);
    });
  return (
    <section className="outcomes__chart" aria-labelledby={id}>
      <header className="outcomes__chart-head">
        <h2 id={id}>{title}</h2>
        {picture === null ? null : (
          <Button
            className="no-print"
            look="quiet"
            icon="download"
            disabled={isPending}
            onClick={() => take(picture)}
          >
            Picture (PNG)
          </Button>
        )}
      </header>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {lead === null ? null : <p>{lead}</p>}
      <ChartSvg label={`${title}. ${sentence}`} layOut={layOut} />
      <details className="outcomes__table no-print">
        <summary>Table</summary>
        {table}
      </details>
    </section>
  );
}

/** A picture leaves only of figures that may; of exact ones there is none. */
export function pictureTerms(
  { isExact, from, to, notes }: OutcomesReply,
  name: string,
  mark: string | null,
): ChartPictureTerms | null {
  return isExact ? null : { name, from, to, mark, foot: [formatDateRange(from, to), ...notes] };
}
