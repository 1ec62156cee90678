import ownIcon from "#client/icon.svg?url&no-inline";
import plainIcon from "#client/plain.svg?url&no-inline";

/** What a partner's page is called: it stands on the phone's list of tabs and in its history. */
export const plainName = "Diary";

/** The name and the mark of the page in tabs, history and on a home screen; null says nothing of what it is. */
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
