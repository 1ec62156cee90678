import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** A still picture of the map for paper: a WebGL canvas prints grey in some browsers. */
export function PrintedMap({ picture }: { readonly picture: () => string }) {
  const [url, setUrl] = useState<string | null>(null);
  const latest = useRef(picture);
  latest.current = picture;
  useEffect(() => {
    // Flushed: the page is laid out for paper as soon as the event is over.
    const onBeforePrint = () => {
      const taken = latest.current();
      flushSync(() => setUrl(taken));
    };
    window.addEventListener("beforeprint", onBeforePrint);
    return () => window.removeEventListener("beforeprint", onBeforePrint);
  }, []);
  return url ? <img className="map-view__print" src={url} alt="Map" /> : null;
}
