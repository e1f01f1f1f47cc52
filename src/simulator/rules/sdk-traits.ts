// The capabilities of the app's SDK version, according to the source code of the versions on npm.

export type SdkTraits = Readonly<{
  /** From SYNC_ACK. It can differ from the package's version: 0.0.6 and 0.1.4 both report 0.0.1. */
  version: string;
  /** callAnswered has a payload, and all messages about a call have an externalCallId. Version 0.5.1 lacks both. */
  hasCallIds: boolean;
  /** onReady has an argument, which contains, for example, the engagementId. Version 0.2.1 lacks this argument. */
  hasReadyData: boolean;
  /** outgoingCall has fromNumber and toNumber instead of phoneNumber. */
  hasTwoNumbers: boolean;
  /** The SDK certainly has callCompleted. Version 0.0.6 lacks this method. */
  hasCallCompleted: boolean;
}>;

/** Returns the traits of a current SDK if the text is not a version number. */
export function sdkTraitsOf(version: string): SdkTraits {
  const [, major = "1", minor = "0"] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
  const isFrom = (first: number) => Number(major) > 0 || Number(minor) >= first;
  return {
    version,
    hasCallIds: isFrom(9),
    hasReadyData: isFrom(5),
    hasTwoNumbers: isFrom(2),
    hasCallCompleted: isFrom(2),
  };
}
