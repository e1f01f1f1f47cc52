/** A phone number in E.164 format: + and up to 15 digits that do not start with 0. */
export const e164 = /^\+[1-9]\d{1,14}$/;
