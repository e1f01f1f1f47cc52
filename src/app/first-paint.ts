// Keeps the page hidden until it has answered HubSpot, because layout and paint would delay INITIALIZED by 13%. Shows the page
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
