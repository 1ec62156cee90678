/**
 * Whose data the map is drawn from. One line along the foot where there is room for it; on a narrow
 * map behind a button, as the lines would cover a quarter of it. Paper always has the line.
 */
export function MapSources({ lines }: { readonly lines: readonly string[] }) {
  const text = lines.join(" · ");
  return (
    <>
      <p className="map-view__licence">{text}</p>
      <details className="map-view__sources no-print">
        <summary aria-label="Sources of this map" title="Sources of this map">
          <span aria-hidden="true">i</span>
        </summary>
        <p>{text}</p>
      </details>
    </>
  );
}
