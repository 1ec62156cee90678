import { fetchJson, fetchNothing } from "#client/api/fetch.ts";
import {
  type DeviceLinkReply,
  type DevicesReply,
  deviceLinkReply,
  devicesReply,
} from "#core/accounts/wire/devices.ts";

export function loadDevices(signal?: AbortSignal): Promise<DevicesReply> {
  return fetchJson("/api/devices", devicesReply, { signal });
}

export function linkForOwnPhone(): Promise<DeviceLinkReply> {
  return fetchJson("/api/devices/link", deviceLinkReply, { method: "POST" });
}

export function takeDeviceAway(id: string): Promise<void> {
  return fetchNothing(`/api/devices/${id}`, { method: "DELETE" });
}
