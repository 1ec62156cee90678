import ownIcon from "#client/icon.svg?url&no-inline";
import plainIcon from "#client/plain.svg?url&no-inline";

/** A neutral title for partners: it shows in the phone's tabs and history. */
export const plainName = "Diary";

/** Title and icon in tabs, history and home screen; null: a neutral one. */
export function namePage(name: string | null): void {
  document.title = name ?? plainName;
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const wanted = name === null ? plainIcon : ownIcon;
  if (icon && icon.getAttribute("href") !== wanted) icon.href = wanted;
  const app = name === null ? "diary" : "boxster";
  pointTo("manifest", `/${app}.webmanifest`);
  pointTo("apple-touch-icon", `/icons/${app}-180.png`);
}

function pointTo(rel: string, address: string): void {
  const link = document.querySelector<HTMLLinkElement>(`link[rel="${rel}"]`);
  if (link && link.getAttribute("href") !== address) link.href = address;
}
