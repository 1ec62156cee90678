export function Hotspots() {
  return <p>Hotspots</p>;
}
