import { type ReactNode, useEffect, useState } from "react";
import { hasValue, type Resource, type ResourceLoader } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";

export interface LoadedProps<Value> {
  readonly resource: Resource<Value>;
  readonly onRetry: () => void;
  readonly skeleton?: ReactNode;
  readonly children: (value: Value) => ReactNode;
}

/** Nothing under 300 ms, then the skeleton, then the value; faults and staleness in place. */
export function Loaded<Value>({ resource, onRetry, skeleton, children }: LoadedProps<Value>) {
  const isSlow = useDelay(!hasValue(resource) && resource.status !== "failed", 300);
  if (hasValue(resource)) {
    return (
      <>
        {resource.status === "stale" ? (
          <Banner kind="stale" action={<Button onClick={onRetry}>Retry</Button>}>
            Shown as of {formatTimeOfDay(resource.at)}. {resource.error.title}.
          </Banner>
        ) : null}
        {children(resource.value)}
      </>
    );
  }
  if (resource.status === "failed") {
    return (
      <ErrorNote title={resource.error.title} detail={resource.error.detail} onRetry={onRetry} />
    );
  }
  return isSlow ? (skeleton ?? <Skeleton />) : null;
}

interface KeptProps<Value> extends Omit<LoadedProps<Value>, "resource" | "onRetry"> {
  readonly of: ResourceLoader<Value>;
}

/** Asked for with the first screen that shows it. */
export function Kept<Value>({ of, ...rest }: KeptProps<Value>) {
  return <Loaded {...rest} resource={useShared(of)} onRetry={of.reload} />;
}

/** True once `isWaiting` has held for that long. */
export function useDelay(isWaiting: boolean, milliseconds: number): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    if (!isWaiting) {
      setOver(false);
      return;
    }
    const timer = setTimeout(() => setOver(true), milliseconds);
    return () => clearTimeout(timer);
  }, [isWaiting, milliseconds]);
  return isWaiting && isOver;
}
