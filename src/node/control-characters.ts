/**
 * Control characters, line separators and invisible characters, which can hide text in a terminal or change the text's
 * direction. The zero-width joiner and non-joiner are excluded, because emoji and some scripts need them.
 */
export const controlCharacters = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]|[\u{e0000}-\u{e007f}]/gu;
