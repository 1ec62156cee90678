import type { PushNetwork } from "#server/accounts/push/network.ts";

declare module "#server/acts/services.ts" {
  interface Services {
    /** In tests alone: elsewhere push services are reached at their public addresses. */
    readonly pushNetwork?: PushNetwork;
  }
}
