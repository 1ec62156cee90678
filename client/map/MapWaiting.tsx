import "#client/map/map-waiting.css";

export function MapWaiting() {
  return (
    <div className="map-waiting no-print" role="status">
      <p className="map-waiting__words">Drawing the map</p>
    </div>
  );
}
