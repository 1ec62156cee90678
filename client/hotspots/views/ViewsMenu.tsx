import { Suspense, useEffect } from "react";
import type { ViewsPanelProps } from "#client/hotspots/views/ViewsPanel.tsx";
import { lazily, loadPatiently } from "#client/ui/lazily.ts";
import { Popover } from "#client/ui/Popover.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/hotspots/views/views-menu.css";

const loadPanel = () => import("#client/hotspots/views/ViewsPanel.tsx");
const ViewsPanel = lazily(async () => (await loadPanel()).ViewsPanel);

export function ViewsMenu(props: Omit<ViewsPanelProps, "onDone">) {
  useEffect(() => void loadPatiently(loadPanel), []);
  return (
    <Popover name="Saved views and link" label="Views" icon="bookmark">
      {(close) => (
        <div className="views-menu stack gap-3">
          <Suspense fallback={<Skeleton lines={4} />}>
            <ViewsPanel {...props} onDone={close} />
          </Suspense>
        </div>
      )}
    </Popover>
  );
}
