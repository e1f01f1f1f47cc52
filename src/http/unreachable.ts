// Why a server gave no answer, in words to act on.

const reasons: [code: RegExp, words: string][] = [
  [/^ECONNREFUSED$/, "the connection was refused: nothing listens there; is the server running, and the port right?"],
  [/^bad port$/, "browsers block its port: have the server listen on another"],
  [/^(ENOTFOUND|EAI_AGAIN)$/, "the host's name is not known; is it spelt right?"],
  [/^CERT_HAS_EXPIRED$/, "its certificate has expired"],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, "its certificate is for another host"],
  [
    /SELF_SIGNED_CERT|^UNABLE_TO_(VERIFY|GET_ISSUER)|^CERT_/,
    "its certificate is not trusted: nobody who is known signed it",
  ],
  [/^(EPROTO|ERR_SSL_.*)$/, "it does not speak TLS there: is it http in place of https, or the port another's?"],
  [
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    "it closed the connection without an answer: did it crash, or is it https in place of http?",
  ],
  [/^HPE_/, "what it answered is not HTTP"],
];

/** What a failed fetch means; `timeout` in milliseconds. */
export function whyUnreachable(error: unknown, timeout: number): string {
  const codes = codesOf(error);
  if (codes.includes("TimeoutError")) return `no answer came within ${timeout / 1000} s`;
  for (const [code, words] of reasons) {
    const found = codes.find((each) => code.test(each));
    if (found) return `${words} (${found})`;
  }
  return `no answer: ${error instanceof Error ? error.message : error}`;
}

/** Names and codes of an error and of its causes: what fetch throws says only that it failed. Some have words alone. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  return [error.name, "code" in error ? `${error.code}` : error.message, ...codesOf(error.cause)];
}
