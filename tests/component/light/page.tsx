import type { Window } from "happy-dom";
import type { Root } from "react-dom/client";
import { press, type } from "#tests/component/light/act.ts";
import { requestsOf } from "#tests/component/light/asks.ts";
import { asked, next } from "#tests/component/light/awaited.ts";
import { type Chooser, catchChoosers } from "#tests/component/light/choosers.ts";
import { openDialogs } from "#tests/component/light/dialogs.ts";
import { catchDownloads, type Download } from "#tests/component/light/downloads.ts";
import { Locator, until, type Wait } from "#tests/component/light/locator.ts";
import { openNetwork, type SentReply, type SentRequest } from "#tests/component/light/network.ts";
import { type Handle, type Path, routeOf } from "#tests/component/light/routes.ts";
import { openWindow } from "#tests/component/light/window.ts";

/** One window a process: the page's code keeps what it knows in its modules, as in a browser. */
let window: Window | undefined;

export interface Options {
  readonly server: string;
  readonly fragment?: string;
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
  readonly touch?: boolean;
}

interface Media {
  readonly media?: "screen" | "print" | null;
  readonly colorScheme?: "light" | "dark" | null;
}

export type Page = Awaited<ReturnType<typeof openPage>>;

interface Listeners {
  readonly request: Set<(request: SentRequest) => void>;
  readonly response: Set<(reply: SentReply) => void>;
  readonly download: Set<(download: Download) => void>;
  readonly filechooser: Set<(chooser: Chooser) => void>;
}
type Told<Kind extends keyof Listeners> =
  Listeners[Kind] extends Set<(told: infer One) => void> ? One : never;

/** What a person sees and does, by the words of the browser's driver. */
export async function openPage(options: Options) {
  const { server } = options;
  window ??= openWindow(`${server}/`);
  const view = window;
  const network = openNetwork(server);
  const problems = network.refused;
  const listeners: Listeners = {
    request: network.onRequest,
    response: network.onReply,
    download: new Set(),
    filechooser: new Set(),
  };
  Object.assign(globalThis, { fetch: network.fetch });
  Object.assign(view, { fetch: network.fetch });
  Object.defineProperty(view.document, "cookie", {
    configurable: true,
    get: () => network.ownCookies.cookie,
    set: (line: string) => {
      network.ownCookies.cookie = line;
    },
  });
  const stopDownloads = catchDownloads(view, network.ask, (download) => {
    for (const tell of listeners.download) tell(download);
  });
  const stopChoosers = catchChoosers(view, (chooser) => {
    for (const tell of listeners.filechooser) tell(chooser);
  });
  const stopListening = listenToFaults(problems);
  const setSize = ({ width = 1280, height = 800 }) => view.happyDOM.setViewport({ width, height });
  setSize(options);
  view.happyDOM.settings.device.prefersColorScheme = options.theme ?? "light";
  view.happyDOM.settings.device.mediaType = "screen";
  view.happyDOM.settings.navigator.maxTouchPoints = options.touch ? 1 : 0;
  let app: Mounted | null = null;
  const end = async () => {
    network.leave();
    app?.end();
    app = null;
    await forget();
  };
  const begin = async (fragment: string) => {
    app = await mount(view, fragment);
  };
  const find = new Locator();
  const page = {
    locator: find.locator.bind(find),
    getByRole: find.getByRole.bind(find),
    getByLabel: find.getByLabel.bind(find),
    getByText: find.getByText.bind(find),
    getByTestId: find.getByTestId.bind(find),
    url: () => view.location.href,
    title: async () => view.document.title,
    keyboard: {
      press: (keys: string) => press(focused(view), keys),
      type: (text: string) => type(focused(view) ?? document.body, text),
    },
    evaluate: async <Value, Given>(work: (given: Given) => Value, given?: Given) =>
      await work(given as Given),
    evaluateHandle: async <Value,>(work: () => Value) => {
      const kept = await work();
      return { jsonValue: async () => structuredClone(kept) };
    },
    goto: async (address: string) => {
      if (address === "about:blank") {
        await end();
        return;
      }
      const { hash, origin } = new URL(address, view.location.href);
      if (origin !== server) throw new Error(`The page is left for ${origin}`);
      if (app) moveTo(view, hash);
      else await begin(hash);
    },
    reload: async () => {
      const { hash } = view.location;
      await end();
      await begin(hash);
    },
    goBack: async () => {
      view.history.back();
    },
    setViewportSize: async (size: { readonly width: number; readonly height: number }) => {
      setSize(size);
      view.dispatchEvent(new view.Event("resize"));
    },
    emulateMedia: async ({ media, colorScheme }: Media) => {
      const { device } = view.happyDOM.settings;
      if (colorScheme) device.prefersColorScheme = colorScheme;
      if (media !== undefined) device.mediaType = media ?? "screen";
      // Then lists of media look again.
      view.dispatchEvent(new view.Event("resize"));
    },
    request: requestsOf(network, server),
    context: () => ({
      clearCookies: async () => network.cookies.clear(),
      request: requestsOf(network, server),
      setOffline: async (isOffline: boolean) => {
        network.signal.isOffline = isOffline;
        view.dispatchEvent(new view.Event(isOffline ? "offline" : "online"));
      },
    }),
    route: async (path: Path, answer: (route: Handle) => unknown) => {
      network.routes.push(routeOf(path, answer));
    },
    unroute: async (path: Path) => {
      const kept = network.routes.filter((one) => one.path !== path);
      network.routes.splice(0, Number.POSITIVE_INFINITY, ...kept);
    },
    unrouteAll: async () => {
      network.routes.length = 0;
    },
    on: <Kind extends keyof Listeners>(kind: Kind, hear: (told: Told<Kind>) => void) => {
      (listeners[kind] as Set<typeof hear>).add(hear);
    },
    waitForEvent: <Kind extends keyof Listeners>(kind: Kind, wait?: Wait) =>
      next(listeners[kind] as Set<(told: Told<Kind>) => void>, () => true, kind, wait),
    waitForRequest: (wanted: string | RegExp | ((request: SentRequest) => boolean), wait?: Wait) =>
      next(listeners.request, asked(wanted), "a request", wait),
    waitForResponse: (wanted: string | RegExp | ((reply: SentReply) => boolean), wait?: Wait) =>
      next(listeners.response, asked(wanted), "a reply", wait),
    waitForURL: async (wanted: RegExp | ((url: URL) => boolean), wait?: Wait) => {
      const { href } = view.location;
      await until(
        () =>
          wanted instanceof RegExp
            ? wanted.test(view.location.href)
            : wanted(new URL(view.location.href)),
        () => `the address, which is ${href}, to be ${String(wanted)}`,
        wait?.timeout,
      );
    },
    waitForTimeout: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
    isClosed: () => app === null,
  };
  const close = async () => {
    await end();
    await forgetKept(view);
    stopDownloads();
    stopChoosers();
    stopListening();
  };
  return { page, network, problems, begin: () => begin(options.fragment ?? ""), close };
}

