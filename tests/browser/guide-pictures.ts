import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** Which screens illustrate the guide and the README. */
const guidePictures: Readonly<Record<string, string>> = {
  "hotspots-1280-light.png": "hotspots.png",
  "plan-1280-light.png": "plan.png",
  "outreach-390-light.png": "outreach-phone.png",
  "outreach-preview-390-light.png": "outreach-preview.png",
  "outreach-when-390-light.png": "outreach-when.png",
  "outreach-no-signal-390-light.png": "outreach-no-signal.png",
  "partners-1280-light.png": "coordinator.png",
  "records-preview-1280-light.png": "records.png",
  "panel-1280-light.png": "panel.png",
  "wardens-1280-light.png": "wardens.png",
};

export function isGuidePicture(file: string): boolean {
  return file in guidePictures;
}

/** `npm run screens -- --guide`: puts the pictures that were just made into docs/guide/images. */
export function copyGuidePictures(from: string): string[] {
  const to = resolve("docs", "guide", "images");
  mkdirSync(to, { recursive: true });
  return Object.entries(guidePictures).flatMap(([name, copy]) => {
    if (!existsSync(join(from, name))) return [];
    copyFileSync(join(from, name), join(to, copy));
    return [copy];
  });
}
