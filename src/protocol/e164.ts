/** A phone number in E.164 format: + and 2 to 15 digits, the first of which is not 0. */
export const e164 = /^\+[1-9]\d{1,14}$/;
