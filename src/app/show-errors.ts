// Shows an error that stops this page from starting, such as a missing element. Without it the page would look idle.

window.addEventListener("error", ({ message }) => {
  const alert = Object.assign(document.createElement("p"), { role: "alert", textContent: message });
  document.body.prepend(alert);
});
