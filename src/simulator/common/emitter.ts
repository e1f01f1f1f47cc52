export type Emitter<Events> = {
  on<Type extends keyof Events>(type: Type, listener: (event: Events[Type]) => void): void;
  dispatch<Type extends keyof Events>(type: Type, event: Events[Type]): void;
};

/**
 * All listeners receive the events in the same order: if a listener dispatches an event, the emitter first finishes
 * delivering the current event. An error that a listener throws does not stop delivery, and becomes an uncaught error.
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
      // Replaces the array, because the emitter may be iterating over the old array.
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
