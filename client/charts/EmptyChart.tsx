import { EmptyState } from "#client/ui/EmptyState.tsx";

/** A chart without anything to draw says what would be there. */
export function EmptyChart({ title }: { readonly title: string }) {
  return (
    <section className="outcomes__chart">
      <EmptyState title={title}>
        Nothing can be shown for exactly this period. An analyst types totals under “Totals typed”;
        a period that has them is in the list above.
      </EmptyState>
    </section>
  );
}
