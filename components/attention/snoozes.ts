const MINUTE = 60_000

/** For how long trouble can be put off. */
export const SNOOZES = [
  { says: 'for 5 minutes', ms: 5 * MINUTE },
  { says: 'for 30 minutes', ms: 30 * MINUTE },
  { says: 'for 2 hours', ms: 120 * MINUTE },
  { says: 'for 12 hours', ms: 720 * MINUTE },
] as const
