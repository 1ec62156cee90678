import type { MapCamera } from "#client/map/camera.ts";

/** Maps that look at the same place: where one is moved, the others go. */
export interface CameraLink {
  /** Returns what takes the map out again. */
  readonly join: (follow: Follow) => () => void;
  readonly tell: (teller: Follow, camera: MapCamera) => void;
  /** Where they look; null before the first move. */
  readonly last: () => MapCamera | null;
}

export type Follow = (camera: MapCamera) => void;

export function createCameraLink(): CameraLink {
  const members = new Set<Follow>();
  let last: MapCamera | null = null;
  return {
    join: (follow) => {
      members.add(follow);
      return () => members.delete(follow);
    },
    tell: (teller, camera) => {
      last = camera;
      for (const follow of members) if (follow !== teller) follow(camera);
    },
    last: () => last,
  };
}
