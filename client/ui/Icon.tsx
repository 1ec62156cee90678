import "#client/ui/icon.css";

export type IconName = keyof typeof paths;

/** Hidden from screen readers: always beside text or in a labelled button. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/** 24-unit grid, stroke 1.75, no fill; own drawings. */
const paths = {
  hotspots: "M12 3l7.8 4.5v9L12 21l-7.8-4.5v-9zM12 8.5l3 1.75v3.5l-3 1.75-3-1.75v-3.5z",
  outreach:
    "M12 20s-7.5-4.6-7.5-10A4.3 4.3 0 0 1 12 7.3 4.3 4.3 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z",
  plan: "M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7M8 14h3M8 17h6",
  displacement: "M4 4v16M20 4v16M8 12h8M13 8.5l3.5 3.5-3.5 3.5",
  panel: "M3.5 5h17v11h-17zM12 16v4M8 20h8M8 12.5l2.5-3 2.5 2 3-4",
  outcomes: "M4 20h16M6.5 20v-6M12 20V6M17.5 20v-9",
  records: "M12 4v11M7.5 10.5L12 15l4.5-4.5M4.5 16v4h15v-4",
  audit: "M6 3.5h12v17H6zM9 8h6M9 11.5h6M9 16l1.5 1.5L14 14",
  undo: "M8.5 5L4.5 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11H9",
  redo: "M15.5 5l4 4-4 4M19.5 9H10a5.5 5.5 0 0 0 0 11h5",
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7L12 17",
  bookmark: "M7 3.5h10v17l-5-4-5 4z",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.7 2.2c-.8.5-1.2 1-1.2 2M12 16.8v.2",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6",
  close: "M6 6l12 12M18 6L6 18",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8.5 6v12M15.5 6v12",
  back: "M14.5 6l-6 6 6 6",
  forward: "M9.5 6l6 6-6 6",
  down: "M6 9.5l6 6 6-6",
  up: "M6 14.5l6-6 6 6",
  theme: "M12 21a9 9 0 1 0 0-18v18zM12 3a9 9 0 0 0 0 18",
  print: "M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6H7z",
  download: "M12 4v11M7.5 10.5L12 15l4.5-4.5M5 20h14",
  file: "M6.5 3.5h7l4 4v13h-11zM13.5 3.5v4h4",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  extent: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  lasso:
    "M12 4.500c4.700 0 8.500 2.200 8.500 5s-3.800 5-8.500 5c-1.200 0-2.300-.1-3.300-.4M5.600 12.800c-1.300-.9-2.100-2-2.100-3.300 0-2.800 3.800-5 8.500-5M7 16.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM7 16.500c0 2-.8 3-2.500 3.500",
  crosshair: "M12 3v18M3 12h18M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  warning: "M12 4L2.8 20h18.4zM12 10v4.5M12 17.2v.2",
  filter: "M4 6h16M7 12h10M10 18h4",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  split: "M4 12h16M8 8l4-4 4 4M8 16l4 4 4-4",
  trash: "M4.5 7h15M9 7V4h6v3M6.5 7l1 13h9l1-13",
} as const;
