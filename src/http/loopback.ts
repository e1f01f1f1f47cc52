// Which addresses are on this machine, and which URLs may be called without TLS for that reason.

/** Whether a hostname, as `URL` gives it, is this machine's own. */
export function isLoopback(hostname: string): boolean {
  return /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname);
}

/** Whether a text is an https URL, or an http URL of this machine. */
export function isSafeUrl(text: string): boolean {
  if (!/^https?:\/\/\S+$/.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}
