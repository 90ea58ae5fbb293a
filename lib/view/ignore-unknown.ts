/**
 * The last branch of a switch over event types: the compiler refuses a type without a case, and at
 * run time the event of a newer version changes nothing.
 */
export function ignoreUnknown(_event: never): void {}
