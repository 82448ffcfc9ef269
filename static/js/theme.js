// Puts on the theme that the reader chose in the foot of a page. It stands
// alone, and is asked for first, so that it has run before anything is seen.
try {
  const { theme } = JSON.parse(localStorage.getItem("reading") ?? "{}");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to us, or holds what we did not write: the system decides.
}
