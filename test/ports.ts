/** Where the tests' own server listens: beside a running `npm start`, not in its way. */
export const ports = { PORT: "9125", HTTP_PORT: "9126" };
