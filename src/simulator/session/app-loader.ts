// What the protocol needs from the app's environment, which is an iframe or a unit test's window.

/** The page navigated by itself. `origin` is the next page's origin, if it is known and differs from the app's. */
export type Moved = { origin?: string };

export type AppLoader = {
  /** The origin of HubSpot's page. SYNC contains this origin. */
  readonly hostUrl: string;
  goTo(url: string): void;
  reload(): void;
  /** Call this when the page navigates to another origin by itself. */
  movesTo(origin: string): void;
  resize(size: { width?: unknown; height?: unknown }): void;
  post(message: object): void;
  remove(): void;
};

export type AppLoaderEvents = {
  loading(url: string, moved?: Moved): void;
  /** @param hasMoved whether the page is known to be from another origin */
  loaded(hasMoved: boolean): void;
  /** The app may have started to listen. The frame then sends SYNC immediately instead of after the next interval. */
  listening(): void;

  message(data: unknown): void;
};

export type CreateAppLoader = (on: AppLoaderEvents) => AppLoader;
