import { useKitWord } from "#client/ui/kit-words.ts";
import "#client/map/map-waiting.css";

export function MapWaiting() {
  const word = useKitWord();
  return (
    <div className="map-waiting no-print" role="status">
      <p className="map-waiting__words">{word("drawing", "Drawing the map")}</p>
    </div>
  );
}
