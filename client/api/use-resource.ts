import { useEffect, useMemo, useRef } from "react";
import {
  createResource,
  hasValue,
  type Resource,
  type ResourceLoader,
  type WithValue,
} from "#client/api/resource.ts";
import { useStore } from "#client/state/use-store.ts";

export function useShared<Value>(loader: ResourceLoader<Value>): Resource<Value> {
  useEffect(() => loader.ensure(), [loader]);
  return useStore(loader.store, (state) => state);
}

/**
 * A resource of one screen. A changed `key` reloads it, keeping the last value as "refreshing" so
 * nothing jumps.
 */
export function useFetched<Value>(
  key: string,
  load: (signal: AbortSignal) => Promise<Value>,
): { readonly resource: Resource<Value>; readonly reload: () => void } {
  const last = useRef<WithValue<Value> | null>(null);
  const latest = useRef(load);
  latest.current = load;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for all that `load` reads.
  const loader = useMemo(
    () => createResource<Value>((signal) => latest.current(signal), last.current ?? undefined),
    [key],
  );
  useEffect(() => {
    loader.reload();
    return loader.cancel;
  }, [loader]);
  const resource = useStore(loader.store, (state) => state);
  if (hasValue(resource)) last.current = resource;
  return { resource, reload: loader.reload };
}
