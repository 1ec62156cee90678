import { useEffect, useState } from "react";
import "#client/ui/qr-code.css";

export interface QrCodeProps {
  readonly text: string;
  /** What a scanner finds in it, for whoever cannot see it. */
  readonly label: string;
}

/**
 * A text as squares that a phone's camera reads; nothing leaves the page for it. Its code comes with the first
 * one. Nothing is drawn while it comes or where it does not: the text itself stands beside it.
 */
export function QrCode({ text, label }: QrCodeProps) {
  const [rows, setRows] = useState<readonly (readonly boolean[])[]>([]);
  useEffect(() => {
    let isShown = true;
    import("#client/ui/qr-rows.ts").then(
      ({ qrRows }) => {
        if (isShown) setRows(qrRows(text));
      },
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, [text]);
  if (rows.length === 0) return null;
  return (
    <svg
      className="qr-code always-light"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={pathOf(rows)} fill="currentColor" />
    </svg>
  );
}

/** One square of side 1 for each dark one. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
}
