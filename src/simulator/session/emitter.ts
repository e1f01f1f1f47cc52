// Typed events. Delivery is synchronous and in the order of subscription.

/** `Events` maps the type of each event to what its listeners are given. */
export type Emitter<Events> = {
  on<Type extends keyof Events>(type: Type, listener: (event: Events[Type]) => void): void;
  dispatch<Type extends keyof Events>(type: Type, event: Events[Type]): void;
};

/**
 * Creates an emitter. An event that a listener dispatches is delivered after the current event has reached all its
 * listeners, so that every listener sees the events in the same order. A listener that throws stops nothing: its error
 * becomes an uncaught error.
 */
export function createEmitter<Events>(): Emitter<Events> {
  const listeners: { [Type in keyof Events]?: readonly ((event: Events[Type]) => void)[] } = Object.create(null);
  const waiting: (() => void)[] = [];
  let isDelivering = false;

  function deliver<Type extends keyof Events>(type: Type, event: Events[Type]): void {
    for (const listener of listeners[type] ?? []) {
      try {
        listener(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  return {
    on(type, listener) {
      // A new list: the one that is being delivered to stays as it is.
      listeners[type] = [...(listeners[type] ?? []), listener];
    },
    dispatch(type, event) {
      waiting.push(() => deliver(type, event));
      if (isDelivering) return;
      isDelivering = true;
      for (let next = waiting.shift(); next; next = waiting.shift()) next();
      isDelivering = false;
    },
  };
}
