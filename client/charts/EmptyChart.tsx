export function EmptyChart({ title }: { readonly title: string }) {
  return (
    <section className="outcomes__chart">
      <h2>{title}</h2>
      <p className="quiet">
        Nothing to show for exactly this period. Choose a period with totals from the list above.
        Analysts enter totals under “Manual totals”.
      </p>
    </section>
  );
}
