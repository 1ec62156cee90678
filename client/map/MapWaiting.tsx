import { useKitWord } from "#client/ui/kit-words.ts";
import "#client/map/map-waiting.css";

export function MapWaiting() {
  const word = useKitWord();
  return (
    <div className="map-waiting grid no-print" role="status">
      <p className="map-waiting__words pad-2-3 raised">{word("drawing", "Drawing the map")}</p>
    </div>
  );
}
