import "#client/map/map-waiting.css";

export function MapWaiting() {
  return (
    <div className="map-waiting grid no-print" role="status">
      <p className="map-waiting__words pad-2-3 raised">Drawing the map</p>
    </div>
  );
}
