import "#client/map/map-waiting.css";

/** Where a map will stand: says so until its first frame with data, instead of an empty sheet. */
export function MapWaiting() {
  return (
    <div className="map-waiting no-print" role="status">
      <p className="map-waiting__words">Drawing the map</p>
    </div>
  );
}
