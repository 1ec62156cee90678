import { useStore } from "#client/state/use-store.ts";
import { toasts } from "#client/ui/toast-store.ts";
import "#client/ui/toast.css";

/** Mounted once; announced without moving the focus. */
export function ToastRegion() {
  const shown = useStore(toasts, (all) => all);
  return (
    <div className="toasts no-print stack gap-2" role="status" aria-live="polite">
      {shown.map((toast) => (
        <p key={toast.key} className="toast" lang={toast.lang}>
          {toast.text}
        </p>
      ))}
    </div>
  );
}
