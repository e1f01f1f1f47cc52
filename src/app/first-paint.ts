// Keeps the page hidden until it has answered HubSpot: layout and paint before that delayed INITIALIZED by 13 %.
// If HubSpot does not connect before the first frame, or if an error stops the page from starting, the page is shown at once.

const show = () => {
  document.body.hidden = false;
};

window.addEventListener("message", () => setTimeout(show), { once: true });
document.addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(show)));
window.addEventListener("error", ({ message }) => {
  document.body.prepend(message);
  show();
});
