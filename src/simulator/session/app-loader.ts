// What the protocol needs from the place where the app runs: an iframe, or the window of a unit test.

export type AppLoader = {
  /** The origin of HubSpot's page, which SYNC contains. */
  readonly hostUrl: string;
  goTo(url: string): void;
  reload(): void;
  resize(size: { width?: unknown; height?: unknown }): void;
  post(message: object): void;
  remove(): void;
};

export type AppLoaderEvents = {
  /** A page starts to load, or has navigated to another page. */
  loading(url: string): void;
  loaded(): void;
  /** The app may have started to listen. It gets a SYNC immediately instead of after the next interval. */
  listening(): void;
  /** The app posted this. */
  message(data: unknown): void;
};

export type CreateAppLoader = (on: AppLoaderEvents) => AppLoader;
