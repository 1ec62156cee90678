import "#client/app/demo-mark.css";

/** On every screen, picture, print and export of the demonstration. */
export function DemoMark() {
  return <span className="demo-mark">MADE-UP DATA</span>;
}
