import { EmptyState } from "#client/ui/EmptyState.tsx";

export function EmptyChart({ title }: { readonly title: string }) {
  return (
    <section className="outcomes__chart">
      <EmptyState title={title}>
        Nothing to show for exactly this period. Choose a period with totals from the list above.
        Analysts enter totals under “Manual totals”.
      </EmptyState>
    </section>
  );
}
