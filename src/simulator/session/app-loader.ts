// What the protocol needs from the app's environment, which is an iframe or a unit test's window.

/** The page navigated by itself. `origin` is the origin of the next page, if it differs from the app's and is known. */
export type Moved = { origin?: string };

export type AppLoader = {
  /** The origin of HubSpot's page, which SYNC contains. */
  readonly hostUrl: string;
  goTo(url: string): void;
  reload(): void;
  /** The page started to navigate to another origin. */
  movesTo(origin: string): void;
  resize(size: { width?: unknown; height?: unknown }): void;
  post(message: object): void;
  remove(): void;
};

export type AppLoaderEvents = {
  /** A page starts to load, or has navigated to another page. */
  loading(url: string, moved?: Moved): void;
  /** @param hasMoved whether the page is from another origin, if that is known */
  loaded(hasMoved: boolean): void;
  /** The app may have started to listen. It gets a SYNC immediately instead of after the next interval. */
  listening(): void;
  /** The app posted `data`. */
  message(data: unknown): void;
};

export type CreateAppLoader = (on: AppLoaderEvents) => AppLoader;
