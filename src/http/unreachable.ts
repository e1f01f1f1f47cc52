const reasons: [code: RegExp, reason: string][] = [
  [/^ECONNREFUSED$/, "the connection was refused; is the server running, and is the port right?"],
  [/^bad port$/, "browsers block its port; run the server on another port"],
  [/^(ENOTFOUND|EAI_AGAIN)$/, "the hostname could not be resolved; is it spelled correctly?"],
  [/^CERT_HAS_EXPIRED$/, "its certificate has expired"],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, "its certificate is for another host"],
  [
    /SELF_SIGNED_CERT|^UNABLE_TO_(VERIFY|GET_ISSUER)|^CERT_/,
    "its certificate is not trusted, because no known authority signed it",
  ],
  [/^(EPROTO|ERR_SSL_.*)$/, "it did not answer with TLS; should the URL start with http:, or is the port wrong?"],
  [
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    "it closed the connection without an answer; did it crash, or does it expect https?",
  ],
  [/^HPE_/, "its answer is not HTTP"],
];

export function whyUnreachable(error: unknown, timeoutMs: number): string {
  const codes = codesOf(error);
  if (codes.includes("TimeoutError")) return `no answer within ${timeoutMs / 1000} s`;
  for (const [code, reason] of reasons) {
    const match = codes.find((candidate) => code.test(candidate));
    if (match) return `${reason} (${match})`;
  }
  return `no answer: ${error instanceof Error ? error.message : error}`;
}

/** Includes the codes of the causes, because fetch's own error says only "fetch failed". */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  return [error.name, "code" in error ? `${error.code}` : error.message, ...codesOf(error.cause)];
}
