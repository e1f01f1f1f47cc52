// Keeps the page hidden until it has answered HubSpot, so that layout and paint do not delay INITIALIZED. Shows the page
// earlier if HubSpot has not connected by the first animation frame, or after an uncaught error. Writes the message of each
// uncaught error at the top of the page.

const show = () => {
  document.body.hidden = false;
};

window.addEventListener("message", () => setTimeout(show), { once: true });
document.addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(show)));
window.addEventListener("error", ({ message }) => {
  document.body.prepend(message);
  show();
});
