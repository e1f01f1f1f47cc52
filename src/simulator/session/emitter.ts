// Typed events. Delivery is synchronous and in the order of subscription.

/** `Events` maps the type of each event to the data that its listeners receive. */
export type Emitter<Events> = {
  on<Type extends keyof Events>(type: Type, listener: (event: Events[Type]) => void): void;
  dispatch<Type extends keyof Events>(type: Type, event: Events[Type]): void;
};

/**
 * If a listener dispatches an event, the emitter delivers it after all listeners have received the current one: every
 * listener sees the events in the same order. An error in a listener stops nothing, and becomes an uncaught error.
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
      // A new list, because a delivery may be using the old one.
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
