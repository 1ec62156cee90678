import { useEffect, useRef, useState } from "react";

/** A still picture of the map for paper: a WebGL canvas prints grey in some browsers. */
export function PrintedMap({ capture }: { readonly capture: () => Promise<Blob> }) {
  const [url, setUrl] = useState<string | null>(null);
  const latest = useRef(capture);
  latest.current = capture;
  useEffect(() => {
    let made: string | null = null;
    const onBeforePrint = async () => {
      const blob = await latest.current();
      if (made) URL.revokeObjectURL(made);
      made = URL.createObjectURL(blob);
      setUrl(made);
    };
    const listener = () => void onBeforePrint();
    window.addEventListener("beforeprint", listener);
    return () => {
      window.removeEventListener("beforeprint", listener);
      if (made) URL.revokeObjectURL(made);
    };
  }, []);
  return url ? <img className="map-view__print" src={url} alt="Map" /> : null;
}
