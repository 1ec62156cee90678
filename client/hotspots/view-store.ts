import { forgetOnSignOut } from "#client/api/private-data.ts";
import { consistent, type HotspotsView } from "#client/hotspots/view.ts";
import { paramsFromView, viewFromParams } from "#client/hotspots/view-address.ts";
import { createViewSteps } from "#client/hotspots/view-steps.ts";
import { broughtUp, versionOfLink, viewVersion } from "#client/hotspots/views/view-versions.ts";
import { createStore, type Store } from "#client/state/store.ts";
import { undoHistory } from "#client/state/undo.ts";
import {
  type Address,
  address,
  formatFragment,
  navigate,
  replaceParams,
} from "#client/state/url.ts";

/**
 * What a person chose. The fields that change name the step (view-words.ts). Quick repeats of one
 * name are one step, as is all of a drag: `continues` holds from its second move on.
 */
export type ChangeView = (part: Partial<HotspotsView>, continues?: boolean) => void;

export interface ViewStore {
  readonly view: Store<HotspotsView>;
  /** What is shown unless something else is asked for. */
  readonly usual: HotspotsView;
  /** A step with a name, which Undo takes back and Redo does again. */
  readonly change: ChangeView;
  /** Another view in one step, under a name of its own. */
  readonly open: (view: HotspotsView, name: string) => void;
  /** Looking, not filtering: no step to undo. */
  readonly look: (part: Partial<HotspotsView>) => void;
  /** The view as a link to this page, with whatever was changed a moment ago. */
  readonly link: () => string;
  /** Keeps view and address equal; call the result to stop. */
  readonly follow: () => () => void;
}

/** Drags and held keys write the address at this pace at most. */
const writeDelayMs = 250;
const screen = "hotspots";

export function createViewStore(usual: HotspotsView): ViewStore {
  const read = (params: Address["params"]) => {
    // What a newer page wrote is read as far as this one knows it.
    const brought = broughtUp(params, versionOfLink(params));
    return consistent(viewFromParams(brought.ok ? brought.value : params, usual));
  };
  const view = createStore(read(paramsHere()));
  const set = (part: Partial<HotspotsView>) =>
    view.set((state) => consistent({ ...state, ...part }));
  const write = () => ({
    ...paramsFromView(view.get(), usual),
    v: viewVersion === 1 ? "" : String(viewVersion),
  });
  let isFollowed = false;
  /** What the address said has just been read. */
  let isNew = true;

  const steps = createViewSteps({
    get: view.get,
    set: (part) => {
      set(part);
      // Taken back from another screen: then it is shown where it happened.
      if (!isFollowed) navigate(screen, write());
    },
    history: undoHistory,
  });

  return {
    view,
    usual,
    change: (part, continues = false) => steps.take(part, { continues }),
    open: (next, name) => steps.take(next, { name }),
    look: set,
    link: () => {
      const { origin, pathname } = window.location;
      return `${origin}${pathname}${formatFragment({ screen, params: write() })}`;
    },
    follow: () => {
      let timer: ReturnType<typeof setTimeout> | null = null;
      let written = "";
      const rest = () => {
        if (timer) clearTimeout(timer);
        timer = null;
      };
      const writeAddress = () => {
        rest();
        const params = write();
        written = formatFragment({ screen, params });
        replaceParams(screen, params);
      };
      const stopWriting = view.subscribe(() => {
        timer ??= setTimeout(writeAddress, writeDelayMs);
      });
      const stopReading = address.subscribe(() => {
        const at = address.get();
        if (at.screen !== screen || formatFragment(at) === written) return;
        steps.take(read(at.params), { name: "open a link" });
      });
      // Back from another screen by the rail: as it was left. By a link: as the link says.
      const here = paramsHere();
      if (!isNew && Object.keys(here).length > 0) view.set(() => read(here));
      isNew = false;
      isFollowed = true;
      writeAddress();
      return () => {
        isFollowed = false;
        stopWriting();
        stopReading();
        rest();
      };
    },
  };
}

let kept: { readonly usual: string; readonly store: ViewStore } | null = null;
forgetOnSignOut(() => {
  kept = null;
});

/** The store of this page, kept while other screens are open; a new one once the usual view is another. */
export function keptViewStore(usual: HotspotsView): ViewStore {
  const key = JSON.stringify(usual);
  if (kept?.usual !== key) kept = { usual: key, store: createViewStore(usual) };
  return kept.store;
}

function paramsHere(): Address["params"] {
  const at = address.get();
  return at.screen === screen ? at.params : {};
}
