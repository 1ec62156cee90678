import { useEffect, useState } from "react";
import "#client/ui/qr-code.css";

export interface QrCodeProps {
  readonly text: string;
  readonly label: string;
}

/**
 * A QR code, made in the page so the text is sent nowhere. Its code loads on first use. Nothing is
 * drawn until then or on failure: the text itself is beside it.
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
      className="qr-code on-paper rounded ink always-light"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={pathOf(rows)} fill="currentColor" />
    </svg>
  );
}

/** A unit square per dark module. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
}