interface Mounted {
  readonly end: () => void;
}

/** As main.tsx does it; without the strictness that works and asks twice, of which a built page has nothing. */
async function mount(view: Window, fragment: string): Promise<Mounted> {
  const [{ createRoot }, { App }, { session }, { takeDeviceLink }, { applyTheme }] =
    await Promise.all([
      import("react-dom/client"),
      import("#client/app/App.tsx"),
      import("#client/accounts/session.ts"),
      import("#client/accounts/sign-in/device-link.ts"),
      import("#client/state/theme.ts"),
    ]);
  moveTo(view, fragment);
  takeDeviceLink();
  session.reload();
  applyTheme();
  const place = view.document.createElement("div");
  place.id = "root";
  view.document.body.replaceChildren(place);
  openDialogs(view);
  const root: Root = createRoot(place as unknown as HTMLElement);
  root.render(<App />);
  let isOver = false;
  return {
    end: () => {
      if (isOver) return;
      isOver = true;
      root.unmount();
      place.remove();
    },
  };
}

/** What a page that is closed or loaded again knows no more. */
async function forget(): Promise<void> {
  const [
    { forgetEverything },
    { session },
    { uncover },
    { quickExit },
    { deviceLink },
    { places },
  ] = await Promise.all([
    import("#client/api/private-data.ts"),
    import("#client/accounts/session.ts"),
    import("#client/accounts/sign-in/lock-store.ts"),
    import("#client/state/quick-exit.ts"),
    import("#client/accounts/sign-in/device-link.ts"),
    import("#client/places/places.ts"),
  ]);
  forgetEverything();
  places.reset();
  session.reset();
  uncover();
  quickExit.set((state) => ({ ...state, isOffered: false, isLeaving: false }));
  deviceLink.set(() => null);
}

/** What the next visitor's browser never knew. */
async function forgetKept(view: Window): Promise<void> {
  const { theme } = await import("#client/state/theme.ts");
  theme.set(() => "system");
  view.localStorage.clear();
  view.sessionStorage.clear();
}

/** As somebody who types another fragment: the page hears of it. */
function moveTo(view: Window, fragment: string): void {
  const hash = fragment.startsWith("#") || fragment === "" ? fragment : `#${fragment}`;
  view.history.replaceState(null, "", `/${hash}`);
  view.dispatchEvent(new view.HashChangeEvent("hashchange"));
}

function focused(view: Window): Element | null {
  return view.document.activeElement as unknown as Element | null;
}

/** What would be red in the console of a browser. */
function listenToFaults(problems: string[]): () => void {
  const before = console.error;
  console.error = (...words: unknown[]) => {
    // Browsers know tags that this document does not.
    if (String(words[0]).startsWith("The tag <%s> is unrecognized")) return;
    problems.push(words.map(String).join(" "));
  };
  return () => {
    console.error = before;
  };
}
