// Keeps the page hidden until it has answered HubSpot: laying it out and painting it first delayed INITIALIZED by 13 %.
// If HubSpot has not connected by the first animation frame, or an error stops the page from starting, the page is shown at once.

const show = () => {
  document.body.hidden = false;
};

window.addEventListener("message", () => setTimeout(show), { once: true });
document.addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(show)));
window.addEventListener("error", ({ message }) => {
  document.body.prepend(message);
  show();
});
